package tscollector.processor.naming;

import java.util.List;
import java.util.stream.Stream;
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
                    Only samples that a server exposed are renamed and dropped. Health and scrape numbers pass unchanged; so do
                    management metrics, unless `metric_patterns` or `max_returned_metrics` leaves them out.

                    **Names.** `torchserve.openmetrics.` and the name in the table below. A counter ends in `.count`, as it
                    arrives in Datadog; gauges, histograms and summaries have no suffix. A server that declares another type than
                    the table expects keeps its own: `HandlerTime` as a histogram is a histogram
                    `torchserve.openmetrics.handler_time`. The unit is the one the server states; the table's where it states none or `Count`.

                    **Labels.** `hostname` and `Hostname` are left out; `Level`, `ModelName` and `WorkerName` become `level`,
                    `model_name` and `worker_name`; all others pass, `DeviceId` too. `exclude_labels` replaces the first rule,
                    `rename_labels` adds to the second. All rules ask for exposed names, and for the bound of a bucket as
                    `upper_bound`; the `endpoint` that the receiver adds is no label. A label whose new name is taken keeps its
                    own (counted as `labels not renamed`).

                    **metrics, extra_metrics.** An entry is one of

                    - `my_metric`: sent as `torchserve.openmetrics.my_metric`, a counter with `.count`;
                    - `my_metric: other.name`: sent under that name instead;
                    - `my_metric: {name: other.name, type: gauge}`: and as that type;
                    - a regular expression: an entry with a character other than letters, digits, `_` and `:`. It is searched
                      anywhere in the exposed name, and each metric it finds keeps its own name; `^` and `$` tie it down.

                    | type | what is sent |
                    |---|---|
                    | `native`, `native_dynamic` | as the server declares it (the default) |
                    | `gauge`, `counter` | the same number, read so |
                    | `counter_gauge` | a gauge `.total` and a counter `.count` |
                    | `histogram`, `summary` | only what is one |
                    | `rate` | a gauge: growth a second since the run before; nothing at a first value and after a fall |
                    | `temporal_percent` with `scale` | of added-up time: percent of each second, as a rate; `scale` is `second`, `millisecond`, `microsecond`, `nanosecond` or how many parts a second has |
                    | `time_elapsed` | a gauge: seconds from the value, a Unix time, to the scrape |
                    | `service_check` with `status_map` | a service check 0-3 without labels: the state of the value's whole part, 3 for values that the map does not have; of several series the last |

                    A name comes before an expression, an entry of yours before an official one, and of two entries for one name
                    the last counts. Counters are found with and without `_total`, and are sent without it. Samples whose family
                    has no declared type are sent only if `type` says as what (`no usable type`).

                    **Histograms in parts.** What a receiver with `histograms: expanded` exposes as `NAME_bucket`, `NAME_sum` and
                    `NAME_count` is looked up by NAME and becomes counters `.bucket` with `upper_bound` (`0.5`, `1.0`, `1e-07`;
                    the bucket without a bound is left out), `.sum` and `.count`.

                    **share_labels.** The labels of the named families are lent to all series, or, with `match`, to those that
                    have the same values for these labels; they count more than a series' own. With `cache_shared_labels` what was
                    lent first stays for each target; a run without any lending series does not count as the first.

                    **What is sent at all.** `exclude_metrics` asks for family names, after `raw_metric_prefix` is cut and without
                    a counter's `_total`. `metric_patterns` asks for full names, those of management metrics too; a summary's are
                    `.sum`, `.count` and `.quantile`, of which the first two are kept or dropped together. Histograms that are not
                    in parts, health and scrape numbers always pass. `max_returned_metrics` counts series as Datadog does, in the
                    order of the exposition, over all groups of a run.

                    **telemetry.** One gauge and up to four sums with delta temporality for each run that exposed something.

                    **compat: strict.** Entries and expressions find counters only without `_total`; a family whose type is
                    `native` keeps the type it was first declared with; summaries whose name had `raw_metric_prefix` lose their
                    quantiles; `cache_shared_labels` keeps what the very first run lent, be it nothing; service checks of several
                    series are sent one after the other.

                    **What is lost is counted.** Points of metrics that nobody lists are dropped as `not listed`, and counted by
                    name as `not listed: NAME` for the first 100 names, then as `not listed: other`; the log names each once. Two
                    series that become one by a dropped label or by a common name are merged: counters and histograms are added,
                    of gauges the last stays (`series merged`); histograms only if their bounds are equal, else the second is
                    dropped (`histogram with other bounds`). A second kind under a name is dropped (`two kinds under one name`),
                    and refused when the configuration shows it. Further reasons: `excluded metric`, `excluded by a label`,
                    `excluded by metric_patterns`, `over max_returned_metrics`, `rate without an earlier value`, `rate of a
                    falling value`.""")
            .withMetrics(Stream.concat(OfficialMetric.specs().stream(), RunTelemetry.specs().stream())
                    .toList())
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
