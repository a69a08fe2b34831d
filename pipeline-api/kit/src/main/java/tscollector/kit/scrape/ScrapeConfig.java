package tscollector.kit.scrape;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Setting;

/** When a pull receiver asks, flat in its component. */
public record ScrapeConfig(
        @Setting(doc = "Time from one run to the next, per target.", min = "10ms")
        Duration collectionInterval,

        @Setting(
                doc =
                        "Wait before the first run. One target starts at once then; several are spread over the interval.",
                min = "0s")
        Duration initialDelay,

        @Setting(
                doc =
                        "Bounds one whole exchange. Absent: the interval, at most 10s. May exceed the interval: a run that lasts skips the ticks it covers.",
                min = "1ms")
        @Nullable
        Duration timeout)
        implements Config {

    /** The longest timeout that nobody asked for. */
    private static final Duration LONGEST_DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public static ScrapeConfig defaults() {
        return new ScrapeConfig(Duration.ofSeconds(15), Duration.ZERO, null);
    }

    /** The timeout that is in force. */
    public Duration effectiveTimeout() {
        if (timeout != null) {
            return timeout;
        }
        return collectionInterval.compareTo(LONGEST_DEFAULT_TIMEOUT) < 0 ? collectionInterval : LONGEST_DEFAULT_TIMEOUT;
    }
}
