package tscollector.testkit.datadog;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;

/** How old and how far ahead what is sent may be. */
final class Windows {
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Duration POINT = Duration.ofHours(1);
    private static final Duration CHECK = Duration.ofMinutes(10);
    private static final Duration EVENT = Duration.ofHours(18);

    private final Clock clock;

    Windows(Clock clock) {
        this.clock = clock;
    }

    void point(long seconds) throws Refusal {
        within(seconds, POINT, "a point");
    }

    void check(long seconds) throws Refusal {
        within(seconds, CHECK, "a check run");
    }

    void event(long seconds) throws Refusal {
        notOlder(seconds, EVENT, "an event");
    }

    void log(long milliseconds) throws Refusal {
        notOlder(milliseconds / 1000, EVENT, "a log");
    }

    private void within(long seconds, Duration age, String what) throws Refusal {
        notOlder(seconds, age, what);
        Refusal.unless(seconds <= now() + AHEAD.toSeconds() + 1, what + " is " + (seconds - now()) + " s ahead");
    }

    private void notOlder(long seconds, Duration age, String what) throws Refusal {
        Refusal.unless(seconds >= now() - age.toSeconds() - 1, what + " is " + (now() - seconds) + " s old");
    }

    private long now() {
        return Math.floorDiv(clock.now(), 1_000_000_000L);
    }
}
