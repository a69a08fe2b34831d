package tscollector.app.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of an instance that {@code torchserve_naming} owns. */
final class NamingOptions {
    private final Options options;

    NamingOptions(Options options) {
        this.options = options;
    }

    /** The processor's settings; empty where the instance has none of these options. */
    Map<String, @Nullable Object> settings(Kind kind) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        if (kind == Kind.OPENMETRICS) {
            metrics(settings);
            labels(settings);
            if (options.bool("telemetry", false)) {
                settings.put("telemetry", true);
            }
        }
        patterns(settings);
        Double most = options.number("max_returned_metrics");
        if (most != null && most >= 1) {
            settings.put("max_returned_metrics", (long) Math.min(most, Integer.MAX_VALUE));
        }
        return settings;
    }

    private void metrics(Map<String, @Nullable Object> settings) {
        String prefix = options.text("raw_metric_prefix");
        if (prefix != null && !prefix.isEmpty()) {
            settings.put("raw_metric_prefix", prefix);
        }
        MetricEntries entries = new MetricEntries(options);
        List<Object> replaced = entries.read("metrics");
        if (replaced != null) {
            // an empty list replaces the built-in map too; here it would mean that nothing is written
            settings.put("metrics", replaced.isEmpty() ? List.of("^$") : replaced);
        }
        List<Object> extra = entries.read("extra_metrics");
        if (extra != null && !extra.isEmpty()) {
            settings.put("extra_metrics", extra);
        }
        if (!options.bool("cache_metric_wildcards", true)) {
            settings.put("cache_metric_wildcards", false);
        }
        List<String> excluded = options.patterns("exclude_metrics", MetricEntries::isExpression);
        List<String> all = new ArrayList<>(excluded == null ? List.of() : excluded);
        all.addAll(entries.ofInventory());
        putList(settings, "exclude_metrics", all);
        Map<String, Object> byLabels = excludedByLabels();
        if (!byLabels.isEmpty()) {
            settings.put("exclude_metrics_by_labels", byLabels);
        }
    }

    private void labels(Map<String, @Nullable Object> settings) {
        List<String> excluded = options.texts("exclude_labels");
        if (excluded != null) {
            settings.put("exclude_labels", excluded); // an empty list too: it replaces the default
        }
        putList(settings, "include_labels", options.texts("include_labels"));
        Map<String, String> renamed = renamedLabels();
        if (options.bool("disable_generic_tags", false)) {
            renamed = GenericTags.renamed(renamed == null ? Map.of() : renamed);
        }
        if (renamed != null && !renamed.isEmpty()) {
            settings.put("rename_labels", renamed);
        }
        Map<String, Object> shared = sharedLabels();
        if (!shared.isEmpty()) {
            settings.put("share_labels", shared);
            if (!options.bool("cache_shared_labels", true)) {
                settings.put("cache_shared_labels", false);
            }
        }
    }

    private @Nullable Map<String, String> renamedLabels() {
        Map<String, String> renamed = options.textMap("rename_labels");
        if (renamed == null) {
            return null;
        }
        Map<String, String> named = new LinkedHashMap<>();
        renamed.forEach((label, name) -> {
            if (name.isEmpty()) {
                options.remark(
                        "rename_labels." + label, "is an empty name, which no tag can have; the label keeps its own");
            } else {
                named.put(label, name);
            }
        });
        return named;
    }

    private Map<String, Object> excludedByLabels() {
        Map<String, Object> result = new LinkedHashMap<>();
        Options section = options.section("exclude_metrics_by_labels");
        if (section == null) {
            return result;
        }
        for (String label : section.keys()) {
            Object value = section.raw(label);
            if (Boolean.TRUE.equals(value)) {
                result.put(label, true);
            } else if (value instanceof List) {
                List<String> patterns = section.patterns(label);
                if (patterns != null && !patterns.isEmpty()) {
                    result.put(label, patterns);
                }
            } else {
                section.leniently(label, "is neither true nor a list", "it is left out");
            }
        }
        return result;
    }

    private Map<String, Object> sharedLabels() {
        Map<String, Object> result = new LinkedHashMap<>();
        Options section = options.section("share_labels");
        if (section == null) {
            return result;
        }
        for (String metric : section.keys()) {
            if (Boolean.TRUE.equals(section.raw(metric))) {
                result.put(metric, true);
                continue;
            }
            Options rule = section.section(metric);
            if (rule == null) {
                continue;
            }
            Map<String, @Nullable Object> settings = new LinkedHashMap<>();
            putList(settings, "labels", rule.texts("labels"));
            putList(settings, "match", rule.texts("match"));
            if (rule.raw("values") instanceof List<?> values) {
                settings.put("values", wholeNumbers(values));
            }
            result.put(metric, settings.isEmpty() ? true : settings);
        }
        return result;
    }

    private static List<Long> wholeNumbers(List<?> values) {
        return values.stream()
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).longValue())
                .toList();
    }

    private void patterns(Map<String, @Nullable Object> settings) {
        Options section = options.section("metric_patterns");
        if (section == null) {
            return;
        }
        Map<String, @Nullable Object> patterns = new LinkedHashMap<>();
        putList(patterns, "include", section.patterns("include"));
        putList(patterns, "exclude", section.patterns("exclude"));
        if (!patterns.isEmpty()) {
            settings.put("metric_patterns", patterns);
        }
    }

    private static void putList(Map<String, @Nullable Object> settings, String name, @Nullable List<String> list) {
        if (list != null && !list.isEmpty()) {
            settings.put(name, list);
        }
    }
}
