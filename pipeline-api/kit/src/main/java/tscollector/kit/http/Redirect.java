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
            URI target = uri.resolve(location);
            return Origin.of(target).isHttp() && mayTake(ask, head, target) ? target : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean mayTake(HttpAsk ask, HttpResponse head, URI target) {
        return ask.body() == null
                || (KEEPING.contains(head.getCode()) && Origin.of(target).isSameAs(Origin.of(ask.uri())));
    }
}
