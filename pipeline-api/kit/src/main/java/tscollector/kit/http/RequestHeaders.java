package tscollector.kit.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The headers of one request, by name in lower case: few, and none with a path in it. */
final class RequestHeaders {
    private RequestHeaders() {}

    /**
     * What is sent.
     *
     * @param own whether it goes to the server that was configured; others learn nothing
     * @param credentials of the configuration, or null
     */
    static Map<String, String> of(
            ApacheHttpCaller.Parts parts, HttpAsk ask, URI uri, boolean own, @Nullable String credentials) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("user-agent", parts.userAgent());
        headers.put(
                "accept-encoding", "identity"); // TorchServe never compresses; inflating costs more than loopback saves
        if (own) {
            parts.headers().forEach((name, value) -> headers.put(lower(name), value.reveal()));
            ask.headers().forEach((name, value) -> headers.put(lower(name), value));
        }
        String authorization = credentials == null ? ofAddress(uri) : credentials;
        if (authorization != null) {
            headers.put("authorization", authorization);
        }
        return headers;
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The last header of that name, or null. */
    static @Nullable String valueOf(HttpResponse head, String name) {
        Header header = head.getLastHeader(name);
        return header == null ? null : header.getValue();
    }

    /** User and password in the address itself count where nothing else is configured, as with curl. */
    private static @Nullable String ofAddress(URI uri) {
        String info = Origin.userInfoOf(uri);
        if (info == null || info.isEmpty()) {
            return null;
        }
        String decoded = URLDecoder.decode(info.replace("+", "%2B"), StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8));
    }
}
