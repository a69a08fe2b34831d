package tscollector.kit.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port of an address: what is connected to, and what messages may show, since it has no user, password, path and
 * query.
 *
 * @param scheme in lower case
 * @param host as the user wrote it, without the brackets of an IPv6 address; the path of a Unix socket; empty if there is none
 * @param port -1 if the address has none
 */
record Origin(String scheme, String host, int port) {
    private static final String UNIX = "unix";
    private static final int LONGEST_SHOWN = 100;
    private static final int HIGHEST_PORT = 65_535;

    /** The origin of an absolute address. {@link URI} itself knows no host with an underscore, as in many a Compose file. */
    static Origin of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals(UNIX)) {
            UnixUrl unix = UnixUrl.of(uri);
            return new Origin(UNIX, unix == null ? "" : unix.socket(), -1);
        }
        if (uri.getHost() != null) {
            return new Origin(scheme, withoutBrackets(uri.getHost()), uri.getPort());
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = hostAndPort.lastIndexOf(':');
        if (colon < 0) {
            return new Origin(scheme, hostAndPort, -1);
        }
        String port = hostAndPort.substring(colon + 1);
        boolean isPort = port.matches("\\d{1,5}") && Integer.parseInt(port) <= HIGHEST_PORT;
        return isPort
                ? new Origin(scheme, hostAndPort.substring(0, colon), Integer.parseInt(port))
                : new Origin(scheme, "", -1);
    }

    /** {@code user:password} of the address, still percent-encoded, or null. */
    static @Nullable String userInfoOf(URI uri) {
        String authority = uri.getRawAuthority();
        int at = authority == null ? -1 : authority.lastIndexOf('@');
        return at < 0 ? null : authority.substring(0, at);
    }

    boolean isHttps() {
        return scheme.equals("https");
    }

    /** Whether it can be asked over TCP. */
    boolean isHttp() {
        return !host.isEmpty() && (isHttps() || scheme.equals("http"));
    }

    /** Whether it can be asked through a Unix socket. */
    boolean isUnix() {
        return !host.isEmpty() && scheme.equals(UNIX);
    }

    /** The port that is connected to. */
    int effectivePort() {
        return port >= 0 ? port : isHttps() ? 443 : 80;
    }

    boolean isSameAs(Origin other) {
        return scheme.equals(other.scheme)
                && (isUnix() ? host.equals(other.host) : host.equalsIgnoreCase(other.host))
                && effectivePort() == other.effectivePort();
    }

    /** As the user wrote it, for messages; of very long hosts the beginning. */
    @Override
    public String toString() {
        String shown = host.length() <= LONGEST_SHOWN ? host : host.substring(0, LONGEST_SHOWN - 3) + "...";
        return scheme + "://" + (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + (port < 0 ? "" : ":" + port);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
