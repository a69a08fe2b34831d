package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    private final @Nullable List<Given> given;

    /** A delta and whose it is. */
    private record Given(Series series, PointData delta) {}

    /**
     * A conversion that begins.
     *
     * @param nowNanos of the wall clock
     * @param mayComeBack whether {@link #takeBack} may be called
     */
    Turn(FirstValues firstValues, long nowNanos, boolean mayComeBack) {
        this.firstValues = firstValues;
        this.nowNanos = nowNanos;
        this.given = mayComeBack ? new ArrayList<>() : null;
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

    /** Takes note of a delta that is handed out. */
    void give(Series series, PointData delta) {
        if (given != null) {
            given.add(new Given(series, delta));
        }
    }

    /** Nobody took the deltas: each goes with the next one of its series. Returns how many there are. */
    int takeBack() {
        if (given == null) {
            return 0;
        }
        given.forEach(one -> one.series.owe(one.delta));
        return given.size();
    }

    void count(Telemetry telemetry) {
        dropped.forEach((why, points) -> telemetry.dropped(why.reason(), points));
    }
}
