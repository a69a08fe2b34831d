package tscollector.processor.naming;

/** The last value of one series, from which its next rate is worked out. Thread-safe. */
final class RateCell {
    private static final double NANOS = 1e9;

    private boolean known; // guarded by this
    private long time; // guarded by this
    private double value; // guarded by this

    /**
     * Growth a second since the last value; NaN if there is none, or it is as new as this one; negative after a fall. What is no
     * number changes nothing.
     */
    synchronized double next(long epochNanos, double now) {
        if (!Double.isFinite(now)) {
            return Double.NaN;
        }
        double rate = Double.NaN;
        if (known && epochNanos > time) {
            rate = (now - value) / ((epochNanos - time) / NANOS);
        }
        if (!known || epochNanos > time) {
            known = true;
            time = epochNanos;
            value = now;
        }
        return rate;
    }
}
