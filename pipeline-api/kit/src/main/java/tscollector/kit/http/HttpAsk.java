package tscollector.kit.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One HTTP request without a body.
 *
 * @param method for instance {@code GET}
 * @param uri absolute, http or https, already percent-encoded
 * @param headers besides those of the configuration
 * @param timeout bounds the whole exchange, from name lookup to the last byte of the body
 * @param keyRole which of TorchServe's keys goes with it where a key file is configured
 */
public record HttpAsk(String method, URI uri, Map<String, String> headers, Duration timeout, KeyRole keyRole) {
    /** The keys in TorchServe's key file. */
    public enum KeyRole {
        NONE,
        INFERENCE,
        MANAGEMENT
    }

    public HttpAsk {
        headers = Map.copyOf(headers);
    }

    public static HttpAsk get(URI uri, Duration timeout, KeyRole keyRole) {
        return new HttpAsk("GET", uri, Map.of(), timeout, keyRole);
    }

    /** Without the headers and the user in the address, which may be secrets. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort() + uri.getRawPath();
    }
}
