package tscollector.reshape;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;

/**
 * What points and records a processor works on: the sections {@code include} and {@code exclude} of the OpenTelemetry Collector's
 * attributes processor, without what only traces have. Attributes and libraries select points too, which they do not there.
 */
@Hint(key = "services", text = "there are no traces here; write resources: [{key: service.name, value: ...}]")
@Hint(key = "span_names", text = "there are no traces here")
@Hint(key = "span_kinds", text = "there are no traces here")
@Hint(key = "regexp", text = "there is no cache to set up: metrics are matched once per set of series; leave it out")
public record MatchConfig(
        @Setting(
                doc =
                        "strict: equal texts; regexp: regular expressions, searched anywhere. Keys are always compared strictly.",
                required = true)
        @Nullable
        MatchType matchType,

        @Setting(
                doc = "One of these is the metric's name. No record matches.",
                example = "[torchserve.openmetrics.cpu.utilization]")
        List<String> metricNames,

        @Setting(
                doc = "The point or record has all of these attributes.",
                example = "[{key: model_name, value: resnet-18}]")
        List<AttributeMatch> attributes,

        @Setting(
                doc = "The resource has one of these attributes.",
                example = "[{key: service.instance.id, value: 'gpu-a:8080'}]")
        List<AttributeMatch> resources,

        @Setting(doc = "One of these is the instrumentation scope.", example = "[{name: tscollector/scrape}]")
        List<Library> libraries,

        @Setting(doc = "One of these is the record's body, which is text. No metric matches.")
        List<String> logBodies,

        @Setting(
                doc = "One of these is the text of the record's severity. No metric matches.",
                example = "[WARN, ERROR]")
        List<String> logSeverityTexts,

        @Setting(doc = "The record's severity. No metric matches.") @Nullable
        SeverityNumber logSeverityNumber)
        implements Config {

    public MatchConfig {
        metricNames = List.copyOf(metricNames);
        attributes = List.copyOf(attributes);
        resources = List.copyOf(resources);
        libraries = List.copyOf(libraries);
        logBodies = List.copyOf(logBodies);
        logSeverityTexts = List.copyOf(logSeverityTexts);
    }

    public static MatchConfig defaults() {
        return new MatchConfig(null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null);
    }

    /** An instrumentation scope. */
    public record Library(
            @Setting(doc = "Its name.", required = true) String name,

            @Setting(doc = "Its version; empty means one without. Absent: any.") @Nullable
            String version)
            implements Config {
        public static Library defaults() {
            return new Library("", null);
        }
    }

    /** How severe a record is. */
    public record SeverityNumber(
            @Setting(
                    doc =
                            "The least severity number of OpenTelemetry that matches: 5 debug, 9 info, 13 warning, 17 error.",
                    required = true,
                    min = "1",
                    max = "24")
            int min,

            @Setting(doc = "Whether records without a severity match too.")
            boolean matchUndefined)
            implements Config {
        public static SeverityNumber defaults() {
            return new SeverityNumber(1, false);
        }
    }

    @Override
    public void validate(Problems problems) {
        boolean selectsMetrics = !metricNames.isEmpty();
        boolean selectsRecords = !logBodies.isEmpty() || !logSeverityTexts.isEmpty() || logSeverityNumber != null;
        boolean selectsBoth = !attributes.isEmpty() || !resources.isEmpty() || !libraries.isEmpty();
        problems.check(
                "",
                selectsMetrics || selectsRecords || selectsBoth,
                "needs an entry in metric_names, attributes, resources, libraries, log_bodies, log_severity_texts or log_severity_number");
        problems.check(
                "metric_names",
                !selectsMetrics || !selectsRecords,
                "and settings of log records exclude each other: all of a section must match, and nothing has both");
        texts().checkAll(problems, "metric_names", metricNames);
        texts().checkAll(problems, "log_bodies", logBodies);
        texts().checkAll(problems, "log_severity_texts", logSeverityTexts);
        AttributeMatch.checkAll(problems, "attributes", texts(), attributes);
        AttributeMatch.checkAll(problems, "resources", texts(), resources);
        for (int i = 0; i < libraries.size(); i++) {
            texts().check(
                            problems,
                            "libraries[" + i + "].name",
                            libraries.get(i).name());
        }
    }

    /** How texts are compared; strictly as long as nothing is written, which is a mistake of its own. */
    MatchType texts() {
        return matchType == null ? MatchType.STRICT : matchType;
    }
}
