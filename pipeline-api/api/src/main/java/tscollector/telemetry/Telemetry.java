package tscollector.telemetry;

import java.time.Duration;

/**
 * How a component tells what became of items that only it knows about, and warns without flooding the log. What passes between
 * components is counted by the graph; a component counts what it drops, and an exporter what the backend took. Thread-safe.
 */
public interface Telemetry {
    /** Counts items (points or records) that the backend has taken. Only for exporters, and only what was really taken. */
    void sent(long items);

    /**
     * Counts items that are lost here.
     *
     * @param reason a short fixed text, for instance {@code queue full}; one of few per component
     */
    void dropped(String reason, long items);

    /** Counts something else worth a number, for instance {@code malformed lines}; {@code what} is one of few per component. */
    void count(String what, long times);

    /**
     * Logs a warning, at most once per {@code period} for the same key; what was left out is counted and said with the next.
     *
     * @param key one of a bounded number
     * @param message a finished sentence
     */
    void warnOncePer(Duration period, String key, String message);
}
