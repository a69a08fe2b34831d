package tscollector.kit.http;

import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * What the client is told about one request besides the request: it travels in the request's context.
 *
 * @param serverName for TLS instead of the address's host, or null
 * @param socket the path of a Unix socket to connect to instead of the address's host, or null
 * @param onConnected called when the connection is made, TLS and tunnels included; on the connection's thread
 */
record Way(@Nullable String serverName, @Nullable String socket, Runnable onConnected) {
    private static final String ATTRIBUTE = "tscollector.way";

    void putInto(HttpContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    static Way of(HttpContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof Way way) {
            return way;
        }
        throw new IllegalStateException("a request without its way");
    }
}
