package tscollector.exporter.otlp;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
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

/** Settings of {@code otlp_http}: names of the Collector. */
@Hint(key = "traces_endpoint", text = "this program has no traces; leave it out")
@Hint(key = "profiles_endpoint", text = "this program has no profiles; leave it out")
@Hint(key = "compression_params", text = "gzip has one level here; leave it out")
@Hint(key = "read_buffer_size", text = "buffers need no tuning here; leave it out")
@Hint(key = "write_buffer_size", text = "buffers need no tuning here; leave it out")
@Hint(key = "max_idle_conns", text = "connections are kept and closed without it; leave it out")
@Hint(key = "max_idle_conns_per_host", text = "connections are kept and closed without it; leave it out")
@Hint(key = "max_conns_per_host", text = "there are as many as sending_queue.num_consumers; leave it out")
@Hint(key = "idle_conn_timeout", text = "connections are kept and closed without it; leave it out")
@Hint(key = "disable_keep_alives", text = "connections are kept open; leave it out")
@Hint(key = "force_attempt_http2", text = "HTTP/2 is used where TLS offers it; leave it out")
@Hint(key = "http2_read_idle_timeout", text = "timeout bounds every request; leave it out")
@Hint(key = "http2_ping_timeout", text = "timeout bounds every request; leave it out")
@Hint(key = "cookies", text = "cookies are not kept; leave it out")
@Hint(key = "middlewares", text = "there are none here; leave it out")
public record OtlpHttpConfig(
        @Setting(
                doc =
                        "Base address of the backend; /v1/metrics and /v1/logs are appended. Needed unless both metrics_endpoint and logs_endpoint are set, or a preset knows it.",
                format = Setting.Format.HTTP_URL,
                example = "http://127.0.0.1:4318")
        @Nullable
        String endpoint,

        @Setting(doc = "Full address for metrics, used as it is.", format = Setting.Format.HTTP_URL) @Nullable
        String metricsEndpoint,

        @Setting(doc = "Full address for logs and events, used as it is.", format = Setting.Format.HTTP_URL) @Nullable
        String logsEndpoint,

        @Setting(doc = "How requests are encoded; only proto.")
        Encoding encoding,

        @Setting(
                doc =
                        "How requests are compressed: gzip, none, or zstd with the library com.github.luben:zstd-jni on the class path.")
        Compression compression,

        @Setting(doc = "Headers added to every request. Values never print.", example = "{X-Scope-OrgID: team-a}")
        Map<String, Secret> headers,

        @Setting(doc = "Longest time of one request, answer included.", min = "1ms")
        Duration timeout,

        @Setting(doc = "TLS for https addresses.") TlsConfig tls,

        @Setting(
                doc =
                        "The HTTP proxy for all requests, with user:password@ if it asks for them. Absent: HTTP_PROXY, HTTPS_PROXY and NO_PROXY count; loopback is never proxied.",
                format = Setting.Format.HTTP_URL)
        @Nullable
        String proxyUrl,

        @Setting(doc = "How requests are authorised: basic or bearer. Absent: not at all.") @Nullable
        AuthConfig auth,

        @Setting(
                doc =
                        "What a backend wants, all at once. datadog: addresses from api.site, its headers, limits and retries, tags of the instance as attributes, and only deltas. Absent: plain OTLP.")
        @Nullable
        Preset preset,

        @Setting(doc = "For preset: datadog, the key and the site.") @Nullable
        ApiConfig api,

        @Setting(doc = "For preset: datadog, what its intake makes of metrics, and how much it takes.") @Nullable
        DatadogOtlpConfig datadog,

        @Setting(inline = true) DeliveryConfig delivery)
        implements Config {
    /** Backends whose wishes are known. */
    public enum Preset {
        DATADOG
    }

    /** Encodings a user may name; JSON only to be told that it is not there. */
    public enum Encoding {
        PROTO,
        JSON
    }

    public OtlpHttpConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Everything but an address; 30s is the Collector's timeout for HTTP. */
    public static OtlpHttpConfig defaults() {
        return new OtlpHttpConfig(
                null,
                null,
                null,
                Encoding.PROTO,
                Compression.GZIP,
                Map.of(),
                Duration.ofSeconds(30),
                TlsConfig.defaults(),
                null,
                null,
                null,
                null,
                null,
                DeliveryConfig.defaults());
    }

    @Override
    public void validate(Problems problems) {
        if (preset == null && endpoint == null && (metricsEndpoint == null || logsEndpoint == null)) {
            problems.add(
                    "endpoint",
                    "is required: the address of the backend, such as http://127.0.0.1:4318; or set both metrics_endpoint and logs_endpoint");
        }
        problems.check("encoding", encoding == Encoding.PROTO, "json is not supported; leave it out, or write proto");
        ClientSettings.validate(headers, tls, auth, problems);
        DatadogPreset.validate(this, problems);
    }
}
