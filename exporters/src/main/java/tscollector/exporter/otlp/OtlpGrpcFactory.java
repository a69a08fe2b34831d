package tscollector.exporter.otlp;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import java.util.Set;
import okhttp3.OkHttpClient;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.component.Stability;
import tscollector.component.StartException;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.signal.Signal;

/** {@code otlp_grpc}: sends metrics and logs with OTLP over gRPC. */
public final class OtlpGrpcFactory implements ExporterFactory<OtlpGrpcConfig> {
    private static final String DESCRIPTION = """
            Sends OTLP over gRPC, compressed with gzip unless told otherwise. Every exporter has a bounded queue per signal
            (`sending_queue`) that puts batches together and tries again (`retry_on_failure`).

            TLS is on unless the endpoint begins with `http://` or `tls.insecure` is true: a Collector on the same machine usually
            needs `tls: {insecure: true}`.

            The statuses CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE and DATA_LOSS, RESOURCE_EXHAUSTED with
            `RetryInfo`, and a failed connection are tried again, not before the delay in `RetryInfo` has passed; every other status
            loses the request, is counted as `refused by backend` and warned about. What a backend rejects of a request it otherwise
            takes (partial success) is counted as `rejected by backend`. Proxies from the environment are used with TLS only.
            """;

    @Override
    public Descriptor<OtlpGrpcConfig> descriptor() {
        return Descriptor.of(
                        Kind.EXPORTER,
                        "otlp_grpc",
                        "Sends metrics and logs with the OpenTelemetry Protocol over gRPC.",
                        OtlpGrpcConfig.class,
                        OtlpGrpcConfig.defaults())
                .withAliases("otlp")
                .withStability(Stability.BETA)
                .withDescription(DESCRIPTION)
                .withExample("""
                        endpoint: 127.0.0.1:4317
                        tls:
                          insecure: true
                        timeout: 10s
                        """);
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS, Signal.LOGS);
    }

    @Override
    public Exporter create(BuildContext context, OtlpGrpcConfig config, Set<Signal<?>> wanted) throws StartException {
        config.compression().require();
        String url = config.url();
        OkHttpClient client = HttpClients.create(ClientSettings.of(config), url.startsWith("http://"), System.getenv());
        AuthHeader headers = new AuthHeader(config.headers(), config.auth());
        return new Wiring(context, config.delivery(), client, config.compression(), null, null)
                .exporter(
                        wanted,
                        senders -> OtlpGrpcMetricExporter.builder()
                                .setEndpoint(url)
                                .setCompression(OtlpHttpFactory.COMPRESSED_BY_US)
                                .setHeaders(headers)
                                .setTimeout(config.timeout())
                                .setRetryPolicy(null)
                                .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
                                .setAggregationTemporalitySelector(AggregationTemporalitySelector.alwaysCumulative())
                                .setMeterProvider(MeterProvider.noop())
                                .setComponentLoader(senders)
                                .build(),
                        senders -> OtlpGrpcLogRecordExporter.builder()
                                .setEndpoint(url)
                                .setCompression(OtlpHttpFactory.COMPRESSED_BY_US)
                                .setHeaders(headers)
                                .setTimeout(config.timeout())
                                .setRetryPolicy(null)
                                .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
                                .setMeterProvider(MeterProvider.noop())
                                .setComponentLoader(senders)
                                .build());
    }
}
