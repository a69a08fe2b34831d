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
    static void validate(Map<String, Secret> headers, TlsConfig tls, @Nullable AuthConfig auth, Problems problems) {
        headers.forEach((name, value) -> {
            String path = "headers." + name;
            problems.checkKey(path, isToken(name), "is not a name a header can have");
            problems.check(path, isPrintable(value.reveal()), "has a value with characters that a header cannot carry");
            problems.checkKey(
                    path,
                    auth == null || !name.toLowerCase(Locale.ROOT).equals("authorization"),
                    "and auth exclude each other");
        });
        if (auth != null) {
            String instead = "; use basic or bearer here";
            problems.checkKey(
                    "auth.torchserve_key_file",
                    auth.torchserveKeyFile() == null,
                    "is for TorchServe servers" + instead);
            problems.checkKey("auth.digest", auth.digest() == null, "is not there for OTLP" + instead);
            problems.checkKey("auth.oauth2", auth.oauth2() == null, "is not there for OTLP" + instead);
            problems.checkKey(
                    "auth.token_file",
                    auth.tokenFile() == null,
                    "is not there for OTLP; use bearer: {token_file}, a file with nothing but the token");
        }
        problems.checkKey(
                "tls.server_name_from_host_header",
                !tls.serverNameFromHostHeader(),
                "is not there for OTLP; use server_name_override");
    }

    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
    }
}
