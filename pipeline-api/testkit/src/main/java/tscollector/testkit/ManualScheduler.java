package tscollector.testkit;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import tscollector.time.Scheduler;

/**
 * Time and threads in the hands of the test: nothing runs until {@link #runPending} or {@link #advance} is called, and then all
 * of it on the test's thread, in order. Tasks may be added from any thread.
 */
public final class ManualScheduler implements Scheduler {
    /** Where the wall clock stands at first: 2026-01-01T00:00:00Z. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Timed(long atNanos, long order, Runnable task) {}

    private final Deque<Runnable> pending = new ArrayDeque<>(); // all guarded by this
    private final PriorityQueue<Timed> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timed::atNanos).thenComparingLong(Timed::order));
    private long nowNanos;
    private long wallOffsetNanos = START.getEpochSecond() * 1_000_000_000L;
    private long order;

    @Override
    public synchronized void execute(Runnable task) {
        pending.add(task);
    }

    @Override
    public synchronized void executeBlocking(Runnable task) {
        pending.add(task);
    }

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable task) {
        Timed timed = new Timed(nowNanos + Math.max(0, delay.toNanos()), order++, task);
        timers.add(timed);
        return () -> {
            synchronized (this) {
                timers.remove(timed);
            }
        };
    }

    /** Runs everything that waits for a thread or is due now, and what that adds, until nothing is left. */
    public void runPending() {
        for (Runnable task = next(); task != null; task = next()) {
            task.run();
        }
    }

    /** Moves both clocks forward, stopping at each timer on the way, and runs what becomes due. */
    public void advance(Duration time) {
        runPending();
        long end;
        synchronized (this) {
            end = nowNanos + time.toNanos();
        }
        while (stepTo(end)) {
            runPending();
        }
        runPending();
    }

    /** Sets the wall clock elsewhere, as an administrator or NTP does; monotonic time and timers do not move. */
    public synchronized void shiftWallClock(Duration by) {
        wallOffsetNanos += by.toNanos();
    }

    /** Timers that wait. */
    public synchronized int timerCount() {
        return timers.size();
    }

    /** The clocks that this moves. */
    public Clock clock() {
        return new Clock() {
            @Override
            public long now() {
                synchronized (ManualScheduler.this) {
                    return wallOffsetNanos + nowNanos;
                }
            }

            @Override
            public long nanoTime() {
                synchronized (ManualScheduler.this) {
                    return nowNanos;
                }
            }
        };
    }

    private synchronized boolean stepTo(long end) {
        Timed first = timers.peek();
        if (first == null || first.atNanos() > end) {
            boolean moved = nowNanos != end;
            nowNanos = end;
            return moved;
        }
        nowNanos = Math.max(nowNanos, first.atNanos());
        return true;
    }

    private synchronized @Nullable Runnable next() {
        Timed first = timers.peek();
        if (first != null && first.atNanos() <= nowNanos) {
            timers.poll();
            pending.add(first.task());
        }
        return pending.poll();
    }
}
