package tscollector.exporter.datadog;

import java.util.List;
import java.util.Locale;

/**
 * One of Datadog's sites, by its domain. The names of all intakes follow from it in the same way.
 *
 * @param domain for instance {@code datadoghq.eu}; one that is not in the list works too
 */
record DatadogSite(String domain) {
    /** US1, US3, US5, EU1, AP1, AP2, UK1, US1-FED, US2-FED. */
    static final List<String> KNOWN = List.of(
            "datadoghq.com",
            "us3.datadoghq.com",
            "us5.datadoghq.com",
            "datadoghq.eu",
            "ap1.datadoghq.com",
            "ap2.datadoghq.com",
            "uk1.datadoghq.com",
            "ddog-gov.com",
            "us2.ddog-gov.com");

    DatadogSite {
        domain = domain.strip().toLowerCase(Locale.ROOT);
    }

    boolean isKnown() {
        return KNOWN.contains(domain);
    }

    /** Whether it can stand in the name of a host. */
    boolean isName() {
        return domain.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?") && !domain.contains("..");
    }

    /** Series, sketches, check runs, events, key validation. */
    String apiAddress() {
        return "https://api." + domain;
    }

    String logsAddress() {
        return "https://http-intake.logs." + domain;
    }
}
