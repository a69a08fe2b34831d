package tscollector.processor.naming;

import java.util.List;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.consumer.Consumer;
import tscollector.processor.Processor;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;

/** Builds {@code torchserve_naming} processors. */
public final class NamingFactory implements ProcessorFactory<NamingConfig> {
    private static final Descriptor<NamingConfig> DESCRIPTOR = Descriptor.of(
                    Kind.PROCESSOR,
                    "torchserve_naming",
                    "Gives the samples of /metrics the names and labels of Datadog's official TorchServe check.",
                    NamingConfig.class,
                    NamingConfig.defaults())
            .withDescription("""
                    Only samples that a server exposed are renamed and dropped. Health, management and scrape numbers pass
                    unchanged.

                    **Names.** `torchserve.openmetrics.` and the name in the table below. A counter ends in `.count`, as it
                    arrives in Datadog; gauges, histograms and summaries have no suffix. A server that declares another type than
                    the table expects keeps its own: `HandlerTime` as a histogram is a histogram
                    `torchserve.openmetrics.handler_time`. The unit is the one the server states; the table's where it states none or `Count`.

                    **Labels.** `hostname` and `Hostname` are left out; `Level`, `ModelName` and `WorkerName` become `level`,
                    `model_name` and `worker_name`; all others pass, `DeviceId` too. A label whose new name is taken keeps its own
                    (counted as `labels not renamed`).

                    **extra_metrics.** An entry is one of

                    - `my_metric`: sent as `torchserve.openmetrics.my_metric`, a counter with `.count`;
                    - `my_metric: other.name`: sent under that name instead;
                    - `my_metric: {name: other.name, type: gauge}`: and as that type. `native` (the default) is the declared one;
                      `gauge` and `counter` read the same numbers otherwise; `counter_gauge` makes a gauge `.total` and a counter
                      `.count`; `histogram` and `summary` send only what is one;
                    - a regular expression: an entry with a character other than letters, digits, `_` and `:`. It is searched
                      anywhere in the exposed name, and each metric it finds keeps its own name; `^` and `$` tie it down.

                    A name comes before an expression, an entry of yours before an official one, and of two entries for one name
                    the last counts. Counters are found with and without `_total`, and are sent without it. Samples whose family
                    has no declared type are sent only if `type` says as what (`no usable type`).

                    **What is lost is counted.** Points of metrics that nobody lists are dropped as `not listed`, and counted by
                    name as `not listed: NAME` for the first 100 names, then as `not listed: other`; the log names each once. Two
                    series that become one by a dropped label or by a common name are merged: counters and histograms are added,
                    of gauges the last stays (`series merged`); histograms only if their bounds are equal, else the second is
                    dropped (`histogram with other bounds`). A second kind under a name is dropped (`two kinds under one name`),
                    and refused when the configuration shows it.""")
            .withMetrics(OfficialMetric.specs())
            .withExample("""
                    extra_metrics:
                      - my_custom_metric
                      - handler_queue: handler.queue
                      - batch_fill: {name: batch.fill, type: gauge}
                      - ^handler_.+_ms$
                    """);

    @Override
    public Descriptor<NamingConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<ProcessorBuilder<NamingConfig, ?>> builders() {
        return List.of(new ProcessorBuilder<>(Signal.METRICS, NamingFactory::create));
    }

    private static Processor<MetricBatch> create(
            BuildContext context, NamingConfig config, Consumer<MetricBatch> next) {
        NamingRules rules = config.rules();
        NamePatterns patterns = config.metricPatterns().compiled();
        Naming naming = Naming.of(
                rules,
                config.labels(),
                patterns,
                config.limit(),
                Scopes.serviceCheck(context.version()),
                new UnlistedNames(context.logger()));
        RunTelemetry telemetry =
                config.telemetry() ? new RunTelemetry(patterns, context.clock().now()) : null;
        return new NamingProcessor(naming, config.sharing(rules), telemetry, context.telemetry(), next);
    }
}
