package tscollector.torchserve;

import io.opentelemetry.sdk.resources.Resource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import tscollector.kit.http.HttpAsk;
import tscollector.kit.http.UnixUrl;

/**
 * One address to ask, and the server behind it. Immutable but for the resource, which learns the server's version.
 *
 * <p>User and password in a URL go into an {@code Authorization} header and nowhere else; they and the query, which may hold a
 * key, stand in no attribute and no log line. A target of a strict receiver keeps its query in the attribute, and finds what stands
 * below it as the official check does.
 */
public final class Target {
    private final URI uri;
    private final String site;
    private final String address;
    private final Map<String, String> headers;
    private final ServerResource server;
    private final boolean strict;

    private Target(
            URI uri, String site, String address, Map<String, String> headers, ServerResource server, boolean strict) {
        this.uri = uri;
        this.site = site;
        this.address = address;
        this.strict = strict;
        this.headers = headers;
        this.server = server;
    }

    /**
     * The target at {@code url}.
     *
     * @param url absolute: http, https or unix
     * @throws IllegalArgumentException if it is no URL
     */
    public static Target of(String url, ServerResource server) {
        return of(url, server, false);
    }

    /**
     * The same.
     *
     * @param strict whether {@link #address} is the URL as configured but for user and password, and {@link #askBelow} resolves
     *     paths instead of appending them
     */
    public static Target of(String url, ServerResource server, boolean strict) {
        URI uri = URI.create(url);
        String userInfo = uri.getUserInfo();
        Map<String, String> headers = userInfo == null
                ? Map.of()
                : Map.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8)));
        URI asked = URI.create(withoutUserInfo(withoutFragment(url)));
        UnixUrl unix = UnixUrl.of(asked);
        String site = withoutQuery(withoutUserInfo(withoutFragment(url)));
        return new Target(
                unix == null ? asked : unix.at(unix.target()),
                site,
                strict ? withoutUserInfo(url) : site,
                headers,
                server,
                strict);
    }

    /** The URL to ask, without user and password. */
    public URI uri() {
        return uri;
    }

    /** The value of the address attribute: {@link #site}, with the query if the target is strict. */
    public String address() {
        return address;
    }

    /** The URL as configured, without user, password and query: for log lines. */
    public String site() {
        return site;
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

    /**
     * A GET below the URL as a base. A strict target resolves the path as RFC 3986 says, as Python's {@code urljoin} does: what
     * stands after the base's last slash is lost, and so is its query.
     *
     * @param path without a slash at its beginning, percent-encoded
     */
    public HttpAsk askBelow(Api api, String path, Duration timeout) {
        if (!strict || UnixUrl.isUnix(uri)) {
            return ask(api, "/" + path, "", timeout);
        }
        int authority = site.indexOf("://") + 3;
        int slash = site.lastIndexOf('/');
        String folder = slash < authority ? site : site.substring(0, slash);
        return new HttpAsk("GET", URI.create(folder + "/" + path), headers, timeout, api.keyRole());
    }

    /** An OPTIONS of the base, which TorchServe answers without a key. */
    HttpAsk askOptions(Duration timeout) {
        return new HttpAsk("OPTIONS", below("/", ""), headers, timeout, HttpAsk.KeyRole.NONE);
    }

    /** {@code host:port}, with the scheme's port where the URL has none; the path of a Unix socket. */
    public static String hostAndPort(URI uri) {
        UnixUrl unix = UnixUrl.of(uri);
        if (unix != null) {
            return unix.socket();
        }
        String authority = uri.getRawAuthority(); // URI itself knows no host with an underscore, as Docker makes them
        String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        if (host.lastIndexOf(':') > host.lastIndexOf(']')) {
            return host;
        }
        return host + (uri.getScheme().equalsIgnoreCase("https") ? ":443" : ":80");
    }

    @Override
    public String toString() {
        return site;
    }

    private URI below(String path, String query) {
        String whole = withoutQuery(uri.toString());
        String base = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
        String own = uri.getRawQuery();
        String all = own == null || own.isEmpty() ? query : query.isEmpty() ? own : own + "&" + query;
        return URI.create(base + path + (all.isEmpty() ? "" : "?" + all));
    }

    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
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
