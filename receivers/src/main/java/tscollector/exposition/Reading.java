package tscollector.exposition;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.signal.MetricGroup;

/**
 * What one body came to.
 *
 * @param outcome whether it is to be used
 * @param samples lines that were read as samples; 0 unless the outcome is {@link Outcome#READ}
 * @param group the metrics; null if there is none
 * @param errors what could not be read
 * @param left samples that are left out or merged, by reason
 * @param repairs histograms and summaries whose numbers did not fit together and were mended
 */
record Reading(
        Outcome outcome,
        int samples,
        @Nullable MetricGroup group,
        LineErrors errors,
        Map<String, Integer> left,
        int repairs) {
    /** What a body is worth. */
    enum Outcome {
        READ,
        /** Not a single line but blank ones and remarks. */
        EMPTY,
        /** Lines, and none of them can be read. */
        UNREADABLE,
        /** More samples or families than may be. */
        OVER_LIMIT,
        /** There is no room to remember its series. */
        NO_MEMORY
    }

    static Reading nothing(Outcome outcome, LineErrors errors) {
        return new Reading(outcome, 0, null, errors, Map.of(), 0);
    }
}
