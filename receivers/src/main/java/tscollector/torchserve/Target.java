package tscollector.torchserve;

import io.opentelemetry.sdk.resources.Resource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import tscollector.kit.http.HttpAsk;

/**
 * One address to ask, and the server behind it. Immutable but for the resource, which learns the server's version.
 *
 * <p>User and password in a URL go into an {@code Authorization} header and nowhere else; they and the query, which may hold a
 * key, stand in no attribute and no log line.
 */
public final class Target {
    private final URI uri;
    private final String address;
    private final Map<String, String> headers;
    private final ServerResource server;

    private Target(URI uri, String address, Map<String, String> headers, ServerResource server) {
        this.uri = uri;
        this.address = address;
        this.headers = headers;
        this.server = server;
    }

    /**
     * The target at {@code url}.
     *
     * @param url absolute, http or https
     * @throws IllegalArgumentException if it is no URL
     */
    public static Target of(String url, ServerResource server) {
        URI uri = URI.create(url);
        String userInfo = uri.getUserInfo();
        Map<String, String> headers = userInfo == null
                ? Map.of()
                : Map.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8)));
        return new Target(URI.create(withoutUserInfo(withoutFragment(url))), address(url), headers, server);
    }

    /** The URL to ask, without user and password. */
    public URI uri() {
        return uri;
    }

    /** The URL as configured, without user, password and query: the value of the address attribute, and for log lines. */
    public String address() {
        return address;
    }

    /** The server's resource as of now; take it once per run, for all groups of the run. */
    public Resource resource() {
        return server.current();
    }

    public ServerResource server() {
        return server;
    }

    /** A GET of the URL itself. */
    public HttpAsk ask(Api api, Duration timeout) {
        return new HttpAsk("GET", uri, headers, timeout, api.keyRole());
    }

    /**
     * A GET below the URL as a base; what the base has as a query stays.
     *
     * @param path begins with a slash, percent-encoded
     * @param query without a question mark, percent-encoded; may be empty
     */
    public HttpAsk ask(Api api, String path, String query, Duration timeout) {
        return new HttpAsk("GET", below(path, query), headers, timeout, api.keyRole());
    }

    /** An OPTIONS of the base, which TorchServe answers without a key. */
    HttpAsk askOptions(Duration timeout) {
        return new HttpAsk("OPTIONS", below("/", ""), headers, timeout, HttpAsk.KeyRole.NONE);
    }

    /** {@code host:port}, with the scheme's port where the URL has none. */
    public static String hostAndPort(URI uri) {
        String authority = uri.getRawAuthority(); // URI itself knows no host with an underscore, as Docker makes them
        String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        if (host.lastIndexOf(':') > host.lastIndexOf(']')) {
            return host;
        }
        return host + (uri.getScheme().equalsIgnoreCase("https") ? ":443" : ":80");
    }

    @Override
    public String toString() {
        return address;
    }

    private URI below(String path, String query) {
        String base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        String own = uri.getRawQuery();
        String all = own == null || own.isEmpty() ? query : query.isEmpty() ? own : own + "&" + query;
        return URI.create(base + path + (all.isEmpty() ? "" : "?" + all));
    }

    private static String address(String url) {
        String visible = withoutUserInfo(withoutFragment(url));
        int query = visible.indexOf('?');
        return query < 0 ? visible : visible.substring(0, query);
    }

    private static String withoutFragment(String url) {
        int hash = url.indexOf('#');
        return hash < 0 ? url : url.substring(0, hash);
    }

    private static String withoutUserInfo(String url) {
        int authority = url.indexOf("://") + 3;
        int end = authority;
        while (end < url.length() && "/?".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        int at = url.substring(authority, end).lastIndexOf('@');
        return at < 0 ? url : url.substring(0, authority) + url.substring(authority + at + 1);
    }
}
