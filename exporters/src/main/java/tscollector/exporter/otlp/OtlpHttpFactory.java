package tscollector.exporter.otlp;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.component.Stability;
import tscollector.component.StartException;
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
        AuthHeader headers = new AuthHeader(config.headers(), config.auth());
        return new Wiring(context, config.delivery(), client)
                .exporter(
                        wanted,
                        senders -> OtlpHttpMetricExporter.builder()
                                .setEndpoint(address(config, config.metricsEndpoint(), "v1/metrics"))
                                .setCompression(config.compression().word())
                                .setHeaders(headers)
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
                                .setHeaders(headers)
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
        String base = config.endpoint();
        if (base == null) {
            throw new IllegalStateException("no endpoint");
        }
        return HttpUrl.get(base).newBuilder().addPathSegments(path).build().toString();
    }
}
