package tscollector.datadog;

import java.util.List;
import java.util.Locale;
import tscollector.config.Problems;

/**
 * One of Datadog's sites, by its domain. The names of all intakes follow from it in the same way.
 *
 * @param domain for instance {@code datadoghq.eu}; one that is not in the list works too
 */
public record DatadogSite(String domain) {
    /** US1, US3, US5, EU1, AP1, AP2, UK1, US1-FED, US2-FED. */
    private static final List<String> KNOWN = List.of(
            "datadoghq.com",
            "us3.datadoghq.com",
            "us5.datadoghq.com",
            "datadoghq.eu",
            "ap1.datadoghq.com",
            "ap2.datadoghq.com",
            "uk1.datadoghq.com",
            "ddog-gov.com",
            "us2.ddog-gov.com");

    public DatadogSite {
        domain = domain.strip().toLowerCase(Locale.ROOT);
    }

    /** Says what is wrong with the name: that it can be none, or, as a warning, that it is none of those known. */
    public void check(Problems problems, String path) {
        if (!isName()) {
            problems.add(path, "must be a domain such as datadoghq.eu, without https:// and path");
        } else if (!KNOWN.contains(domain)) {
            problems.warn(path, "is none of the sites known: " + String.join(", ", KNOWN));
        }
    }

    /** Series, sketches, check runs, events, key validation. */
    public String apiAddress() {
        return "https://api." + domain;
    }

    public String logsAddress() {
        return "https://http-intake.logs." + domain;
    }

    /** Metrics and logs as OTLP. */
    public String otlpAddress() {
        return "https://otlp." + domain;
    }

    /** Whether it can stand in the name of a host, which has 253 characters at the most. */
    private boolean isName() {
        return domain.matches("[a-z0-9]([a-z0-9.-]{0,234}[a-z0-9])?") && !domain.contains("..");
    }
}
