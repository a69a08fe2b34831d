package tscollector.kit.time;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import tscollector.kit.text.Amounts;

/**
 * One log line per outage, not per attempt: the first failure warns, the following ones are counted, the end says how long it
 * lasted. A different message warns again, at most once a minute, and the same one once an hour. Thread-safe.
 *
 * <p>What fails and works by turns is said at once the first time; what follows within a minute is counted, and told with its number
 * at most once a minute.
 *
 * <p>Only the messages decide whether something is new, so they must be the same for the same fault.
 */
public final class Outage {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final Logger logger;
    private final Clock clock;
    private final String what;
    private final Supplier<String> more;

    private boolean failing; // all guarded by this
    private boolean hushed; // what fails was not said
    private @Nullable String lastSaid; // null before the first outage
    private long beganNanos;
    private long saidNanos;
    private long attempts;
    private long untold; // outages that began since the last line
    private boolean recoveryUntold;

    /**
     * An outage that has not begun.
     *
     * @param what the subject of the lines, for instance {@code Scraping http://localhost:8082/metrics}; without secrets
     */
    public Outage(Logger logger, Clock clock, String what) {
        this(logger, clock, what, () -> "");
    }

    /**
     * An outage that has not begun.
     *
     * @param what the subject of the lines
     * @param more what else to say while it lasts, for instance {@code 3 items wait}; may be empty
     */
    public Outage(Logger logger, Clock clock, String what, Supplier<String> more) {
        this.more = more;
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
        boolean isMinuteOver = lastSaid == null || now - saidNanos >= MINUTE;
        attempts++;
        if (!failing) {
            failing = true;
            beganNanos = now;
            attempts = 1;
            hushed = !isMinuteOver && message.equals(lastSaid);
            untold += lastSaid == null ? 0 : 1;
            if (!hushed) {
                sayBegin(message, now);
            }
        } else if (hushed) {
            if (isMinuteOver || !message.equals(lastSaid)) {
                hushed = false;
                sayBegin(message, now);
            }
        } else if (now - saidNanos >= HOUR || (!message.equals(lastSaid) && isMinuteOver)) {
            String besides = more.get();
            logger.warn(
                    "{} still fails after {} and {} attempts: {}",
                    what,
                    inWords(now - beganNanos),
                    attempts,
                    ended(besides.isEmpty() ? message : message + "; " + besides));
            said(message, now);
        }
    }

    private void sayBegin(String message, long now) {
        if (untold > 1) {
            logger.warn("{} failed {} times since it was last told, and does now: {}", what, untold, ended(message));
            recoveryUntold = true; // the end of this is told with the next number
        } else {
            logger.warn("{} failed: {}", what, ended(message));
            recoveryUntold = false;
        }
        untold = 0;
        said(message, now);
    }

    private void said(String message, long now) {
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
     * @return false if there was something to say and it was put off
     */
    public synchronized boolean recovered(String more) {
        if (!failing && untold == 0 && !recoveryUntold) {
            return true;
        }
        long now = clock.nanoTime();
        boolean isTold = failing && !hushed && !recoveryUntold;
        boolean wasFailing = failing;
        failing = false;
        hushed = false;
        if (isTold) {
            logger.info(
                    "{} works again after {} and {} failed {}{}{}.",
                    what,
                    inWords(now - beganNanos),
                    attempts,
                    attempts == 1 ? "attempt" : "attempts",
                    more.isEmpty() ? "" : "; ",
                    more);
        } else if (now - saidNanos < MINUTE) {
            recoveryUntold |= wasFailing;
            return false;
        } else {
            logger.info(
                    "{} works again; it failed {} more {} since it was last told{}{}.",
                    what,
                    untold,
                    untold == 1 ? "time" : "times",
                    more.isEmpty() ? "" : "; ",
                    more);
        }
        untold = 0;
        recoveryUntold = false;
        saidNanos = now;
        return true;
    }

    /** Whether the last attempt failed. */
    public synchronized boolean isFailing() {
        return failing;
    }

    /** With a full stop, unless a question ends it. */
    private static String ended(String sentence) {
        return sentence.endsWith("?") ? sentence : sentence + '.';
    }

    private static String inWords(long nanos) {
        return Amounts.time(Duration.ofNanos(nanos));
    }
}
