package tscollector.kit.http;

import java.net.URI;
import java.util.Set;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Where an answer sends its client (RFC 9110 15.4). */
final class Redirect {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    /** Those that keep method and body. */
    private static final Set<Integer> KEEPING = Set.of(307, 308);

    private Redirect() {}

    /**
     * The address to ask instead of {@code uri}, or null if the answer is one to be used as it is. A body is sent again only
     * where the redirect says so, and never to another server.
     */
    static @Nullable URI target(HttpAsk ask, URI uri, HttpResponse head) {
        String location = RequestHeaders.valueOf(head, "location");
        if (location == null || !STATUSES.contains(head.getCode())) {
            return null;
        }
        try {
            URI target = resolve(uri, location);
            return mayTake(ask, uri, head, target) ? target : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A server behind a Unix socket knows itself as localhost. */
    private static URI resolve(URI uri, String location) {
        UnixUrl unix = UnixUrl.of(uri);
        if (unix == null) {
            return uri.resolve(location);
        }
        URI target = URI.create("http://localhost" + unix.target()).resolve(location);
        boolean same = Origin.of(target).isSameAs(new Origin("http", "localhost", -1));
        return same ? unix.at(ApacheHttpCaller.targetOf(target)) : target;
    }

    /** No server may lead to a Unix socket, but to its own. */
    private static boolean mayTake(HttpAsk ask, URI uri, HttpResponse head, URI target) {
        Origin origin = Origin.of(target);
        if (!origin.isHttp() && !(origin.isUnix() && origin.isSameAs(Origin.of(uri)))) {
            return false;
        }
        return ask.body() == null
                || (KEEPING.contains(head.getCode()) && Origin.of(target).isSameAs(Origin.of(ask.uri())));
    }
}
