package tscollector.kit.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.DataSize;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;

/**
 * What every HTTP client can be told, flat in its component: {@code headers}, {@code tls}, {@code auth}, {@code proxy_url}, ...
 * Addresses and timeouts belong to the component, since their defaults differ.
 */
public record HttpClientConfig(
        @Setting(doc = "Headers added to every request. Values never print.", example = "{X-Scope: team-a}")
        Map<String, Secret> headers,

        @Setting(doc = "TLS for https addresses.") TlsConfig tls,

        @Setting(doc = "How requests are authorised. Absent: not at all.") @Nullable
        AuthConfig auth,

        @Setting(
                doc =
                        "The proxy for all requests. Absent: HTTP_PROXY, HTTPS_PROXY and NO_PROXY count; loopback is never proxied.",
                format = Setting.Format.HTTP_URL)
        @Nullable
        String proxyUrl,

        @Setting(doc = "Whether redirects are followed (at most 10).")
        boolean followRedirects,

        @Setting(
                doc = "Longest body that is read, after decompression. A longer one is not used at all.",
                min = "1KiB",
                max = "1GiB")
        DataSize bodySizeLimit)
        implements Config {

    public HttpClientConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public static HttpClientConfig defaults() {
        return new HttpClientConfig(Map.of(), TlsConfig.defaults(), null, null, false, DataSize.ofMebibytes(16));
    }

    /** What could never be sent; values are secrets and are not shown. */
    @Override
    public void validate(Problems problems) {
        boolean torchServeKeys = auth != null && auth.torchserveKeyFile() != null;
        headers.forEach((name, value) -> {
            Problems here = problems.at("headers." + name);
            here.check("", HeaderText.isName(name), "is not a name that a header can have");
            here.check("", HeaderText.isValue(value.reveal()), "must be printable ASCII");
            here.check(
                    "",
                    !torchServeKeys || !HeaderText.looksLikeTokenCall(name + value.reveal()),
                    "must not contain \"/token\": TorchServe takes every such request for a call of its token API");
        });
    }
}
