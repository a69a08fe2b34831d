package tscollector.exporter.otlp;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.kit.http.AuthConfig;
import tscollector.kit.http.TlsConfig;

/** What both exporters tell the HTTP client. */
record ClientSettings(
        boolean grpc,
        Compression compression,
        Map<String, Secret> headers,
        Duration timeout,
        TlsConfig tls,
        @Nullable String proxyUrl,
        @Nullable AuthConfig auth) {

    static ClientSettings of(OtlpHttpConfig config) {
        return new ClientSettings(
                false,
                config.compression(),
                config.headers(),
                config.timeout(),
                config.tls(),
                config.proxyUrl(),
                config.auth());
    }

    static ClientSettings of(OtlpGrpcConfig config) {
        return new ClientSettings(
                true, config.compression(), config.headers(), config.timeout(), config.tls(), null, config.auth());
    }

    /** Finds what could never be sent; values of headers are secrets and are not shown. */
    static void validate(Map<String, Secret> headers, @Nullable AuthConfig auth, Problems problems) {
        headers.forEach((name, value) -> {
            Problems here = problems.at("headers." + name);
            here.check("", isToken(name), "is not a name a header can have");
            here.check("", isPrintable(value.reveal()), "has a value with characters that a header cannot carry");
            here.check(
                    "",
                    auth == null || !name.toLowerCase(Locale.ROOT).equals("authorization"),
                    "and auth exclude each other");
        });
        if (auth != null && auth.torchserveKeyFile() != null) {
            problems.add("auth.torchserve_key_file", "is for TorchServe servers; use basic or bearer here");
        }
    }

    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
    }
}
