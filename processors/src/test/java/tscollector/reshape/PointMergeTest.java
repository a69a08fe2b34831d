package tscollector.reshape;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.kit.metric.Form;

class PointMergeTest {
    private static final Attributes A = attributes("a", "1");
    private static final Attributes B = attributes("b", "2");

    @Test
    void addsWholeNumbers() {
        PointData sum =
                merge(MetricDataType.LONG_SUM, LongPointData.create(5, 9, A, 7), LongPointData.create(3, 10, A, 8));

        assertThat(sum).isEqualTo(LongPointData.create(3, 10, A, 15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoNumberAddsNothing(double none) {
        PointData number = DoublePointData.create(1, 2, A, 3, List.of());
        PointData nothing = DoublePointData.create(1, 2, A, none, List.of());

        for (MetricDataType type : List.of(MetricDataType.DOUBLE_SUM, MetricDataType.DOUBLE_GAUGE)) {
            assertThat(merge(type, number, nothing)).isEqualTo(number);
            assertThat(merge(type, nothing, number)).isEqualTo(number);
        }
    }

    @Test
    void addsCountsAndSumsOfSummariesAndLeavesQuantilesOut() {
        PointData sum = merge(
                MetricDataType.SUMMARY,
                SummaryPointData.create(1, 2, A, 3, 4, List.of(ValueAtQuantile.create(0.5, 1))),
                SummaryPointData.create(1, 2, B, 5, 6, List.of(ValueAtQuantile.create(0.5, 9))));

        assertThat(sum).isEqualTo(SummaryPointData.create(1, 2, A, 8, 10, List.of()));
    }

    @Test
    void keepsExtremesOfHistogramsOnlyIfBothHaveThem() {
        HistogramPointData with =
                HistogramPointData.create(1, 2, A, 3, true, 1, true, 9, List.of(1.0), List.of(1L, 2L));
        HistogramPointData other =
                HistogramPointData.create(1, 2, A, 1, true, 0, true, 5, List.of(1.0), List.of(1L, 0L));
        HistogramPointData without =
                HistogramPointData.create(1, 2, A, 1, false, 0, false, 0, List.of(1.0), List.of(1L, 0L));

        assertThat(merge(MetricDataType.HISTOGRAM, with, other))
                .isEqualTo(HistogramPointData.create(1, 2, A, 4, true, 0, true, 9, List.of(1.0), List.of(2L, 2L)));
        assertThat(merge(MetricDataType.HISTOGRAM, with, without))
                .isEqualTo(HistogramPointData.create(1, 2, A, 4, false, 0, false, 0, List.of(1.0), List.of(2L, 2L)));
    }

    @Test
    void doesNotAddExponentialHistograms() {
        ExponentialHistogramBuckets buckets = ExponentialHistogramBuckets.create(0, 0, List.of(1L));
        PointData point =
                ExponentialHistogramPointData.create(0, 1.5, 1, true, 1, true, 1, buckets, buckets, 1, 2, A, List.of());

        assertThat(merge(MetricDataType.EXPONENTIAL_HISTOGRAM, point, point)).isSameAs(point);
    }

    private static PointData merge(MetricDataType type, PointData first, PointData last) {
        return PointMerge.of(new Form(type, false, AggregationTemporality.CUMULATIVE), first, last);
    }
}
