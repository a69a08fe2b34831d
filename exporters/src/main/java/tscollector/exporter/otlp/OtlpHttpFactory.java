package tscollector.exporter.otlp;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.signal.Signal;

/** {@code otlp_http}: sends metrics and logs with OTLP over HTTP. */
public final class OtlpHttpFactory implements ExporterFactory<OtlpHttpConfig> {
    /** What the SDK is told: {@link Transport} does it. */
    static final String COMPRESSED_BY_US = "none";

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
            values, and the attribute `ddtags` of log records; a tag without a value arrives as Datadog writes an empty one, and a
            list as one tag, `k:["v","w"]`.
            Health stays a gauge on this road. Requests that are larger than `datadog.max_request_size` or
            `datadog.max_message_size`, or are answered with 413, are sent in halves; a single item that is still too large is
            dropped as `larger than a request may be`. 408 and 500 are tried again, too, and every status from 200 to 299 is
            success.

            With the preset, 401 and 403 speak of the key and lose nothing: the status tells, and each request is tried again every
            minute, with `api.key_file` read anew. Unless `retry_on_failure.max_elapsed_time` is set, trying goes on until the data is
            too old for Datadog: points after `datadog.max_point_age` (1h), log records after 18 hours; they are counted as `too old`,
            and points more than 10 minutes ahead as `too far in the future`, before each try.
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
        config.compression().require();
        OkHttpClient client = HttpClients.create(ClientSettings.of(config), false, System.getenv());
        DatadogPreset preset = DatadogPreset.of(config);
        PresetKey key = preset == null ? null : new PresetKey(preset.api().apiKey(), context.telemetry());
        Map<String, Secret> own = config.headers();
        Supplier<Map<String, String>> metricHeaders =
                headers(preset == null ? own : preset.metricHeaders(own), config, key);
        Supplier<Map<String, String>> logHeaders = headers(own, config, key);
        DeliveryConfig delivery = preset == null ? config.delivery() : preset.delivery(config.delivery());
        return new Wiring(context, delivery, client, config.compression(), preset, key)
                .exporter(
                        wanted,
                        senders -> OtlpHttpMetricExporter.builder()
                                .setEndpoint(address(config, config.metricsEndpoint(), "v1/metrics"))
                                .setCompression(COMPRESSED_BY_US)
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
                                .setCompression(COMPRESSED_BY_US)
                                .setHeaders(logHeaders)
                                .setTimeout(config.timeout())
                                .setRetryPolicy(null)
                                .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
                                .setMeterProvider(MeterProvider.noop())
                                .setComponentLoader(senders)
                                .build());
    }

    private static Supplier<Map<String, String>> headers(
            Map<String, Secret> fixed, OtlpHttpConfig config, @Nullable PresetKey key) {
        AuthHeader headers = new AuthHeader(fixed, config.auth());
        return key == null ? headers : key.with(headers);
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
