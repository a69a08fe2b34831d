package tscollector.processor.naming;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels that some series lend to others. Two of these are equal if they do the same. Immutable.
 *
 * @param forAll for every series
 * @param forSome for series that have certain labels, later ones over earlier ones
 */
record SharedLabels(Map<String, String> forAll, List<Matching> forSome) {
    /** Nothing is shared. */
    static final SharedLabels NONE = new SharedLabels(Map.of(), List.of());

    /**
     * What series get that have certain labels.
     *
     * @param match the labels a series must have
     * @param labels what it is given
     */
    record Matching(Map<String, String> match, Map<String, String> labels) {
        Matching {
            match = Map.copyOf(match);
            labels = Map.copyOf(labels);
        }

        private boolean fits(Attributes series) {
            return match.entrySet().stream()
                    .allMatch(label -> label.getValue().equals(series.get(AttributeKey.stringKey(label.getKey()))));
        }
    }

    SharedLabels {
        forAll = Map.copyOf(forAll);
        forSome = List.copyOf(forSome);
    }

    boolean isEmpty() {
        return forAll.isEmpty() && forSome.isEmpty();
    }

    /** The labels of a series with what it is lent, which counts more than its own; the same instance if that is nothing. */
    Attributes addTo(Attributes series) {
        if (isEmpty()) {
            return series;
        }
        Map<String, String> lent = new LinkedHashMap<>(forAll);
        for (Matching some : forSome) {
            if (some.fits(series)) {
                lent.putAll(some.labels());
            }
        }
        if (lent.isEmpty()) {
            return series;
        }
        AttributesBuilder all = series.toBuilder();
        lent.forEach(all::put);
        return all.build();
    }
}
