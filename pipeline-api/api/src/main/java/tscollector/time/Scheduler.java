package tscollector.time;

import java.time.Duration;

/**
 * Timers and threads of the process. Components make none of their own. A task that throws is logged and ends there.
 *
 * <p>Three lanes, so that what blocks never holds up what does not: {@link #execute} for short work on the processor (parsing,
 * the pipeline up to the queues), {@link #executeBlocking} for what may wait (sending, files), {@link #schedule} for later.
 */
public interface Scheduler {
    /** Runs a short task that does not wait for anything, on one of few threads. */
    void execute(Runnable task);

    /** Runs a task that may block, on a thread that nobody else needs meanwhile. */
    void executeBlocking(Runnable task);

    /** Hands the task to {@link #execute} once {@code delay} has passed; at once if it is zero or negative. */
    Cancellable schedule(Duration delay, Runnable task);

    /** Something that has not happened yet. */
    @FunctionalInterface
    interface Cancellable {
        /** Keeps the task from starting; without effect if it started already. */
        void cancel();
    }
}
