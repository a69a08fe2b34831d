package tscollector.receiver.openmetrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.consumer.Consumers;
import tscollector.exposition.ExpositionOptions;
import tscollector.exposition.MetricsScrapers;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.http.HttpCallers;
import tscollector.kit.scrape.ScrapeLoop;
import tscollector.receiver.Receiver;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.MetricSpec;
import tscollector.signal.Signal;
import tscollector.torchserve.Api;
import tscollector.torchserve.ErrorType;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.PullReceiver;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.ScrapeMetrics;
import tscollector.torchserve.ServerVersion;

/** Builds receivers of the type {@code torchserve_openmetrics}. */
public final class OpenMetricsFactory implements ReceiverFactory<OpenMetricsConfig> {
    static final String TYPE = "torchserve_openmetrics";

    private static final String DESCRIPTION = """
            Asks the configured URLs as they are: one GET per target and interval, never more, whatever became of the last one.

            The resource has the server's version once a `torchserve_inference` or `torchserve_management` with the same `instance` and
            `resource_attributes` has learned it.

            TorchServe answers with nothing unless `metrics_mode=prometheus` (or `legacy`) is set in its `config.properties`: that
            is no fault, and one warning per server says it.

            Samples keep the names and labels they are exposed with; `torchserve_naming` gives them their official names. Every point
            has the attribute `endpoint`; a label of that name becomes `exported_endpoint`. Counters become monotonic cumulative sums,
            gauges and samples without a type gauges, histograms and summaries what they are. The unit is read from TorchServe's help
            text. Times in the text are used.

            Start times of counters, histograms and summaries: for series of a target's first good scrape that scrape's time; for
            a series that appears later, or whose value fell, the time of the good scrape before. A series that vanishes simply ends.

            A line that cannot be read costs that line, is counted with its reason, and a warning names the first one. Series that
            stand twice in one answer are merged: counters, buckets, sums and counts are added, of gauges and quantiles the last
            stays. A histogram whose buckets do not rise is mended and counted; one without sum or count is left out and counted, as are
            `_created` series. More samples than `sample_limit` or a longer body than `body_size_limit` make the whole answer invalid.

            **The official Datadog check.** `tags`, `service`, `empty_default_hostname` and `hostname_label` become the resource attributes
            `datadog.tags` and `datadog.host.name`, which the `datadog` exporter sends as tags and host. With `compat: strict`
            health is 0 as soon as an answer below status 400 begins and 2 otherwise; series that are new or reset in the scrape after a
            failed one begin with it, while an empty answer and an ignored connection error count as good scrapes; a TYPE line counts
            for the lines that follow it until another family begins; times in the text are not looked at; summaries and histograms
            are sent as far as they are there; the attribute `endpoint` keeps its query.

            """ + "Values of `error.type`:\n\n" + ErrorType.table();

    private static final String EXAMPLE = """
            endpoints:
              - http://gpu-1:8082/metrics
              - endpoint: http://gpu-2:8082/metrics
                instance: gpu-2:8080
            collection_interval: 15s
            """;

    private static final Descriptor<OpenMetricsConfig> DESCRIPTOR = Descriptor.of(
                    Kind.RECEIVER,
                    TYPE,
                    "Scrapes TorchServe's metrics API, or any other Prometheus text.",
                    OpenMetricsConfig.class,
                    OpenMetricsConfig.defaults())
            .withDescription(DESCRIPTION)
            .withMetrics(metrics())
            .withExample(EXAMPLE);

    private static List<MetricSpec> metrics() {
        List<MetricSpec> metrics = new ArrayList<>(ScrapeMetrics.ALL);
        metrics.add(ScrapeMetrics.LINES_FILTERED);
        metrics.add(Api.OPENMETRICS.health());
        return metrics;
    }

    @Override
    public Descriptor<OpenMetricsConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS);
    }

    @Override
    public Receiver create(BuildContext context, OpenMetricsConfig config, Consumers next) {
        return create(context, config, next, () -> HttpCallers.create(config.http(), context));
    }

    static Receiver create(
            BuildContext context, OpenMetricsConfig config, Consumers next, PullReceiver.CallerSource callers) {
        return new PullReceiver(
                context, config.scrape(), callers, caller -> List.of(targets(context, config, next, caller)));
    }

    private static List<ScrapeLoop.Target> targets(
            BuildContext context, OpenMetricsConfig config, Consumers next, HttpCaller caller) {
        MetricsScrapers scrapers = new MetricsScrapers(
                caller,
                config.scrape().effectiveTimeout(),
                new ExpositionOptions(config.limits(), config.exposition(), config.histograms(), config.official()),
                Scopes.of(TYPE, context.version()),
                context,
                new Outlet(context, next));
        return config.targets().loop(config.official(), context, target -> {
            // It only hears of the version: exactly one request per target and interval goes out.
            ServerVersion version = ServerVersion.hearing(target.server(), context);
            return scrapers.scraper(target, version.watch(target));
        });
    }
}
