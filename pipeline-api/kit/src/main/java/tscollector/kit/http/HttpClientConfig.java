package tscollector.kit.http;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.DataSize;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;

/**
 * What every HTTP client can be told, flat in its component: {@code headers}, {@code tls}, {@code auth}, {@code proxy_url}, ...
 * Addresses and the timeout of the whole exchange belong to the component, since their defaults differ.
 */
public record HttpClientConfig(
        @Setting(
                doc =
                        "Headers of every request. One that is sent anyway, such as Accept, User-Agent or Host, is replaced. Values never print.",
                example = "{X-Scope: team-a}")
        Map<String, Secret> headers,

        @Setting(
                doc = "Headers on top of headers; of two with one name, this one is sent. Values never print.",
                example = "{X-Scope: team-a}")
        Map<String, Secret> extraHeaders,

        @Setting(doc = "TLS for https addresses.") TlsConfig tls,

        @Setting(doc = "How requests are authorised. Absent: not at all.") @Nullable
        AuthConfig auth,

        @Setting(
                doc =
                        "The proxy for all requests. Absent: HTTP_PROXY, HTTPS_PROXY and NO_PROXY count; loopback is never proxied.",
                format = Setting.Format.HTTP_URL)
        @Nullable
        String proxyUrl,

        @Setting(doc = "Use no proxy, whatever the variables of the environment say.")
        boolean skipProxy,

        @Setting(
                doc =
                        "What is asked without the proxy: a name means itself and what is below it, .name and *.name only what is below it; addresses, ranges such as 10.0.0.0/8; * is everything. On top of NO_PROXY.",
                format = Setting.Format.NOT_EMPTY,
                example = "[10.0.0.0/8, .internal]")
        List<String> noProxy,

        @Setting(doc = "Whether redirects are followed (at most 10).")
        boolean followRedirects,

        @Setting(doc = "Whether connections are kept for the next request. false: each request has its own.")
        boolean persistConnections,

        @Setting(
                doc =
                        "Longest time until a connection is made, TLS and proxy included. Absent: timeout alone bounds it, as it bounds everything.",
                min = "1ms")
        @Nullable
        Duration connectTimeout,

        @Setting(
                doc =
                        "Longest wait for the next byte of an answer, once the connection is made. Absent: timeout alone bounds it.",
                min = "1ms")
        @Nullable
        Duration readTimeout,

        @Setting(
                doc = "Longest body that is read, after decompression. A longer one is not used at all.",
                min = "1KiB",
                max = "1GiB")
        DataSize bodySizeLimit)
        implements Config {

    public HttpClientConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        extraHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(extraHeaders));
        noProxy = List.copyOf(noProxy);
    }

    /** With the defaults for all that is not named. */
    public HttpClientConfig(
            Map<String, Secret> headers,
            TlsConfig tls,
            @Nullable AuthConfig auth,
            @Nullable String proxyUrl,
            boolean followRedirects,
            DataSize bodySizeLimit) {
        this(
                headers,
                Map.of(),
                tls,
                auth,
                proxyUrl,
                false,
                List.of(),
                followRedirects,
                true,
                null,
                null,
                bodySizeLimit);
    }

    public static HttpClientConfig defaults() {
        return new HttpClientConfig(Map.of(), TlsConfig.defaults(), null, null, false, DataSize.ofMebibytes(16));
    }

    /** What could never be sent, and what contradicts itself; values of headers are secrets and are not shown. */
    @Override
    public void validate(Problems problems) {
        headers.forEach((name, value) -> check("headers." + name, name, value.reveal(), problems));
        extraHeaders.forEach((name, value) -> check("extra_headers." + name, name, value.reveal(), problems));
        problems.check("skip_proxy", !skipProxy || proxyUrl == null, "and proxy_url exclude each other");
        for (int i = 0; i < noProxy.size(); i++) {
            String entry = noProxy.get(i);
            boolean isOne = entry.chars().noneMatch(c -> c <= ' ' || c == ',') && !entry.contains("://");
            problems.check("no_proxy[" + i + "]", isOne, "must be one name, address, range or *");
        }
        if (tls.serverNameFromHostHeader() && hostHeader() == null) {
            problems.warn("tls.server_name_from_host_header", "does nothing: headers sets no Host");
        }
    }

    /** The host in the configured {@code Host} header, without a port; null if there is none. */
    @Nullable
    String hostHeader() {
        return Stream.of(extraHeaders, headers)
                .flatMap(map -> map.entrySet().stream())
                .filter(header -> header.getKey().equalsIgnoreCase("host"))
                .map(header -> header.getValue().reveal().strip().replaceFirst(":\\d+$", ""))
                .filter(host -> !host.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private void check(String path, String name, String value, Problems problems) {
        boolean torchServeKeys = auth != null && auth.torchserveKeyFile() != null;
        problems.checkKey(path, HeaderText.isName(name), "is not a name that a header can have");
        problems.checkKey(path, !RequestHeaders.isFraming(name), "comes from the request itself and cannot be set");
        problems.check(path, HeaderText.isValue(value), "must be printable ASCII");
        problems.check(
                path,
                !torchServeKeys || !HeaderText.looksLikeTokenCall(name + value),
                "must not contain \"/token\": TorchServe takes every such request for a call of its token API");
    }
}
