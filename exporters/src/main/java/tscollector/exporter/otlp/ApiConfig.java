package tscollector.exporter.otlp;

import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;
import tscollector.datadog.DatadogKey;
import tscollector.datadog.DatadogSite;

/** The section {@code api} of {@code preset: datadog}. */
public record ApiConfig(
        @Setting(doc = "The API key of your organisation; blanks around it are cut.", example = "${env:DD_API_KEY}")
        @Nullable
        Secret key,

        @Setting(doc = "Datadog's site that the organisation is at.", example = "datadoghq.eu")
        String site)
        implements Config {
    public static ApiConfig defaults() {
        return new ApiConfig(null, "datadoghq.com");
    }

    DatadogSite datadogSite() {
        return new DatadogSite(site);
    }

    /** The key without blanks around it; empty if there is none. */
    Secret trimmedKey() {
        return DatadogKey.trimmed(key);
    }

    @Override
    public void validate(Problems problems) {
        if (key == null) {
            problems.add("key", "is required: the API key of your organisation, such as ${env:DD_API_KEY}");
        } else {
            DatadogKey.check(problems, "key", key, false);
        }
        datadogSite().check(problems, "site");
    }
}
