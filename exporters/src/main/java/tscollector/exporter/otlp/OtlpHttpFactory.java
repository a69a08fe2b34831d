package tscollector.exporter.otlp;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.component.Stability;
import tscollector.component.StartException;
import tscollector.config.Secret;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.signal.Signal;

/** {@code otlp_http}: sends metrics and logs with OTLP over HTTP. */
public final class OtlpHttpFactory implements ExporterFactory<OtlpHttpConfig> {
    private static final String DESCRIPTION = """
            Sends OTLP over HTTP with protobuf bodies, compressed with gzip unless told otherwise. Every exporter has a bounded
            queue per signal (`sending_queue`) that puts batches together and tries again (`retry_on_failure`).

            An answer of 429, 502, 503 or 504 and a failed connection are tried again, not before `Retry-After` has passed; every
            other error loses the request, is counted as `refused by backend` and warned about. What a backend rejects of a request
            it otherwise takes (partial success) is counted as `rejected by backend`. A good answer whose protobuf body cannot be
            read counts as an error; one of another content type is taken for success. Redirects are not followed.

            `preset: datadog` sends to Datadog's OTLP intake with nothing but a key: `https://otlp.<api.site>/v1/metrics` and
            `/v1/logs` unless an address is given, the key as the header `dd-api-key`, and the section `datadog` as the header
            `dd-otel-metric-config`. The intake takes counters and histograms only as deltas: cumulative ones are dropped, counted
            as `cumulative, where only deltas are taken` and warned about, so put the processor `cumulativetodelta` in front.
            The resource attribute `datadog.tags` (`k:v` texts) becomes attributes of the points, a list where a key has several
            values, and the attribute `ddtags` of log records; a tag without a value arrives as Datadog writes an empty one.
            Health stays a gauge on this road. Requests that are larger than `datadog.max_request_size` or
            `datadog.max_message_size`, or are answered with 413, are sent in halves; a single item that is still too large is
            dropped as `larger than a request may be`. 408 and 500 are tried again, too, and every status from 200 to 299 is
            success.
            """;

    @Override
    public Descriptor<OtlpHttpConfig> descriptor() {
        return Descriptor.of(
                        Kind.EXPORTER,
                        "otlp_http",
                        "Sends metrics and logs with the OpenTelemetry Protocol over HTTP.",
                        OtlpHttpConfig.class,
                        OtlpHttpConfig.defaults())
                .withAliases("otlphttp")
                .withStability(Stability.BETA)
                .withDescription(DESCRIPTION)
                .withExample("""
                        endpoint: https://collector.example.com:4318
                        compression: gzip
                        headers:
                          X-Scope-OrgID: team-a
                        tls:
                          min_version: "1.3"
                        sending_queue:
                          queue_size: 500000
                          sizer: items
                        retry_on_failure:
                          max_elapsed_time: 10m
                        """);
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS, Signal.LOGS);
    }

    @Override
    public Exporter create(BuildContext context, OtlpHttpConfig config, Set<Signal<?>> wanted) throws StartException {
        OkHttpClient client = HttpClients.create(ClientSettings.of(config), false, System.getenv());
        DatadogPreset preset = DatadogPreset.of(config);
        Map<String, Secret> own = config.headers();
        AuthHeader metricHeaders = new AuthHeader(preset == null ? own : preset.metricHeaders(own), config.auth());
        AuthHeader logHeaders = new AuthHeader(preset == null ? own : preset.logHeaders(own), config.auth());
        return new Wiring(context, config.delivery(), client, preset)
                .exporter(
                        wanted,
                        senders -> OtlpHttpMetricExporter.builder()
                                .setEndpoint(address(config, config.metricsEndpoint(), "v1/metrics"))
                                .setCompression(config.compression().word())
                                .setHeaders(metricHeaders)
                                .setTimeout(config.timeout())
                                .setRetryPolicy(null)
                                .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
                                .setAggregationTemporalitySelector(AggregationTemporalitySelector.alwaysCumulative())
                                .setMeterProvider(MeterProvider.noop())
                                .setComponentLoader(senders)
                                .build(),
                        senders -> OtlpHttpLogRecordExporter.builder()
                                .setEndpoint(address(config, config.logsEndpoint(), "v1/logs"))
                                .setCompression(config.compression().word())
                                .setHeaders(logHeaders)
                                .setTimeout(config.timeout())
                                .setRetryPolicy(null)
                                .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
                                .setMeterProvider(MeterProvider.noop())
                                .setComponentLoader(senders)
                                .build());
    }

    /** The signal's own address as it is, else the base address with the path that OTLP appends. */
    static String address(OtlpHttpConfig config, @Nullable String own, String path) {
        if (own != null) {
            return own;
        }
        DatadogPreset preset = DatadogPreset.of(config);
        String base = config.endpoint() == null && preset != null
                ? preset.api().datadogSite().otlpAddress()
                : config.endpoint();
        if (base == null) {
            throw new IllegalStateException("no endpoint");
        }
        return HttpUrl.get(base).newBuilder().addPathSegments(path).build().toString();
    }
}
