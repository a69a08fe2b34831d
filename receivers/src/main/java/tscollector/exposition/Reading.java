package tscollector.exposition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.signal.MetricGroup;

/**
 * What one body came to.
 *
 * @param outcome whether it is to be used
 * @param samples lines that were read as samples; 0 unless the outcome is {@link Outcome#READ}
 * @param groups the metrics, one group a host; empty if there are none
 * @param errors what could not be read
 * @param left samples that are left out or merged, by reason
 * @param repairs histograms and summaries whose numbers did not fit together and were mended
 * @param filteredLines lines that filters left out
 */
record Reading(
        Outcome outcome,
        int samples,
        List<MetricGroup> groups,
        LineErrors errors,
        Map<String, Integer> left,
        int repairs,
        int filteredLines) {
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
        NO_MEMORY;

        boolean isFailure() {
            return this != READ && this != EMPTY;
        }
    }

    /** The only group of a target whose samples are all of one host; null if there are none. */
    @Nullable
    MetricGroup group() {
        return groups.isEmpty() ? null : groups.get(0);
    }

    static Reading nothing(Outcome outcome, ScannedExposition scan) {
        return new Reading(outcome, 0, List.of(), scan.errors(), Map.of(), 0, scan.filteredLines());
    }
}
