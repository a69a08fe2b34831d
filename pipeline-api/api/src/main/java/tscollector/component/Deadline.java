package tscollector.component;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.Objects;

/** A point in monotonic time by which something must be done; shared by all who work towards it. */
public final class Deadline {
    private final Clock clock;
    private final long endNanos;

    private Deadline(Clock clock, long endNanos) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.endNanos = endNanos;
    }

    /** The deadline that lies {@code time} ahead of now. */
    public static Deadline in(Duration time, Clock clock) {
        return new Deadline(clock, clock.nanoTime() + time.toNanos());
    }

    /** What is left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - clock.nanoTime()));
    }

    public boolean hasPassed() {
        return endNanos - clock.nanoTime() <= 0;
    }
}
