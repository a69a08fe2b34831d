package tscollector.exporter.datadog;

import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;

/** The section {@code api}. */
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
        String site,

        @Setting(doc = "Do not start with a key that Datadog refuses or that cannot be one.")
        boolean failOnInvalidKey)
        implements Config {

    public static ApiConfig defaults() {
        return new ApiConfig(null, null, "datadoghq.com", false);
    }

    DatadogSite datadogSite() {
        return new DatadogSite(site);
    }

    @Override
    public void validate(Problems problems) {
        problems.check("key_file", key == null || keyFile == null, "and key exclude each other");
        validateKey(problems);
        DatadogSite datadog = datadogSite();
        if (!datadog.isName()) {
            problems.add("site", "must be a domain such as datadoghq.eu, without https:// and path");
        } else if (!datadog.isKnown()) {
            problems.warn("site", "is none of the sites known: " + String.join(", ", DatadogSite.KNOWN));
        }
    }

    private void validateKey(Problems problems) {
        if (key == null) {
            return;
        }
        String text = key.reveal().strip();
        if (text.isEmpty()) {
            problems.add("key", "is empty; set it to the API key of your organisation");
        } else if (!ApiKey.canBeSent(text)) {
            problems.add("key", "has characters that no header can have");
        } else if (!ApiKey.looksLikeKey(text)) {
            String fault = "has characters other than 0-9 and a-f, so it can hardly be an API key";
            if (failOnInvalidKey) {
                problems.add("key", fault);
            } else {
                problems.warn("key", fault);
            }
        }
    }
}
