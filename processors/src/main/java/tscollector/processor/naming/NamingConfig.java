package tscollector.processor.naming;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** Settings of {@code torchserve_naming}; names are those of the official check's options. */
public record NamingConfig(
        @Setting(
                doc =
                        "strict reproduces what a dashboard can notice of the official check, where this program does better by default.")
        Compat compat,

        @Setting(
                doc =
                        "Exposed metrics to send instead of the official ones, in the forms of extra_metrics. Empty: the official ones.",
                example = "[{Requests2XX: requests.2xx}]")
        List<ConfigValue> metrics,

        @Setting(
                doc =
                        "Exposed metrics to send beside the official ones. Each entry is a name, \"exposed: sent\", \"exposed: {name: sent, type: gauge}\", or a regular expression.",
                example = "[my_custom_metric, {handler_queue: handler.queue}, '^handler_.+_ms$']")
        List<ConfigValue> extraMetrics,

        @Setting(
                doc =
                        "Families that are not sent: exact names, or regular expressions that are searched in the name. A counter's name is meant without _total.",
                format = Setting.Format.REGEX,
                example = "[GPUUtilization, '^Worker']")
        List<String> excludeMetrics,

        @Setting(
                doc =
                        "Series that are not sent, by exposed label: true for any value, or regular expressions of which one is found in the value.",
                example = "{model_name: ['^canary-'], debug: true}")
        Map<String, ConfigValue> excludeMetricsByLabels,

        @Setting(doc = "The only labels that become attributes, by exposed name. Empty: all.", example = "[model_name]")
        List<String> includeLabels,

        @Setting(doc = "Labels that do not become attributes, by exposed name, included or not.")
        List<String> excludeLabels,

        @Setting(
                doc =
                        "Exposed label to attribute, beside Level, ModelName and WorkerName, which become level, model_name and worker_name. Where the new name is taken the label keeps its own; with compat: strict both values are sent under it.",
                format = Setting.Format.NOT_EMPTY,
                example = "{DeviceId: device_id}")
        Map<String, String> renameLabels,

        @Setting(
                doc =
                        "Metrics whose labels all others get, by family name: true, or {labels, match, values}: which labels, for which equal labels, at which values of the lending series.",
                example = "{model_owner: {match: [ModelName], labels: [team]}}")
        Map<String, ConfigValue> shareLabels,

        @Setting(
                doc =
                        "Whether the labels that were shared first stay for as long as this program runs; false looks at each scrape.")
        boolean cacheSharedLabels,

        @Setting(
                doc = "What is cut from the beginning of exposed names before anything looks at them.",
                example = "acme_")
        String rawMetricPrefix,

        @Setting(
                doc =
                        "Taken over from the official check, where it decides about its memory. Here results never depend on it.")
        boolean cacheMetricWildcards,

        @Setting(doc = "Which metrics are sent, by their full names.")
        MetricPatterns metricPatterns,

        @Setting(
                doc =
                        "How many series of one run are sent at most; the first ones of the exposition. Health and scrape numbers are not counted. 0: all.",
                min = "0")
        int maxReturnedMetrics,

        @Setting(
                doc =
                        "Whether the official check's metrics about each run are sent: torchserve.openmetrics.telemetry.*.")
        boolean telemetry)
        implements Config {

    /** Whose habits count. */
    public enum Compat {
        OFF,
        STRICT
    }

    /** The section {@code metric_patterns}. */
    public record MetricPatterns(
            @Setting(
                    doc = "Regular expressions; only names in which one is found are sent. Empty: all.",
                    format = Setting.Format.REGEX,
                    example = "['inference']")
            List<String> include,

            @Setting(
                    doc = "Regular expressions; names in which one is found are not sent, included or not.",
                    format = Setting.Format.REGEX,
                    example = "['\\.disk\\.']")
            List<String> exclude)
            implements Config {
        public MetricPatterns {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }

        public static MetricPatterns defaults() {
            return new MetricPatterns(List.of(), List.of());
        }

        NamePatterns compiled() {
            return new NamePatterns(Search.compiled(include), Search.compiled(exclude));
        }
    }

    public NamingConfig {
        metrics = List.copyOf(metrics);
        extraMetrics = List.copyOf(extraMetrics);
        excludeMetrics = List.copyOf(excludeMetrics);
        excludeMetricsByLabels = inOrder(excludeMetricsByLabels);
        includeLabels = List.copyOf(includeLabels);
        excludeLabels = List.copyOf(excludeLabels);
        renameLabels = inOrder(renameLabels);
        shareLabels = inOrder(shareLabels);
    }

    public static NamingConfig defaults() {
        return new NamingConfig(
                Compat.OFF,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                LabelRules.EXCLUDED,
                Map.of(),
                Map.of(),
                true,
                "",
                true,
                MetricPatterns.defaults(),
                0,
                false);
    }

    @Override
    public void validate(Problems problems) {
        KindClashes clashes = new KindClashes(metrics.isEmpty());
        validate("metrics", metrics, clashes, problems);
        validate("extra_metrics", extraMetrics, clashes, problems);
        if (!isStrict()) {
            clashes.find(problems); // the official check sends what it is told to
        }
        excludeMetricsByLabels.forEach((label, written) -> {
            String mistake = mistakeIn(written);
            problems.check("exclude_metrics_by_labels." + label, mistake.isEmpty(), mistake);
        });
        SharingReader.sources(shareLabels, (metric, mistake) -> problems.add("share_labels." + metric, mistake));
    }

    private static void validate(String setting, List<ConfigValue> entries, KindClashes clashes, Problems problems) {
        for (int i = 0; i < entries.size(); i++) {
            String path = setting + "[" + i + "]";
            clashes.add(path, EntryReader.read(entries.get(i), mistake -> problems.add(path, mistake)));
        }
    }

    private static String mistakeIn(ConfigValue written) {
        List<String> expressions = SharingReader.anyOrTexts(written);
        if (expressions == null) {
            return "must be true, or a list of regular expressions";
        }
        for (String expression : expressions) {
            try {
                Pattern unused = Pattern.compile(expression);
            } catch (PatternSyntaxException e) {
                return "has \"" + expression + "\", which is not a regular expression: " + e.getDescription();
            }
        }
        return "";
    }

    boolean isStrict() {
        return compat == Compat.STRICT;
    }

    /** The rules; entries with mistakes are left out. */
    NamingRules rules() {
        List<MetricEntry> entries = new ArrayList<>();
        metrics.forEach(entry -> entries.addAll(EntryReader.read(entry, mistake -> {})));
        extraMetrics.forEach(entry -> entries.addAll(EntryReader.read(entry, mistake -> {})));
        NamingRules.Excluded excluded = NamingRules.Excluded.of(excludeMetrics);
        return new NamingRules(entries, metrics.isEmpty(), excluded, rawMetricPrefix, isStrict());
    }

    LabelRules labels() {
        Map<String, String> renamed = new LinkedHashMap<>(LabelRules.RENAMED);
        renamed.putAll(renameLabels);
        Map<String, List<Pattern>> dropping = new LinkedHashMap<>();
        excludeMetricsByLabels.forEach((label, written) -> {
            List<String> expressions = SharingReader.anyOrTexts(written);
            if (expressions != null) {
                dropping.put(label, Search.compiled(expressions));
            }
        });
        return new LabelRules(Set.copyOf(excludeLabels), Set.copyOf(includeLabels), renamed, dropping, isStrict());
    }

    LabelSharing sharing(NamingRules rules) {
        return new LabelSharing(
                rules, SharingReader.sources(shareLabels, (metric, mistake) -> {}), cacheSharedLabels, isStrict());
    }

    /** How many series of a run are sent. */
    int limit() {
        return maxReturnedMetrics == 0 ? NamingPlan.Situation.NO_LIMIT : maxReturnedMetrics;
    }

    private static <V> Map<String, V> inOrder(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
