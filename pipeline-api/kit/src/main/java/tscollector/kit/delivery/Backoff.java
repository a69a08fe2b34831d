package tscollector.kit.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The waits of one request between its tries. One thread at a time. */
final class Backoff {
    private final RetryConfig config;
    private final DoubleSupplier random;
    private final long startNanos;
    private double nextNanos;

    /**
     * Begins with the first try.
     *
     * @param startNanos when that is, in monotonic time
     * @param random evenly spread from 0 to 1
     */
    Backoff(RetryConfig config, long startNanos, DoubleSupplier random) {
        this.config = config;
        this.random = random;
        this.startNanos = startNanos;
        this.nextNanos = config.initialInterval().toNanos();
    }

    /**
     * How long to wait after a failure at {@code nowNanos}; null to give up, which the request does now when its next try would
     * come too late.
     *
     * @param atLeast what the backend asked for
     */
    @Nullable
    Duration next(long nowNanos, @Nullable Duration atLeast) {
        if (!config.enabled()) {
            return null;
        }
        double spread = config.randomizationFactor() * (2 * random.getAsDouble() - 1);
        Duration wait = Duration.ofNanos((long) (nextNanos * (1 + spread)));
        nextNanos = Math.min(
                nextNanos * config.multiplier(), (double) config.maxInterval().toNanos());
        if (atLeast != null && atLeast.compareTo(wait) > 0) {
            wait = atLeast;
        }
        Duration atNextTry = Duration.ofNanos(nowNanos - startNanos).plus(wait);
        Duration most = config.effectiveMaxElapsedTime();
        boolean tooLate = !most.isZero() && atNextTry.compareTo(most) > 0;
        return tooLate ? null : wait;
    }
}
