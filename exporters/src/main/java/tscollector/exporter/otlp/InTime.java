package tscollector.exporter.otlp;

import io.opentelemetry.sdk.metrics.data.PointData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.datadog.IntakeTimes;
import tscollector.kit.delivery.Progress;
import tscollector.kit.metric.Form;
import tscollector.signal.Batch;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;

/**
 * Drops what the intake would not take for its time, and says so.
 *
 * @param <B> the batch class
 */
@FunctionalInterface
interface InTime<B extends Batch> {
    /** What is left of the batch at this moment, the same instance if that is all of it; null if nothing is. */
    @Nullable
    B pick(B batch, long nowEpochNanos, Progress progress);

    /** Points, by their times. */
    static InTime<MetricBatch> points(Duration maxAge) {
        return (batch, now, progress) -> {
            IntakeTimes times = IntakeTimes.around(now, maxAge);
            List<MetricGroup> groups = new ArrayList<>(batch.groups().size());
            boolean same = true;
            for (MetricGroup group : batch.groups()) {
                MetricGroup left = pick(group, times, progress);
                same &= left == group;
                if (left != null) {
                    groups.add(left);
                }
            }
            return same ? batch : groups.isEmpty() ? null : new MetricBatch(groups);
        };
    }

    /** Log records, by their own time or else by when they were seen; no time is too late for them. */
    static InTime<LogBatch> records() {
        return (batch, now, progress) -> {
            long oldest = IntakeTimes.around(now, IntakeTimes.RECORD_AGE).oldest();
            List<LogGroup> groups = new ArrayList<>(batch.groups().size());
            int tooOld = 0;
            for (LogGroup group : batch.groups()) {
                List<LogRecord> left = group.records().stream()
                        .filter(one -> Math.floorDiv(time(one), 1_000_000_000L) >= oldest)
                        .toList();
                tooOld += group.records().size() - left.size();
                if (!left.isEmpty()) {
                    groups.add(new LogGroup(group.resource(), group.scope(), left));
                }
            }
            if (tooOld == 0) {
                return batch;
            }
            progress.dropped(IntakeTimes.TOO_OLD, tooOld);
            return groups.isEmpty() ? null : new LogBatch(groups);
        };
    }

    private static long time(LogRecord logRecord) {
        return logRecord.getTimestampEpochNanos() != 0
                ? logRecord.getTimestampEpochNanos()
                : logRecord.getObservedTimestampEpochNanos();
    }

    private static @Nullable MetricGroup pick(MetricGroup group, IntakeTimes times, Progress progress) {
        if (group.metrics().stream().allMatch(metric -> isInTime(metric, times))) {
            return group;
        }
        List<Metric> metrics = new ArrayList<>(group.metrics().size());
        for (Metric metric : group.metrics()) {
            List<PointData> left = new ArrayList<>(metric.pointCount());
            for (PointData point : metric.data().getPoints()) {
                String objection = times.objectionToNanos(point.getEpochNanos());
                if (objection == null) {
                    left.add(point);
                } else {
                    progress.dropped(objection, 1);
                }
            }
            if (!left.isEmpty()) {
                metrics.add(metric.withData(Form.of(metric).data(left)));
            }
        }
        return metrics.isEmpty() ? null : MetricGroup.of(group.resource(), group.scope(), metrics, new Shape());
    }

    private static boolean isInTime(Metric metric, IntakeTimes times) {
        for (PointData point : metric.data().getPoints()) {
            if (times.objectionToNanos(point.getEpochNanos()) != null) {
                return false;
            }
        }
        return true;
    }
}
