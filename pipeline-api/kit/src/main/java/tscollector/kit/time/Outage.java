package tscollector.kit.time;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One log line per outage, not per attempt: the first failure warns, the following ones are counted, the end says how long it
 * lasted. A different message warns again, at most once a minute, and the same one once an hour. Thread-safe.
 *
 * <p>Only the messages decide whether something is new, so they must be the same for the same fault.
 */
public final class Outage {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final Logger logger;
    private final Clock clock;
    private final String what;

    private @Nullable String lastSaid; // all guarded by this; null while all is well
    private long beganNanos;
    private long saidNanos;
    private long attempts;

    /**
     * An outage that has not begun.
     *
     * @param what the subject of the lines, for instance {@code Scraping http://localhost:8082/metrics}; without secrets
     */
    public Outage(Logger logger, Clock clock, String what) {
        this.logger = logger;
        this.clock = clock;
        this.what = what;
    }

    /**
     * An attempt failed.
     *
     * @param message why, without a full stop
     */
    public synchronized void failing(String message) {
        long now = clock.nanoTime();
        attempts++;
        if (lastSaid == null) {
            beganNanos = now;
            attempts = 1;
            logger.warn("{} failed: {}.", what, message);
        } else if (now - saidNanos >= HOUR || (!message.equals(lastSaid) && now - saidNanos >= MINUTE)) {
            logger.warn(
                    "{} still fails after {} and {} attempts: {}.", what, inWords(now - beganNanos), attempts, message);
        } else {
            return;
        }
        saidNanos = now;
        lastSaid = message;
    }

    /** An attempt went well. Costs nothing to speak of while all is well. */
    public void recovered() {
        recovered("");
    }

    /**
     * An attempt went well.
     *
     * @param more what else to say if this ends an outage, for instance {@code 3 items were dropped}; may be empty
     */
    public synchronized void recovered(String more) {
        if (lastSaid == null) {
            return;
        }
        lastSaid = null;
        logger.info(
                "{} works again after {} and {} failed {}{}{}.",
                what,
                inWords(clock.nanoTime() - beganNanos),
                attempts,
                attempts == 1 ? "attempt" : "attempts",
                more.isEmpty() ? "" : "; ",
                more);
    }

    /** Whether the last attempt failed. */
    public synchronized boolean isFailing() {
        return lastSaid != null;
    }

    private static String inWords(long nanos) {
        Duration time = Duration.ofNanos(nanos);
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return time.toSeconds() + "." + time.toMillisPart() / 100 + " s";
        }
        if (time.compareTo(Duration.ofHours(1)) < 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
