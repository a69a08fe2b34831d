package tscollector.exporter.otlp;

import org.jspecify.annotations.Nullable;
import tscollector.component.StartException;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;
import tscollector.datadog.ApiKey;
import tscollector.datadog.DatadogKey;
import tscollector.datadog.DatadogSite;

/** The section {@code api} of {@code preset: datadog}. */
public record ApiConfig(
        @Setting(doc = "The API key of your organisation; blanks around it are cut.", example = "${env:DD_API_KEY}")
        @Nullable
        Secret key,

        @Setting(
                doc =
                        "A file with the API key instead; read again when the intake refuses the key, so that a new key needs no restart.",
                format = Setting.Format.EXISTING_FILE)
        @Nullable
        String keyFile,

        @Setting(doc = "Datadog's site that the organisation is at.", example = "datadoghq.eu")
        String site)
        implements Config {
    public static ApiConfig defaults() {
        return new ApiConfig(null, null, "datadoghq.com");
    }

    DatadogSite datadogSite() {
        return new DatadogSite(site);
    }

    /** @throws StartException if the file cannot be read or has no key */
    ApiKey apiKey() throws StartException {
        return ApiKey.of(key, keyFile);
    }

    @Override
    public void validate(Problems problems) {
        problems.check("key_file", key == null || keyFile == null, "and key exclude each other");
        if (key != null) {
            DatadogKey.check(problems, "key", key, false);
        } else if (keyFile == null) {
            problems.add(
                    "key", "is required: the API key of your organisation, such as ${env:DD_API_KEY}; or key_file");
        }
        datadogSite().check(problems, "site");
    }
}
