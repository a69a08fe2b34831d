package tscollector.kit.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request. It may be sent a second time by itself: after a redirect, with renewed credentials, and when a kept connection
 * turns out to be dead.
 *
 * @param method for instance {@code GET}
 * @param uri absolute, http or https, already percent-encoded
 * @param headers besides those of the configuration; of one with a body for instance {@code Content-Type}; never {@code
 *     Content-Length}, which comes from the body
 * @param body the bytes themselves, not a copy: not to be changed before the call has ended; null for a request without a body
 * @param timeout bounds the whole exchange, from name lookup to the last byte of the body
 * @param keyRole which of TorchServe's keys goes with it where a key file is configured
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that nobody compares
public record HttpAsk(
        String method,
        URI uri,
        Map<String, String> headers,
        byte @Nullable [] body,
        Duration timeout,
        KeyRole keyRole) {
    /** The keys in TorchServe's key file. */
    public enum KeyRole {
        NONE,
        INFERENCE,
        MANAGEMENT
    }

    public HttpAsk {
        headers = Map.copyOf(headers);
    }

    /** A request without a body. */
    public HttpAsk(String method, URI uri, Map<String, String> headers, Duration timeout, KeyRole keyRole) {
        this(method, uri, headers, null, timeout, keyRole);
    }

    public static HttpAsk get(URI uri, Duration timeout, KeyRole keyRole) {
        return new HttpAsk("GET", uri, Map.of(), timeout, keyRole);
    }

    /**
     * Sends {@code body}, which may be empty.
     *
     * @param headers what describes the body, and all else that goes with this request
     */
    public static HttpAsk post(URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
        return new HttpAsk("POST", uri, headers, Objects.requireNonNull(body, "body"), timeout, KeyRole.NONE);
    }

    /** Without the headers, the body and the user in the address, which may be secrets. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort() + uri.getRawPath();
    }
}
