package tscollector.exporter.otlp;

import static tscollector.testkit.Batches.TIME;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import java.util.List;
import tscollector.signal.ExposedType;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;

/** One metric of each kind and temporality, one point each. */
final class CumulativeMetrics {
    private static final Attributes NONE = Attributes.empty();

    private CumulativeMetrics() {}

    static MetricBatch batch() {
        return add(new Batches()).batch();
    }

    static Batches add(Batches batch) {
        LongPointData number = LongPointData.create(TIME - 1, TIME, NONE, 3);
        HistogramPointData histogram =
                HistogramPointData.create(TIME - 1, TIME, NONE, 3, false, 0, false, 0, List.of(1.0), List.of(1L, 2L));
        ExponentialHistogramBuckets buckets = ExponentialHistogramBuckets.create(1, 0, List.of(1L));
        ExponentialHistogramPointData exponential = ExponentialHistogramPointData.create(
                1, 1, 0, false, 0, false, 0, buckets, buckets, TIME - 1, TIME, NONE, List.of());
        return batch.gauge("gauge", 1)
                .counter("counter", 2)
                .add(
                        "whole",
                        MetricDataType.LONG_SUM,
                        sum(true, AggregationTemporality.CUMULATIVE, number),
                        ExposedType.COUNTER)
                .add(
                        "updown",
                        MetricDataType.LONG_SUM,
                        sum(false, AggregationTemporality.CUMULATIVE, number),
                        ExposedType.GAUGE)
                .add(
                        "delta",
                        MetricDataType.LONG_SUM,
                        sum(true, AggregationTemporality.DELTA, number),
                        ExposedType.COUNTER)
                .add(
                        "histogram",
                        MetricDataType.HISTOGRAM,
                        HistogramData.create(AggregationTemporality.CUMULATIVE, List.of(histogram)),
                        ExposedType.HISTOGRAM)
                .add(
                        "delta_histogram",
                        MetricDataType.HISTOGRAM,
                        HistogramData.create(AggregationTemporality.DELTA, List.of(histogram)),
                        ExposedType.HISTOGRAM)
                .add(
                        "exponential",
                        MetricDataType.EXPONENTIAL_HISTOGRAM,
                        ExponentialHistogramData.create(AggregationTemporality.CUMULATIVE, List.of(exponential)),
                        ExposedType.HISTOGRAM)
                .add(
                        "summary",
                        MetricDataType.SUMMARY,
                        SummaryData.create(List.of(SummaryPointData.create(TIME - 1, TIME, NONE, 1, 2, List.of()))),
                        ExposedType.SUMMARY);
    }

    private static SumData<LongPointData> sum(
            boolean monotonic, AggregationTemporality temporality, LongPointData point) {
        return SumData.createLongSumData(monotonic, temporality, List.of(point));
    }
}
