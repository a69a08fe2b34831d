package tscollector.kit.delta;

import java.util.EnumMap;
import java.util.Map;
import tscollector.telemetry.Telemetry;

/** One conversion: the time it happens at, the rules, and what is dropped on the way. */
final class Turn {
    /** Why a point is dropped. */
    enum Drop {
        FIRST_VALUE("first value of a series"),
        NOT_NEWER("not newer than the last point"),
        NOT_A_NUMBER("not a finite number"),
        NEGATIVE("negative counter"),
        TOO_MANY_SERIES("too many series");

        private final String reason;

        Drop(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private final FirstValues firstValues;
    private final long nowNanos;
    private final Map<Drop, Integer> dropped = new EnumMap<>(Drop.class);

    /** @param nowNanos of the wall clock */
    Turn(FirstValues firstValues, long nowNanos) {
        this.firstValues = firstValues;
        this.nowNanos = nowNanos;
    }

    FirstValues firstValues() {
        return firstValues;
    }

    long nowNanos() {
        return nowNanos;
    }

    void drop(Drop why) {
        dropped.merge(why, 1, Integer::sum);
    }

    /** How many points were dropped for this reason. */
    int dropped(Drop why) {
        return dropped.getOrDefault(why, 0);
    }

    void count(Telemetry telemetry) {
        dropped.forEach((why, points) -> telemetry.dropped(why.reason(), points));
    }
}
