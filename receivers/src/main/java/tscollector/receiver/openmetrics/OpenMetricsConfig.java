package tscollector.receiver.openmetrics;

import java.net.URI;
import java.util.List;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.exposition.ExpositionConfig;
import tscollector.exposition.ExpositionLimits;
import tscollector.exposition.HistogramConfig;
import tscollector.kit.http.HttpClientConfig;
import tscollector.kit.scrape.ScrapeConfig;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.TargetConfig;
import tscollector.torchserve.TargetsConfig;

/** Settings of the receiver {@code torchserve_openmetrics}. */
public record OpenMetricsConfig(
        @Setting(inline = true) TargetsConfig targets,
        @Setting(inline = true) ScrapeConfig scrape,
        @Setting(inline = true) OfficialConfig official,
        @Setting(inline = true) ExpositionConfig exposition,
        @Setting(inline = true) HistogramConfig histograms,
        @Setting(inline = true) HttpClientConfig http,
        @Setting(inline = true) ExpositionLimits limits)
        implements Config {

    static OpenMetricsConfig defaults() {
        return new OpenMetricsConfig(
                TargetsConfig.defaults(),
                ScrapeConfig.defaults(),
                OfficialConfig.defaults(),
                ExpositionConfig.defaults(),
                HistogramConfig.defaults(),
                HttpClientConfig.defaults(),
                ExpositionLimits.defaults());
    }

    @Override
    public void validate(Problems problems) {
        targets.checkUsers(http, problems);
        if (targets.endpoint() != null) {
            warnOfEmptyPath("endpoint", targets.endpoint(), problems);
        }
        List<TargetConfig> endpoints = targets.endpoints();
        for (int i = 0; i < endpoints.size(); i++) {
            warnOfEmptyPath("endpoints[" + i + "]", endpoints.get(i).endpoint(), problems);
        }
    }

    private static void warnOfEmptyPath(String where, String url, Problems problems) {
        try {
            String path = URI.create(url).getRawPath();
            if (path == null || path.isEmpty() || path.equals("/")) {
                problems.warn(where, "has no path and is asked as it is; TorchServe's metrics are at /metrics");
            }
        } catch (IllegalArgumentException e) {
            // no URL at all: another check says so
        }
    }
}
