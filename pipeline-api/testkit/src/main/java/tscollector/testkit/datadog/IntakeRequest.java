package tscollector.testkit.datadog;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came in.
 *
 * @param target path and query
 * @param headers names in lower case
 * @param body as sent, before decompression
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
public record IntakeRequest(String method, String target, Map<String, String> headers, byte[] body) {
    public IntakeRequest {
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /** The target without its query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The header's value, or null; {@code name} in lower case. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
