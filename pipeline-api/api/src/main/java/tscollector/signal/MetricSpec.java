package tscollector.signal;

import java.util.List;

/**
 * The declaration of one metric: used to make the data and to write the reference page, so that the two cannot differ.
 *
 * @param name as emitted
 * @param unit UCUM, or empty
 * @param kind gauge, sum, ...
 * @param description one sentence
 * @param attributes names of the point attributes
 * @param source where the number comes from, for instance {@code GET /models/X/all: workers[].memoryUsage}
 */
public record MetricSpec(
        String name, String unit, Kind kind, String description, List<String> attributes, String source) {
    /** The kinds as a reader of the reference page needs them. */
    public enum Kind {
        GAUGE,
        /** A monotonic cumulative sum. */
        COUNTER,
        HISTOGRAM,
        SUMMARY
    }

    public MetricSpec {
        attributes = List.copyOf(attributes);
    }
}
