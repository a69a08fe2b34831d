package tscollector.exporter.datadog;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which times the intake takes, seen from one moment.
 *
 * @param oldest epoch second
 * @param newest epoch second
 */
record TimeWindow(long oldest, long newest) {
    /** Most that a point may be ahead of the intake's clock. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    /** @param maxAge zero: however old */
    static TimeWindow around(long nowEpochNanos, Duration maxAge) {
        long now = Math.floorDiv(nowEpochNanos, 1_000_000_000L);
        return new TimeWindow(maxAge.isZero() ? Long.MIN_VALUE : now - maxAge.toSeconds(), now + AHEAD.toSeconds());
    }

    /** Why something of this second is not sent; null if it is. */
    @Nullable
    String objection(long second) {
        if (second < oldest) {
            return DropReasons.TOO_OLD;
        }
        return second > newest ? DropReasons.IN_FUTURE : null;
    }
}
