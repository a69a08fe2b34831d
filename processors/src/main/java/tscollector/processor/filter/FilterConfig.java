package tscollector.processor.filter;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** Settings of {@code filter}. */
@Hint(key = "metric_conditions", text = FilterConfig.NO_CONDITIONS)
@Hint(key = "log_conditions", text = FilterConfig.NO_CONDITIONS)
@Hint(key = "trace_conditions", text = "there are no traces here")
@Hint(key = "traces", text = "there are no traces here")
@Hint(key = "spans", text = "there are no traces here")
@Hint(key = "error_mode", text = "there are no conditions here that could fail while running; leave it out")
public record FilterConfig(
        @Setting(doc = "What is let through and dropped of metrics. Absent: everything passes.") @Nullable
        Metrics metrics,

        @Setting(doc = "What is let through and dropped of log records and events. Absent: everything passes.")
        @Nullable
        Logs logs)
        implements Config {

    static final String NO_CONDITIONS = "OTTL conditions are not supported; write metrics.exclude or logs.exclude with"
            + " match_type, names and attributes";

    public static FilterConfig defaults() {
        return new FilterConfig(null, null);
    }

    @Override
    public void validate(Problems problems) {
        if (metrics == null && logs == null) {
            problems.warn("", "has neither metrics nor logs, so that it lets everything through");
        }
    }

    /** How texts are compared. */
    public enum MatchType {
        STRICT,
        REGEXP
    }

    /** The section {@code metrics}. */
    @Hint(key = "metric", text = NO_CONDITIONS)
    @Hint(key = "datapoint", text = NO_CONDITIONS)
    public record Metrics(
            @Setting(doc = "Only what one of its entries matches passes. Absent: all of it.") @Nullable
            MetricRule include,

            @Setting(doc = "What one of its entries matches is dropped, included or not.") @Nullable
            MetricRule exclude)
            implements Config {
        public static Metrics defaults() {
            return new Metrics(null, null);
        }

        @Override
        public void validate(Problems problems) {
            problems.check("", include != null || exclude != null, "needs include or exclude");
        }
    }

    /** The section {@code logs}. */
    @Hint(key = "log_record", text = NO_CONDITIONS)
    public record Logs(
            @Setting(doc = "Only what one of its entries matches passes. Absent: all of it.") @Nullable
            LogRule include,

            @Setting(doc = "What one of its entries matches is dropped, included or not.") @Nullable
            LogRule exclude)
            implements Config {
        public static Logs defaults() {
            return new Logs(null, null);
        }

        @Override
        public void validate(Problems problems) {
            problems.check("", include != null || exclude != null, "needs include or exclude");
        }
    }

    /** One list of entries for metrics. */
    public record MetricRule(
            @Setting(
                    doc =
                            "strict: equal texts; regexp: regular expressions, searched anywhere in names and values. Keys are always compared strictly.")
            MatchType matchType,

            @Setting(doc = "Names of metrics, as they are at this place of the pipeline.", example = "['\\.disk\\.']")
            List<String> metricNames,

            @Setting(
                    doc = "Attributes of single points; a metric that loses all its points goes with them.",
                    example = "[{key: model_name, value: resnet-18}]")
            List<Attribute> attributes,

            @Setting(doc = "Attributes of the Resource.", example = "[{key: service.instance.id, value: 'gpu-a:8080'}]")
            List<Attribute> resourceAttributes)
            implements Config {
        public MetricRule {
            metricNames = List.copyOf(metricNames);
            attributes = List.copyOf(attributes);
            resourceAttributes = List.copyOf(resourceAttributes);
        }

        public static MetricRule defaults() {
            return new MetricRule(MatchType.STRICT, List.of(), List.of(), List.of());
        }

        @Override
        public void validate(Problems problems) {
            problems.check(
                    "",
                    !metricNames.isEmpty() || !attributes.isEmpty() || !resourceAttributes.isEmpty(),
                    "needs an entry in metric_names, attributes or resource_attributes");
            checkTexts(problems, "metric_names", matchType, metricNames);
            checkAttributes(problems, "attributes", matchType, attributes);
            checkAttributes(problems, "resource_attributes", matchType, resourceAttributes);
        }
    }

    /** One list of entries for log records. */
    public record LogRule(
            @Setting(
                    doc =
                            "strict: equal texts; regexp: regular expressions, searched anywhere in names and values. Keys are always compared strictly.")
            MatchType matchType,

            @Setting(
                    doc = "Event names; a record that is no event matches none.",
                    example = "['torchserve.model.added']")
            List<String> eventNames,

            @Setting(doc = "Attributes of the record.", example = "[{key: torchserve.model.name, value: resnet-18}]")
            List<Attribute> recordAttributes,

            @Setting(doc = "Attributes of the Resource.", example = "[{key: service.instance.id, value: 'gpu-a:8080'}]")
            List<Attribute> resourceAttributes)
            implements Config {
        public LogRule {
            eventNames = List.copyOf(eventNames);
            recordAttributes = List.copyOf(recordAttributes);
            resourceAttributes = List.copyOf(resourceAttributes);
        }

        public static LogRule defaults() {
            return new LogRule(MatchType.STRICT, List.of(), List.of(), List.of());
        }

        @Override
        public void validate(Problems problems) {
            problems.check(
                    "",
                    !eventNames.isEmpty() || !recordAttributes.isEmpty() || !resourceAttributes.isEmpty(),
                    "needs an entry in event_names, record_attributes or resource_attributes");
            checkTexts(problems, "event_names", matchType, eventNames);
            checkAttributes(problems, "record_attributes", matchType, recordAttributes);
            checkAttributes(problems, "resource_attributes", matchType, resourceAttributes);
        }
    }

    /** An attribute, by key alone or by key and value. */
    public record Attribute(
            @Setting(doc = "The key.", required = true, format = Setting.Format.NOT_EMPTY)
            String key,

            @Setting(doc = "The value, compared as text; one element of a list is enough. Absent: any value will do.")
            @Nullable
            ConfigValue value)
            implements Config {
        public static Attribute defaults() {
            return new Attribute("", null);
        }

        /** The value as text; null if any will do. */
        @Nullable
        String text() {
            return value instanceof ConfigValue.Scalar scalar ? scalar.text() : null;
        }
    }

    private static void checkTexts(Problems problems, String setting, MatchType matchType, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            checkText(problems, setting + "[" + i + "]", matchType, texts.get(i));
        }
    }

    private static void checkAttributes(
            Problems problems, String setting, MatchType matchType, List<Attribute> attributes) {
        for (int i = 0; i < attributes.size(); i++) {
            String path = setting + "[" + i + "].value";
            Attribute attribute = attributes.get(i);
            String text = attribute.text();
            if (text != null && matchType == MatchType.REGEXP) {
                checkText(problems, path, matchType, text);
            } else if (text == null && attribute.value() != null) {
                problems.add(path, "must be a single value; the entries of a list are entries of their own here");
            }
        }
    }

    private static void checkText(Problems problems, String path, MatchType matchType, String text) {
        if (text.isEmpty()) {
            problems.add(path, "must not be empty");
        } else if (matchType == MatchType.REGEXP) {
            try {
                Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                problems.add(path, "is not a regular expression: " + e.getDescription());
            }
        }
    }
}
