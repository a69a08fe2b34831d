package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.PointData;
import org.jspecify.annotations.Nullable;
import tscollector.kit.delta.DeltaRules.InitialValue;

/**
 * The rule for points that cannot be subtracted from: the first of a series, those whose value fell, and those that say that the
 * series began again.
 *
 * <p>A point whose start time is its own time does not say when the series began, only that it was not watched before: receivers
 * write it at the first scrape after they started. Where something is remembered of the series from before, that is no new
 * beginning, and the gap is filled.
 *
 * @param rule what was configured
 * @param ttlNanos how long a series is remembered; 0 for ever
 * @param processStartNanos when this process began to look
 */
record FirstValues(InitialValue rule, long ttlNanos, long processStartNanos) {
    /** What is sent of a point. */
    enum Sent {
        DIFFERENCE,
        WHOLE,
        ZERO,
        NOTHING
    }

    /** What the point is to its series, if it is newer than the last one. */
    Sent decide(Series series, PointData point, long nowNanos) {
        if (!series.known() || isForgotten(series, nowNanos)) {
            return first(null, point);
        }
        if (series.fell(point)) {
            return fallen(series, point);
        }
        return beganAgain(series, point) ? first(series, point) : Sent.DIFFERENCE;
    }

    boolean isForgotten(Series series, long nowNanos) {
        return ttlNanos > 0 && nowNanos - series.seenNanos() > ttlNanos;
    }

    /** Counters of the Agent have no start time, so that only a fall begins them again. */
    private boolean beganAgain(Series series, PointData point) {
        return (rule != InitialValue.AGENT || series.isHistogram())
                && startsBefore(point)
                && point.getStartEpochNanos() != series.startNanos();
    }

    private Sent fallen(Series series, PointData point) {
        if (rule == InitialValue.AGENT && !series.isHistogram()) {
            return point.getStartEpochNanos() < point.getEpochNanos() ? Sent.WHOLE : Sent.ZERO;
        }
        if (rule == InitialValue.AGENT && point.getStartEpochNanos() == 0) {
            return Sent.WHOLE;
        }
        return first(series, point);
    }

    private Sent first(@Nullable Series before, PointData point) {
        boolean whole = switch (rule) {
            case AGENT -> startsBefore(point);
            case AUTO -> startsBefore(point) && isAllNew(before, point.getStartEpochNanos());
            case KEEP -> true;
            case DROP -> false;
        };
        return whole ? Sent.WHOLE : Sent.NOTHING;
    }

    /** Whether all of it happened since something was sent of the series, or since this process runs. */
    private boolean isAllNew(@Nullable Series before, long start) {
        return start > processStartNanos || (before != null && start >= before.timeNanos());
    }

    private static boolean startsBefore(PointData point) {
        return point.getStartEpochNanos() > 0 && point.getStartEpochNanos() < point.getEpochNanos();
    }
}
