package tscollector.app.imports;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of an OpenMetrics instance that the receiver owns. */
final class ScrapeOptions {
    private static final String PLACEHOLDER = "<HOSTNAME>";

    private final Options options;

    ScrapeOptions(Options options) {
        this.options = options;
    }

    /** Adds them. */
    void write(Map<String, @Nullable Object> settings) {
        histograms(settings);
        List<String> filters = options.patterns("raw_line_filters");
        if (filters != null && !filters.isEmpty()) {
            settings.put("raw_line_filters", filters);
        }
        flag(settings, "use_latest_spec", false);
        flag(settings, "ignore_connection_errors", false);
        flag(settings, "enable_health_service_check", true);
        flag(settings, "tag_by_endpoint", true);
        hostname(settings);
    }

    private void histograms(Map<String, @Nullable Object> settings) {
        boolean counters = options.bool("collect_counters_with_distributions", false);
        boolean distributions = options.bool("histogram_buckets_as_distributions", false) || counters;
        settings.put("histograms", distributions ? "native" : "expanded");
        flag(settings, "collect_histogram_buckets", true);
        flag(settings, "non_cumulative_histogram_buckets", false);
        flag(settings, "histogram_buckets_as_distributions", false);
        flag(settings, "collect_counters_with_distributions", false);
    }

    private void flag(Map<String, @Nullable Object> settings, String option, boolean otherwise) {
        boolean value = options.bool(option, otherwise);
        if (value != otherwise) {
            settings.put(option, value);
        }
    }

    private void hostname(Map<String, @Nullable Object> settings) {
        String label = options.text("hostname_label");
        String format = options.text("hostname_format");
        if (label == null || label.isEmpty()) {
            if (format != null) {
                options.remark("hostname_format", "has no effect without hostname_label");
            }
            return;
        }
        settings.put("hostname_label", label);
        if (format == null || format.isEmpty()) {
            return;
        }
        if (!format.contains(PLACEHOLDER)) {
            throw options.refuse("hostname_format", "does not contain " + PLACEHOLDER + ", which the check wants");
        }
        settings.put("hostname_format", format);
    }
}
