package tscollector.datadog;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which times an intake takes, seen from one moment.
 *
 * @param oldest epoch second
 * @param newest epoch second
 */
public record IntakeTimes(long oldest, long newest) {
    /** Points older than this are taken only where historical metrics are switched on. */
    public static final Duration POINT_AGE = Duration.ofHours(1);
    /** Log records and events older than this are not taken. */
    public static final Duration RECORD_AGE = Duration.ofHours(18);

    /** Older than the intake takes. */
    public static final String TOO_OLD = "too old";
    /** Further in the future than the intake takes. */
    public static final String IN_FUTURE = "too far in the future";

    /** Most that a point may be ahead of the intake's clock. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    /** @param maxAge zero: however old */
    public static IntakeTimes around(long nowEpochNanos, Duration maxAge) {
        long now = second(nowEpochNanos);
        return new IntakeTimes(maxAge.isZero() ? Long.MIN_VALUE : now - maxAge.toSeconds(), now + AHEAD.toSeconds());
    }

    /** Why something of this second is lost; null if the intake takes it. */
    public @Nullable String objection(long second) {
        if (second < oldest) {
            return TOO_OLD;
        }
        return second > newest ? IN_FUTURE : null;
    }

    /** As {@link #objection}, of a time in nanoseconds. */
    public @Nullable String objectionToNanos(long epochNanos) {
        return objection(second(epochNanos));
    }

    private static long second(long epochNanos) {
        return Math.floorDiv(epochNanos, 1_000_000_000L);
    }
}
