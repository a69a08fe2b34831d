package tscollector.exporter.datadog;

import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.component.Stability;
import tscollector.component.StartException;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.kit.http.HttpCallers;
import tscollector.signal.Signal;

/** {@code datadog}: sends metrics, service checks, events and logs to Datadog's own intake. */
public final class DatadogFactory implements ExporterFactory<DatadogConfig> {
    private static final String DESCRIPTION = """
            Sends to Datadog's own intake what the Agent's check would have sent, with the same names, types, tags and values, and
            more. Counters become counts of what was added since the last run (give it a `storage`, so that a restart makes no gap);
            histograms become distributions, unless `metrics.histograms` says otherwise; health becomes service checks; events of
            `model_diff` become Datadog events, all other records logs. Each exporter is one destination: for two organisations or sites write `datadog/a` and `datadog/b`.

            What the intake answers decides: 400 loses the request, counted as `refused by backend`; 413 halves it, and a single item
            that is still too large is lost as `too large`; 401 and 403 keep it, tell the status, and try again every minute, with
            `api.key_file` read anew; 404, 408, 429, 5xx and no answer are tried again, not before `Retry-After` or
            `X-RateLimit-Reset` have passed, of which 30 minutes count at most. Trying goes on until the data is too old for Datadog:
            points after an hour, check runs after 10 minutes, events and logs after 18 hours; what is dropped for that is counted as
            `too old`. When the queue is full, a run's points are refused; what its counters counted comes with the next run that is
            taken (`deltas kept for the next batch`). When the process ends before the intake is back, what counters and histograms
            counted is stored, if there is a `storage`, and comes with the next start; gauges, checks, events, logs, and requests of
            which nobody knows whether they arrived are lost and counted as `stopped before delivery`.
            """;

    @Override
    public Descriptor<DatadogConfig> descriptor() {
        return Descriptor.of(
                        Kind.EXPORTER,
                        "datadog",
                        "Sends metrics, service checks, events and logs to Datadog's intake.",
                        DatadogConfig.class,
                        DatadogConfig.defaults())
                .withStability(Stability.BETA)
                .withDescription(DESCRIPTION)
                .withExample("""
                        api:
                          key: 0123456789abcdef0123456789abcdef
                          site: datadoghq.eu
                        hostname: gpu-7
                        tags: env:prod,team:x
                        storage: file_storage
                        """);
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS, Signal.LOGS);
    }

    @Override
    public Exporter create(BuildContext context, DatadogConfig config, Set<Signal<?>> wanted) throws StartException {
        return DatadogExporter.create(context, config, HttpCallers.create(config.http(), context), wanted);
    }
}
