package tscollector.receiver.management;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.kit.http.HttpClientConfig;
import tscollector.kit.scrape.ScrapeConfig;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.TargetsConfig;
import tscollector.torchserve.management.ModelsConfig;

/** Settings of the receiver {@code torchserve_management}. */
public record ManagementConfig(
        @Setting(inline = true) TargetsConfig targets,
        @Setting(inline = true) ScrapeConfig scrape,

        @Setting(
                doc =
                        "Bounds a whole run, list and all describes; models whose turn has not come by then are left out of it. Absent: it takes as long as it takes.",
                min = "1ms")
        @Nullable
        Duration runTimeout,

        @Setting(doc = "Which models are described, and how often.")
        ModelsConfig models,

        @Setting(inline = true) OfficialConfig official,

        @Setting(inline = true) HttpClientConfig http)
        implements Config {

    static ManagementConfig defaults() {
        return new ManagementConfig(
                TargetsConfig.defaults(),
                ScrapeConfig.defaults(),
                null,
                ModelsConfig.defaults(),
                OfficialConfig.defaults(),
                HttpClientConfig.defaults());
    }

    @Override
    public void validate(Problems problems) {
        targets.checkUsers(http, problems);
    }
}
