package tscollector.kit.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The address of something behind a Unix socket, in either of the forms that are in use: {@code unix:///run/ts.sock/metrics},
 * where the socket's name ends with {@code .sock} (or is all there is), and {@code unix://%2Frun%2Fts/metrics}, where its slashes
 * are percent-encoded.
 *
 * @param socket the path of the socket, decoded
 * @param target path and query to ask for, percent-encoded; begins with a slash
 */
public record UnixUrl(String socket, String target) {
    private static final String SUFFIX = ".sock";

    /** Whether an address is of that kind. */
    public static boolean isUnix(URI uri) {
        return "unix".equalsIgnoreCase(uri.getScheme());
    }

    /** The parts of an absolute address; null if it is of another kind or names no socket. */
    public static @Nullable UnixUrl of(URI uri) {
        if (!isUnix(uri) || uri.getRawPath() == null) {
            return null;
        }
        String socket = uri.getRawAuthority();
        String path = uri.getRawPath();
        if (socket == null) {
            int end = endOfSocket(path);
            socket = path.substring(0, end);
            path = path.substring(end);
        }
        String decoded = RequestHeaders.percentDecoded(socket);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        boolean isPath = decoded.startsWith("/") && decoded.length() > 1 && decoded.indexOf('\0') < 0;
        return isPath ? new UnixUrl(decoded, (path.isEmpty() ? "/" : path) + query) : null;
    }

    /** The address of another target behind the same socket, in the form with an encoded socket. */
    public URI at(String otherTarget) {
        String encoded = URLEncoder.encode(socket, StandardCharsets.UTF_8).replace("+", "%20");
        return URI.create("unix://" + encoded + otherTarget);
    }

    private static int endOfSocket(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(SUFFIX + "/");
        return at < 0 ? path.length() : at + SUFFIX.length();
    }
}
