package tscollector.app.parity;

import io.opentelemetry.sdk.common.Clock;
import java.util.function.IntSupplier;

/** The time of day moves by a quarter of a minute with each run, as for the Agent; elapsed time is real. */
final class RunClock implements Clock {
    private static final long STEP_NANOS = 15_000_000_000L;

    private final Clock real = Clock.getDefault();
    private final long begin = real.now() / 1_000_000_000L * 1_000_000_000L;
    private final IntSupplier runs;

    RunClock(IntSupplier runs) {
        this.runs = runs;
    }

    @Override
    public long now() {
        return begin + runs.getAsInt() * STEP_NANOS;
    }

    @Override
    public long nanoTime() {
        return real.nanoTime();
    }
}
