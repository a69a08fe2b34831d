package tscollector.processor.naming;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One name that {@code metrics} or {@code extra_metrics} lists.
 *
 * @param exposed the exposed name, or a regular expression
 * @param pattern the expression, compiled; null for a plain name
 * @param sentName without prefix; null where each metric keeps its own
 * @param sentAs how it is sent
 * @param scale parts of a second, for {@link SentAs#TEMPORAL_PERCENT}; else 1
 * @param statuses value to state 0-3, for {@link SentAs#SERVICE_CHECK}; else empty
 */
record MetricEntry(
        String exposed,
        @Nullable Pattern pattern,
        @Nullable String sentName,
        SentAs sentAs,
        long scale,
        Map<Long, Long> statuses) {

    MetricEntry {
        statuses = Map.copyOf(statuses);
    }

    /** An entry of a type that needs nothing else. */
    static MetricEntry of(String exposed, @Nullable Pattern pattern, @Nullable String sentName, SentAs sentAs) {
        return new MetricEntry(exposed, pattern, sentName, sentAs, 1, Map.of());
    }
}
