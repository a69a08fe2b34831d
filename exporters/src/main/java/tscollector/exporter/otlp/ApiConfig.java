package tscollector.exporter.otlp;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;

/** The section {@code api} of {@code preset: datadog}. */
public record ApiConfig(
        @Setting(doc = "The API key of your organisation; blanks around it are cut.", example = "${env:DD_API_KEY}")
        @Nullable
        Secret key,

        @Setting(doc = "Datadog's site that the organisation is at.", example = "datadoghq.eu")
        String site)
        implements Config {
    /** US1, US3, US5, EU1, AP1, AP2, UK1, US1-FED, US2-FED. */
    private static final List<String> KNOWN_SITES = List.of(
            "datadoghq.com",
            "us3.datadoghq.com",
            "us5.datadoghq.com",
            "datadoghq.eu",
            "ap1.datadoghq.com",
            "ap2.datadoghq.com",
            "uk1.datadoghq.com",
            "ddog-gov.com",
            "us2.ddog-gov.com");

    public static ApiConfig defaults() {
        return new ApiConfig(null, "datadoghq.com");
    }

    /** The base address of the site's OTLP intake. */
    String otlpAddress() {
        return "https://otlp." + domain();
    }

    /** The key without blanks around it; empty if there is none. */
    Secret trimmedKey() {
        return new Secret(key == null ? "" : key.reveal().strip());
    }

    @Override
    public void validate(Problems problems) {
        validateKey(problems);
        boolean isName = domain().matches("[a-z0-9]([a-z0-9.-]{0,246}[a-z0-9])?") && !domain().contains("..");
        if (!isName) {
            problems.add("site", "must be a domain such as datadoghq.eu, without https:// and path");
        } else if (!KNOWN_SITES.contains(domain())) {
            problems.warn("site", "is none of the sites known: " + String.join(", ", KNOWN_SITES));
        }
    }

    private void validateKey(Problems problems) {
        String text = trimmedKey().reveal();
        if (key == null) {
            problems.add("key", "is required: the API key of your organisation, such as ${env:DD_API_KEY}");
        } else if (text.isEmpty()) {
            problems.add("key", "is empty; set it to the API key of your organisation");
        } else if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            problems.add("key", "has characters that no header can have");
        } else if (!text.matches("[0-9a-fA-F]+")) {
            problems.warn("key", "has characters other than 0-9 and a-f, so it can hardly be an API key");
        }
    }

    private String domain() {
        return site.strip().toLowerCase(Locale.ROOT);
    }
}
