package tscollector.simulator;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the metrics address answers. */
final class MetricsApi {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final MetricRegistry registry;
    private volatile MetricsMode mode;
    private final Charset charset;

    /** @param charset of the server's JVM, whatever the header says */
    MetricsApi(MetricRegistry registry, MetricsMode mode, Charset charset) {
        this.registry = registry;
        this.mode = mode;
        this.charset = charset;
    }

    /** What pages show from now on. */
    void mode(MetricsMode mode) {
        this.mode = mode;
    }

    /** The page, or null when the path is none of this address. Method and further segments are not looked at. */
    @Nullable
    Answer answer(Request request, List<String> segments, String requestId) {
        if (segments.size() < 2 || !segments.get(1).equals("metrics")) {
            return null;
        }
        Set<String> names = Set.copyOf(request.parameters().getOrDefault("name[]", List.of()));
        byte[] body = registry.page(mode, names).getBytes(charset);
        return Answer.of(200, "OK", TEXT, requestId, body);
    }
}
