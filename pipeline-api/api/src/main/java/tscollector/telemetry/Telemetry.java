package tscollector.telemetry;

import java.time.Duration;
import java.util.function.LongSupplier;
import tscollector.signal.Signal;

/**
 * How a component tells what became of items that only it knows about, how it is, and warns without flooding the log. What passes
 * between components is counted by the graph; a component counts what it drops, and an exporter what the backend took. Names
 * ({@code reason}, {@code what}) are short fixed texts, few per component. Thread-safe.
 */
public interface Telemetry {
    /** What a level counts in. */
    enum Unit {
        ITEMS,
        BYTES,
        /** How long something waits already. */
        SECONDS
    }

    /** A number that is shown until it is removed. */
    @FunctionalInterface
    interface Level {
        /** Shows it no more; does nothing the second time. */
        void remove();
    }

    /** The same for one signal of this component: what is counted there is counted here, too, and known by its signal besides. */
    Telemetry of(Signal<?> signal);

    /** Counts items (points or records) that the backend has taken. Only for exporters, and only what was really taken. */
    void sent(long items);

    /**
     * Counts items that are lost here.
     *
     * @param reason for instance {@code queue full}
     */
    void dropped(String reason, long items);

    /** Counts something else worth a number, for instance {@code malformed lines}. */
    void count(String what, long times);

    /**
     * Shows a number that goes up and down, for instance {@code metrics queue bytes}. The component removes it when it stops.
     *
     * @param now asked whenever somebody looks, on any thread; quick, and 0 while there is nothing to say. If it throws, this
     *     number is not shown
     */
    Level level(String what, Unit unit, LongSupplier now);

    /**
     * Shows how something is from now on, for instance {@code key} as {@code valid}: the last word counts.
     *
     * @param is one of few short texts, without secrets
     */
    void state(String what, String is);

    /**
     * Logs a warning, at most once per {@code period} for the same key; what was left out is counted and said with the next.
     *
     * @param key one of a bounded number
     * @param message a finished sentence
     */
    void warnOncePer(Duration period, String key, String message);
}
