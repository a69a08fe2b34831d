package tscollector.exposition;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.signal.ExposedType;

/** The types that a TYPE line may name, those of OpenMetrics 1.0 included. */
enum DeclaredType {
    COUNTER(ExposedType.COUNTER),
    GAUGE(ExposedType.GAUGE),
    HISTOGRAM(ExposedType.HISTOGRAM),
    SUMMARY(ExposedType.SUMMARY),
    UNTYPED(ExposedType.UNTYPED),
    /** The last three are OpenMetrics' own; their samples travel as numbers of no particular type. */
    INFO(ExposedType.UNTYPED),
    STATESET(ExposedType.UNTYPED),
    GAUGEHISTOGRAM(ExposedType.UNTYPED);

    private static final Map<String, DeclaredType> BY_WORD = Map.of(
            "counter", COUNTER,
            "gauge", GAUGE,
            "histogram", HISTOGRAM,
            "summary", SUMMARY,
            "untyped", UNTYPED,
            "unknown", UNTYPED,
            "info", INFO,
            "stateset", STATESET,
            "gaugehistogram", GAUGEHISTOGRAM);

    private final ExposedType exposed;

    DeclaredType(ExposedType exposed) {
        this.exposed = exposed;
    }

    ExposedType exposed() {
        return exposed;
    }

    static @Nullable DeclaredType ofWord(String word) {
        return BY_WORD.get(word);
    }
}
