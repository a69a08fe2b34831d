package tscollector.receiver.inference;

import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.kit.http.HttpClientConfig;
import tscollector.kit.scrape.ScrapeConfig;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.TargetsConfig;

/** Settings of the receiver {@code torchserve_inference}. */
public record InferenceConfig(
        @Setting(inline = true) TargetsConfig targets,
        @Setting(inline = true) ScrapeConfig scrape,
        @Setting(inline = true) OfficialConfig official,
        @Setting(inline = true) HttpClientConfig http)
        implements Config {

    static InferenceConfig defaults() {
        return new InferenceConfig(
                TargetsConfig.defaults(),
                ScrapeConfig.defaults(),
                OfficialConfig.defaults(),
                HttpClientConfig.defaults());
    }

    @Override
    public void validate(Problems problems) {
        targets.checkUsers(http, problems);
    }
}
