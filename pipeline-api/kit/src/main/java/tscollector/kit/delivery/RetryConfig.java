package tscollector.kit.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** The section {@code retry_on_failure}; names and defaults of the Collector's exporter helper. */
public record RetryConfig(
        @Setting(doc = "Whether what the backend refused for now is tried again.")
        boolean enabled,

        @Setting(doc = "Wait after the first failure.", min = "1ms")
        Duration initialInterval,

        @Setting(doc = "Each wait is spread at random by this share of itself, up and down.", min = "0", max = "1")
        double randomizationFactor,

        @Setting(doc = "Each wait is this many times the one before.", min = "1")
        double multiplier,

        @Setting(doc = "Longest wait.", min = "1ms") Duration maxInterval,

        @Setting(
                doc =
                        "A request is given up when its next try would come later than this after its first. 0s: never. Absent: 5m, or what the backend's preset says.",
                min = "0s")
        @Nullable
        Duration maxElapsedTime)
        implements Config {

    private static final Duration COLLECTORS = Duration.ofMinutes(5);

    public static RetryConfig defaults() {
        return new RetryConfig(true, Duration.ofSeconds(5), 0.5, 1.5, Duration.ofSeconds(30), null);
    }

    /** How long a request is tried; zero: for ever. */
    public Duration effectiveMaxElapsedTime() {
        return maxElapsedTime == null ? COLLECTORS : maxElapsedTime;
    }

    /** The same, with another time to give up after unless there is one. */
    public RetryConfig unlessSet(Duration time) {
        return maxElapsedTime != null
                ? this
                : new RetryConfig(enabled, initialInterval, randomizationFactor, multiplier, maxInterval, time);
    }

    @Override
    public void validate(Problems problems) {
        problems.check(
                "max_interval",
                maxInterval.compareTo(initialInterval) >= 0,
                "must not be shorter than initial_interval");
    }
}
