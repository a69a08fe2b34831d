package tscollector.kit.http;

import java.net.URI;
import java.util.Set;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Where an answer sends its client (RFC 9110 15.4). */
final class Redirect {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private Redirect() {}

    /** The address to ask instead of {@code uri}, or null if the answer is one to be used as it is. */
    static @Nullable URI target(URI uri, HttpResponse head) {
        String location = RequestHeaders.valueOf(head, "location");
        if (location == null || !STATUSES.contains(head.getCode())) {
            return null;
        }
        try {
            URI target = uri.resolve(location);
            return Origin.of(target).isHttp() ? target : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
