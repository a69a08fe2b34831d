package tscollector.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it arrived.
 *
 * @param api the address it came to; with one shared address always {@link Api#INFERENCE}
 * @param method the word before the target
 * @param target path and query, still percent-encoded
 * @param headers values by name in lower case, in order of arrival
 * @param time when its head was complete, by the simulator's clock
 */
public record RecordedRequest(Api api, String method, String target, Map<String, List<String>> headers, Instant time) {

    /** Copies the headers. */
    public RecordedRequest {
        headers = Map.copyOf(headers);
    }

    /** The first value of a header, whatever its case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The target without its query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
