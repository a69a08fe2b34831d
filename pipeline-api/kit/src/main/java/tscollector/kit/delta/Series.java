package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.PointData;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one series: its last point. Changed only under the lock of {@link CounterDeltas}. Times are nanoseconds
 * of the wall clock.
 */
abstract class Series {
    private final SeriesKey key;
    private boolean known;
    private boolean tracked;
    private boolean moved;
    private long timeNanos;
    private long startNanos;
    private long seenNanos;
    private @Nullable PointData owed;

    Series(SeriesKey key) {
        this.key = key;
    }

    final SeriesKey key() {
        return key;
    }

    /** Whether there was a point. */
    final boolean known() {
        return known;
    }

    /** The time of the last point. */
    final long timeNanos() {
        return timeNanos;
    }

    /** The start time of the last point; 0 if it had none. */
    final long startNanos() {
        return startNanos;
    }

    /** When the last point was here. */
    final long seenNanos() {
        return seenNanos;
    }

    /** Whether this object stands for the series among those that are remembered. */
    final boolean tracked() {
        return tracked;
    }

    final void track() {
        tracked = true;
    }

    /** It is remembered no more; who still has this object may have it tracked again. */
    final void forget() {
        tracked = false;
        known = false;
        owed = null;
    }

    /** A delta that was handed out and not taken: it goes with the next one. */
    final void owe(PointData delta) {
        owed = owed == null ? delta : plus(delta, owed);
    }

    /** What goes with the next delta; null if nothing. */
    final @Nullable PointData owed() {
        return owed;
    }

    /** Whether there was a point in this life of the process. */
    final boolean moved() {
        return moved;
    }

    /** Sets the times of the last point, for a series that is read from a store. */
    final void times(long time, long start, long seen) {
        timeNanos = time;
        startNanos = start;
        seenNanos = seen;
        known = true;
    }

    /**
     * What is to be sent of the series' next point; null if nothing, and then the reason is counted. Remembers the point unless
     * it is bad.
     */
    final @Nullable PointData next(PointData point, Turn turn) {
        if (turn.firstValues().isForgotten(this, turn.nowNanos())) {
            owed = null;
        } else if (known && point.getEpochNanos() <= timeNanos) {
            return again(point, turn);
        }
        PointData sent = switch (turn.firstValues().decide(this, point, turn.nowNanos())) {
            case DIFFERENCE -> difference(point, timeNanos);
            case WHOLE -> isBelowZero(point) ? null : whole(point, wholeSince(point));
            case ZERO -> zero(point);
            case NOTHING -> null;
        };
        if (sent == null) {
            turn.drop(isBelowZero(point) ? Turn.Drop.NEGATIVE : Turn.Drop.FIRST_VALUE);
        }
        remember(point);
        times(point.getEpochNanos(), point.getStartEpochNanos(), turn.nowNanos());
        moved = true;
        return sent == null ? null : withOwed(sent);
    }

    /** The last point comes again after its delta was refused, or it is none to go on with. */
    private @Nullable PointData again(PointData point, Turn turn) {
        PointData refused = owed;
        if (refused != null && refused.getEpochNanos() == point.getEpochNanos()) {
            owed = null;
            return refused;
        }
        turn.drop(Turn.Drop.NOT_NEWER);
        return null;
    }

    private PointData withOwed(PointData delta) {
        PointData before = owed;
        owed = null;
        return before == null ? delta : plus(delta, before);
    }

    private PointData zero(PointData point) {
        remember(point);
        return difference(point, timeNanos);
    }

    /** A series that began again did so after its last point, whatever its start time says. */
    private long wholeSince(PointData point) {
        long start = Math.min(point.getStartEpochNanos(), point.getEpochNanos());
        return known && timeNanos < point.getEpochNanos() ? Math.max(start, timeNanos) : start;
    }

    abstract SeriesKind kind();

    /** What is wrong with the point's numbers; null if nothing. */
    abstract Turn.@Nullable Drop fault(PointData point);

    /** Whether it counts from below zero, as a gauge may that is read as a counter: only its differences can be sent. */
    boolean isBelowZero(PointData point) {
        return false;
    }

    /** Whether the point cannot follow the last one: something that only grows is less than it was. */
    abstract boolean fell(PointData point);

    /** The point less the last one; it did not fall. */
    abstract PointData difference(PointData point, long sinceNanos);

    /** Two deltas in one, with the time of the first and the start of {@code before}. If there is no such sum, the first. */
    abstract PointData plus(PointData delta, PointData before);

    /** The point as it is. */
    abstract PointData whole(PointData point, long sinceNanos);

    /** Takes the point's numbers for the last ones. */
    abstract void remember(PointData point);

    /** What it takes in memory, in plain counters. */
    int weight() {
        return 1;
    }

    final boolean isHistogram() {
        return kind() == SeriesKind.HISTOGRAM || kind() == SeriesKind.EXPONENTIAL;
    }
}
