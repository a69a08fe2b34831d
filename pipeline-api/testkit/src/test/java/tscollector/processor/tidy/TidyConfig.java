package tscollector.processor.tidy;

import java.time.Duration;
import tscollector.config.Config;
import tscollector.config.Setting;

/** Its settings. */
public record TidyConfig(
        @Setting(doc = "How long it takes.") Duration time) implements Config {
    static TidyConfig defaults() {
        return new TidyConfig(Duration.ZERO);
    }
}
