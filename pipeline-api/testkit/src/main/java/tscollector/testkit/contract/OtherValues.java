package tscollector.testkit.contract;

import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.ArrayList;
import java.util.List;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;

/** The next batch of the same series: same shapes, instances and order, a later time, other numbers. */
final class OtherValues {
    private static final long LATER_NANOS = 15_000_000_000L;

    private OtherValues() {}

    /**
     * Gauges and sums get new values; histograms and summaries stay as they are, times included.
     *
     * @param later how many intervals after {@code batch}
     */
    static MetricBatch of(MetricBatch batch, int later, double addend) {
        List<MetricGroup> groups = new ArrayList<>();
        for (MetricGroup group : batch.groups()) {
            List<Metric> metrics = group.metrics().stream()
                    .map(metric -> metric.withData(of(metric.data(), later * LATER_NANOS, addend)))
                    .toList();
            groups.add(MetricGroup.of(group.resource(), group.scope(), metrics, group.shape()));
        }
        return new MetricBatch(groups);
    }

    @SuppressWarnings("unchecked") // the point class of SumData and GaugeData is that of any of their points
    private static Data<?> of(Data<?> data, long laterNanos, double addend) {
        Object first = data.getPoints().iterator().next();
        if (data instanceof SumData<?> sum && first instanceof DoublePointData) {
            return SumData.createDoubleSumData(
                    sum.isMonotonic(),
                    sum.getAggregationTemporality(),
                    doubles((Data<DoublePointData>) data, laterNanos, addend));
        }
        if (data instanceof SumData<?> sum && first instanceof LongPointData) {
            return SumData.createLongSumData(
                    sum.isMonotonic(),
                    sum.getAggregationTemporality(),
                    longs((Data<LongPointData>) data, laterNanos, addend));
        }
        if (data instanceof GaugeData<?> && first instanceof DoublePointData) {
            return GaugeData.createDoubleGaugeData(doubles((Data<DoublePointData>) data, laterNanos, addend));
        }
        if (data instanceof GaugeData<?> && first instanceof LongPointData) {
            return GaugeData.createLongGaugeData(longs((Data<LongPointData>) data, laterNanos, addend));
        }
        return data;
    }

    private static List<DoublePointData> doubles(Data<DoublePointData> data, long laterNanos, double addend) {
        return data.getPoints().stream()
                .map(point -> DoublePointData.create(
                        point.getStartEpochNanos(),
                        point.getEpochNanos() + laterNanos,
                        point.getAttributes(),
                        point.getValue() + addend,
                        List.of()))
                .toList();
    }

    private static List<LongPointData> longs(Data<LongPointData> data, long laterNanos, double addend) {
        return data.getPoints().stream()
                .map(point -> LongPointData.create(
                        point.getStartEpochNanos(),
                        point.getEpochNanos() + laterNanos,
                        point.getAttributes(),
                        point.getValue() + (long) addend))
                .toList();
    }
}
