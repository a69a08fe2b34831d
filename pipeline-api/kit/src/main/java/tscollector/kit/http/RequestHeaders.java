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
import tscollector.kit.http.Authorizer.HeaderLine;

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
            ApacheHttpCaller.Parts parts, HttpAsk ask, URI uri, boolean own, @Nullable HeaderLine credentials) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("user-agent", parts.userAgent());
        headers.put(
                "accept-encoding", "identity"); // TorchServe never compresses; inflating costs more than loopback saves
        if (!parts.persistsConnections()) {
            headers.put("connection", "close");
        }
        if (own) {
            ask.headers().forEach((name, value) -> headers.put(lower(name), value));
            parts.headers().forEach((name, value) -> headers.put(lower(name), value.reveal()));
        }
        String authorization = ofAddress(uri);
        if (authorization != null && credentials == null) {
            headers.put("authorization", authorization);
        }
        if (credentials != null) {
            headers.put(credentials.name(), credentials.value());
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
        if (info == null || info.isEmpty() || UnixUrl.isUnix(uri)) {
            return null;
        }
        String decoded = percentDecoded(info);
        return "Basic " + Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8));
    }

    /** Text from an address; a plus is a plus. */
    static String percentDecoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether a header says where the body ends: nobody else's to set. */
    static boolean isFraming(String name) {
        return lower(name).equals("content-length") || lower(name).equals("transfer-encoding");
    }
}
