package tscollector.kit.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PointsTest {
    private static final Attributes A = attributes("a", "1");
    private static final Attributes B = attributes("b", "2");

    static Stream<PointData> everyKind() {
        ExponentialHistogramBuckets buckets = ExponentialHistogramBuckets.create(0, 0, List.of(1L));
        return Stream.of(
                DoublePointData.create(1, 2, A, 0.5, List.of()),
                LongPointData.create(1, 2, A, 7),
                HistogramPointData.create(1, 2, A, 3, true, 1, true, 2, List.of(1.0), List.of(1L, 2L)),
                SummaryPointData.create(1, 2, A, 3, 4, List.of(ValueAtQuantile.create(0.5, 1))),
                ExponentialHistogramPointData.create(
                        0, 1.5, 1, true, 1, true, 1, buckets, buckets, 1, 2, A, List.of()));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void copiesEverythingButTheAttributes(PointData point) {
        PointData copy = Points.with(point, B);

        assertThat(copy.getAttributes()).isSameAs(B);
        assertThat(Points.with(copy, A)).isEqualTo(point);
        assertThat(Points.with(point, A)).isSameAs(point);
    }
}
