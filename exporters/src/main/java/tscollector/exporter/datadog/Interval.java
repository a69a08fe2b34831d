package tscollector.exporter.datadog;

/** The seconds in which a count was counted: from its start time to its time, in nanoseconds. */
final class Interval {
    private static final long SECOND = 1_000_000_000L;
    /** As far from a whole second as the reference translator goes. */
    private static final long TOLERANCE = SECOND / 20;

    private Interval() {}

    /** Whole seconds, or near enough; 0 if that cannot be said. */
    static long inferred(long startNanos, long nanos) {
        long rounded = rounded(startNanos, nanos);
        return Math.abs(nanos - startNanos - rounded * SECOND) <= TOLERANCE ? rounded : 0;
    }

    /** The nearest number of whole seconds; 0 if that is 0, or the start is not known. */
    static long rounded(long startNanos, long nanos) {
        return startNanos <= 0 || startNanos >= nanos ? 0 : (nanos - startNanos + SECOND / 2) / SECOND;
    }
}
