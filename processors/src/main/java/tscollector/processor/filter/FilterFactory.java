package tscollector.processor.filter;

import java.util.List;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.consumer.Consumer;
import tscollector.processor.Processor;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.processor.filter.FilterConfig.Logs;
import tscollector.processor.filter.FilterConfig.Metrics;
import tscollector.reshape.GroupProcessor;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;

/** Builds {@code filter} processors. */
public final class FilterFactory implements ProcessorFactory<FilterConfig> {
    private static final Descriptor<FilterConfig> DESCRIPTOR = Descriptor.of(
                    Kind.PROCESSOR,
                    "filter",
                    "Drops metrics, points and log records by name and attribute.",
                    FilterConfig.class,
                    FilterConfig.defaults())
            .withDescription("""
                    An item passes if one entry of `include` matches it, or there is no `include`, and no entry of `exclude` does.
                    The entries of a rule are alternatives, whichever list they stand in. With `match_type: regexp` an expression
                    is searched anywhere in the name or value; `^` and `$` tie it down.

                    A metric that loses all its points goes with them, and an empty batch is not passed on. What is dropped is
                    counted under the entry that did it, for instance `filter: metrics.exclude.metric_names[0]`, or as
                    `not in metrics.include`. Health and scrape numbers are metrics like others: an `include` must list them to
                    keep them.""")
            .withExample("""
                    metrics:
                      include:
                        match_type: regexp
                        metric_names: ['^torchserve\\.', '^up$']
                      exclude:
                        match_type: strict
                        metric_names: [torchserve.openmetrics.disk.used]
                        attributes:
                          - {key: model_name, value: warmup}
                    logs:
                      exclude:
                        event_names: [torchserve.model.version.added]
                    """);

    @Override
    public Descriptor<FilterConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<ProcessorBuilder<FilterConfig, ?>> builders() {
        return List.of(
                new ProcessorBuilder<>(Signal.METRICS, FilterFactory::metrics),
                new ProcessorBuilder<>(Signal.LOGS, FilterFactory::logs));
    }

    private static Processor<MetricBatch> metrics(
            BuildContext context, FilterConfig config, Consumer<MetricBatch> next) {
        Metrics rules = config.metrics() == null ? Metrics.defaults() : config.metrics();
        Verdict verdict = new Verdict(
                "metrics",
                FilterRule.of("metrics.include", rules.include()),
                FilterRule.of("metrics.exclude", rules.exclude()));
        return GroupProcessor.ofMetrics(new MetricFilter(verdict, context.telemetry()), next);
    }

    private static Processor<LogBatch> logs(BuildContext context, FilterConfig config, Consumer<LogBatch> next) {
        Logs rules = config.logs() == null ? Logs.defaults() : config.logs();
        Verdict verdict = new Verdict(
                "logs", FilterRule.of("logs.include", rules.include()), FilterRule.of("logs.exclude", rules.exclude()));
        return GroupProcessor.ofLogs(new LogFilter(verdict, context.telemetry()), next);
    }
}
