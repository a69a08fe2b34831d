package tscollector.app.parity;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.function.IntSupplier;

/** The time of day moves by the check's interval with each run, as for the Agent; elapsed time is real, or moves with it. */
final class RunClock implements Clock {
    private static final Duration USUAL = Duration.ofSeconds(15);

    /** What a run may take to look at the clock. */
    private static final long GRAIN_NANOS = 25_000_000L;

    private final Clock real = Clock.getDefault();
    private final long begin = real.now() / 1_000_000_000L * 1_000_000_000L;
    private final IntSupplier runs;
    private final long stepNanos;
    private final boolean isElapsedReal;
    private int seen; // guarded by this
    private long seenNanos = real.nanoTime(); // guarded by this

    private RunClock(IntSupplier runs, Duration step, boolean isElapsedReal) {
        this.runs = runs;
        this.stepNanos = step.toNanos();
        this.isElapsedReal = isElapsedReal;
    }

    /** A quarter of a minute a run; elapsed time is real. */
    RunClock(IntSupplier runs) {
        this(runs, USUAL, true);
    }

    /** So much a run; elapsed time is real. */
    static RunClock ofDay(IntSupplier runs, Duration step) {
        return new RunClock(runs, step, true);
    }

    /** So much a run, to the {@link #GRAIN_NANOS}, so that two runs are a whole number of steps apart; within a run it is real. */
    static RunClock stepping(IntSupplier runs, Duration step) {
        return new RunClock(runs, step, false);
    }

    @Override
    public long now() {
        return begin + runs.getAsInt() * stepNanos;
    }

    @Override
    public long nanoTime() {
        return isElapsedReal ? real.nanoTime() : stepped();
    }

    private synchronized long stepped() {
        int now = runs.getAsInt();
        if (now != seen) {
            seen = now;
            seenNanos = real.nanoTime();
        }
        return now * stepNanos + (real.nanoTime() - seenNanos) / GRAIN_NANOS * GRAIN_NANOS;
    }
}
