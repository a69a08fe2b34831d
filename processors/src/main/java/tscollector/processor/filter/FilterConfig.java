package tscollector.processor.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.reshape.AttributeMatch;
import tscollector.reshape.MatchType;

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
            List<AttributeMatch> attributes,

            @Setting(doc = "Attributes of the Resource.", example = "[{key: service.instance.id, value: 'gpu-a:8080'}]")
            List<AttributeMatch> resourceAttributes)
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
            matchType.checkAll(problems, "metric_names", metricNames);
            AttributeMatch.checkAll(problems, "attributes", matchType, attributes);
            AttributeMatch.checkAll(problems, "resource_attributes", matchType, resourceAttributes);
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
            List<AttributeMatch> recordAttributes,

            @Setting(doc = "Attributes of the Resource.", example = "[{key: service.instance.id, value: 'gpu-a:8080'}]")
            List<AttributeMatch> resourceAttributes)
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
            matchType.checkAll(problems, "event_names", eventNames);
            AttributeMatch.checkAll(problems, "record_attributes", matchType, recordAttributes);
            AttributeMatch.checkAll(problems, "resource_attributes", matchType, resourceAttributes);
        }
    }
}
