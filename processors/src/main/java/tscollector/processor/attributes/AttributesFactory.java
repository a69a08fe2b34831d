package tscollector.processor.attributes;

import java.util.List;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.consumer.Consumer;
import tscollector.processor.Processor;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.reshape.AttributeActions;
import tscollector.reshape.GroupPlan;
import tscollector.reshape.GroupProcessor;
import tscollector.reshape.Selection;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;
import tscollector.signal.Signal;

/** Builds {@code attributes} processors. */
public final class AttributesFactory implements ProcessorFactory<AttributesConfig> {
    private static final Descriptor<AttributesConfig> DESCRIPTOR = Descriptor.of(
                    Kind.PROCESSOR,
                    "attributes",
                    "Changes attributes of points and log records.",
                    AttributesConfig.class,
                    AttributesConfig.defaults())
            .withDescription("""
                    Actions run in the order they are written, on the attributes of every point and every log record. Names and
                    rules are those of the OpenTelemetry Collector: `hash` gives SHA-256 in hex, `extract` takes `(?P<name>...)`
                    groups, `convert` leaves a value alone that it cannot convert.

                    `include` and `exclude` say what is changed; all else passes as it is. All lists of a section must match: one
                    of the names, resources, libraries, bodies and severities, and each of the attributes. A section with
                    `metric_names` matches no record, one with `log_...` no metric.

                    Two series of one metric that become equal are merged: counters and histograms are added, of gauges the last
                    one stays. The count `series merged` tells how often.""")
            .withExample("""
                    actions:
                      - {key: environment, value: production, action: upsert}
                      - {key: worker_name, pattern: '^W-(?P<worker_port>\\d+)-', action: extract}
                      - {key: DeviceId, action: delete}
                    include:
                      match_type: regexp
                      metric_names: ['^torchserve\\.openmetrics\\.']
                    """);

    @Override
    public Descriptor<AttributesConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<ProcessorBuilder<AttributesConfig, ?>> builders() {
        return List.of(
                new ProcessorBuilder<>(Signal.METRICS, AttributesFactory::metrics),
                new ProcessorBuilder<>(Signal.LOGS, AttributesFactory::logs));
    }

    private static Processor<MetricBatch> metrics(
            BuildContext context, AttributesConfig config, Consumer<MetricBatch> next) {
        AttributeActions actions = new AttributeActions(config.actions());
        Selection selection = Selection.of(config.include(), config.exclude());
        PlanCache<GroupPlan> plans = new PlanCache<>();
        return GroupProcessor.ofMetrics(
                group -> plans.planFor(group, first -> plan(first, selection, actions))
                        .apply(group, context.telemetry()),
                next);
    }

    private static GroupPlan plan(MetricGroup group, Selection selection, AttributeActions actions) {
        GroupPlan.Builder plan = GroupPlan.of(group);
        for (int i = 0; i < group.metrics().size(); i++) {
            Metric metric = group.metrics().get(i);
            plan.add(i, point -> selection.has(metric, point) ? actions.apply(point) : point);
        }
        return plan.build();
    }

    private static Processor<LogBatch> logs(BuildContext context, AttributesConfig config, Consumer<LogBatch> next) {
        AttributeActions actions = new AttributeActions(config.actions());
        Selection selection = Selection.of(config.include(), config.exclude());
        return GroupProcessor.ofLogs(
                group -> new LogGroup(
                        group.resource(),
                        group.scope(),
                        group.records().stream()
                                .map(logRecord -> selection.has(logRecord) ? changed(logRecord, actions) : logRecord)
                                .toList()),
                next);
    }

    private static LogRecord changed(LogRecord logRecord, AttributeActions actions) {
        return logRecord.withAttributes(actions.apply(logRecord.attributes()));
    }
}
