package tscollector.exporter.datadog;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;
import tscollector.signal.Shape;
import tscollector.telemetry.Telemetry;

/**
 * Lets cumulative numbers of a series set pass once a second, for receivers that run more often: the intake keeps one value of a series
 * and second, and of two counts the earlier would be lost. What is held back loses nothing, since the next difference contains
 * it. Gauges pass always: of them the last is the right one. Thread-safe.
 */
final class OncePerSecond {
    private static final String HELD_BACK = "counters asked more than once a second";

    private final Predicate<Metric> isConverted;
    private final Telemetry telemetry;
    private final PlanCache<Gate> gates = new PlanCache<>();

    /** @param isConverted whether a cumulative metric becomes differences; all others pass always */
    OncePerSecond(Predicate<Metric> isConverted, Telemetry telemetry) {
        this.isConverted = isConverted;
        this.telemetry = telemetry;
    }

    /** The batch without what comes too soon; null if nothing is left. */
    @Nullable
    MetricBatch pass(MetricBatch batch) {
        List<MetricGroup> groups = new ArrayList<>(batch.groups().size());
        boolean same = true;
        for (MetricGroup group : batch.groups()) {
            MetricGroup passed = gates.planFor(group, seen -> new Gate()).pass(group);
            same &= passed == group;
            if (passed != null) {
                groups.add(passed);
            }
        }
        if (same) {
            return batch;
        }
        int left = groups.stream().mapToInt(MetricGroup::pointCount).sum();
        telemetry.count(HELD_BACK, batch.itemCount() - left);
        return groups.isEmpty() ? null : new MetricBatch(groups);
    }

    /** Of one series set. */
    private final class Gate {
        private final Shape shapeOfGauges = new Shape();
        private long lastSecond = Long.MIN_VALUE; // guarded by this

        @Nullable
        MetricGroup pass(MetricGroup group) {
            long newest = Long.MIN_VALUE;
            for (Metric metric : group.metrics()) {
                newest = isHeldBack(metric) ? Math.max(newest, newestSecond(metric)) : newest;
            }
            if (newest == Long.MIN_VALUE || isAnother(newest)) {
                return group;
            }
            List<Metric> gauges = new ArrayList<>(group.metrics());
            gauges.removeIf(this::isHeldBack);
            return gauges.isEmpty() ? null : MetricGroup.of(group.resource(), group.scope(), gauges, shapeOfGauges);
        }

        private boolean isHeldBack(Metric metric) {
            return isCumulative(metric) && isConverted.test(metric);
        }

        private synchronized boolean isAnother(long second) {
            boolean isAnother = second != lastSecond;
            lastSecond = second;
            return isAnother;
        }

        private static long newestSecond(Metric metric) {
            long newest = Long.MIN_VALUE;
            for (PointData point : metric.data().getPoints()) {
                newest = Math.max(newest, Math.floorDiv(point.getEpochNanos(), 1_000_000_000L));
            }
            return newest;
        }

        private static boolean isCumulative(Metric metric) {
            return switch (metric.type()) {
                case LONG_GAUGE, DOUBLE_GAUGE -> false;
                case LONG_SUM -> isCumulative(metric.getLongSumData());
                case DOUBLE_SUM -> isCumulative(metric.getDoubleSumData());
                case HISTOGRAM ->
                    metric.getHistogramData().getAggregationTemporality() == AggregationTemporality.CUMULATIVE;
                case EXPONENTIAL_HISTOGRAM ->
                    metric.getExponentialHistogramData().getAggregationTemporality()
                            == AggregationTemporality.CUMULATIVE;
                case SUMMARY -> false; // expanded before
            };
        }

        private static boolean isCumulative(SumData<?> sum) {
            return sum.isMonotonic() && sum.getAggregationTemporality() == AggregationTemporality.CUMULATIVE;
        }
    }
}
