package tscollector.exporter.otlp;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.kit.http.AuthConfig;
import tscollector.kit.http.TlsConfig;

/** Settings of {@code otlp_grpc}: names of the Collector. */
@Hint(key = "compression_params", text = "gzip has one level here; leave it out")
@Hint(key = "read_buffer_size", text = "buffers need no tuning here; leave it out")
@Hint(key = "write_buffer_size", text = "buffers need no tuning here; leave it out")
@Hint(key = "keepalive", text = "a dead connection is found by timeout; leave it out")
@Hint(key = "balancer_name", text = "one connection is kept to one of the name's addresses; leave it out")
@Hint(key = "wait_for_ready", text = "failed requests are tried again by retry_on_failure; leave it out")
@Hint(key = "authority", text = "use tls.server_name_override for the name in the certificate")
@Hint(key = "preset", text = OtlpGrpcConfig.DATADOG)
@Hint(key = "api", text = OtlpGrpcConfig.DATADOG)
@Hint(key = "datadog", text = OtlpGrpcConfig.DATADOG)
@Hint(key = "middlewares", text = "there are none here; leave it out")
public record OtlpGrpcConfig(
        @Setting(
                doc =
                        "Address of the backend: host:port, http://host:port (no TLS) or https://host:port. TLS is used unless it is http:// or tls.insecure is true.",
                required = true,
                format = Setting.Format.HOST_PORT,
                example = "127.0.0.1:4317")
        String endpoint,

        @Setting(
                doc =
                        "How requests are compressed: gzip, none, or zstd with the library com.github.luben:zstd-jni on the class path.")
        Compression compression,

        @Setting(doc = "Metadata added to every request. Values never print.", example = "{x-scope-orgid: team-a}")
        Map<String, Secret> headers,

        @Setting(doc = "Longest time of one request, answer included.", min = "1ms")
        Duration timeout,

        @Setting(doc = "TLS. On by default: a plain-text backend needs insecure: true.")
        TlsConfig tls,

        @Setting(doc = "How requests are authorised: basic or bearer. Absent: not at all.") @Nullable
        AuthConfig auth,

        @Setting(inline = true) DeliveryConfig delivery)
        implements Config {

    static final String DATADOG = "Datadog takes OTLP over HTTP only; use the exporter otlp_http with preset: datadog";

    public OtlpGrpcConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Everything but an address; 5s is the Collector's timeout for gRPC. */
    public static OtlpGrpcConfig defaults() {
        return new OtlpGrpcConfig(
                "",
                Compression.GZIP,
                Map.of(),
                Duration.ofSeconds(5),
                TlsConfig.defaults(),
                null,
                DeliveryConfig.defaults());
    }

    /** The address as a URL whose scheme says whether there is TLS. */
    String url() {
        if (endpoint.contains("://")) {
            return endpoint;
        }
        return (tls.insecure() ? "http://" : "https://") + endpoint;
    }

    @Override
    public void validate(Problems problems) {
        boolean https = endpoint.toLowerCase(Locale.ROOT).startsWith("https://");
        problems.check(
                "tls.insecure",
                !(https && tls.insecure()),
                "and an endpoint with https:// contradict each other; write http:// or host:port for a backend without TLS");
        problems.check("endpoint", !hasPath(), "must end with the port: gRPC has no path");
        ClientSettings.validate(headers, tls, auth, problems);
    }

    private boolean hasPath() {
        if (!endpoint.contains("://")) {
            return endpoint.contains("/");
        }
        try {
            String path = new URI(endpoint).getPath();
            return path != null && !path.isEmpty() && !path.equals("/");
        } catch (URISyntaxException e) {
            return false; // the form was complained about already
        }
    }
}
