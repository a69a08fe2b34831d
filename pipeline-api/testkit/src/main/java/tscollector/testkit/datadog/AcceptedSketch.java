package tscollector.testkit.datadog;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One distribution of {@code /api/beta/sketches} at one second.
 *
 * @param host empty for none
 * @param bins key to count; a key that was repeated has the sum
 */
public record AcceptedSketch(
        String metric,
        String host,
        List<String> tags,
        long timestamp,
        long count,
        double min,
        double max,
        double avg,
        double sum,
        SortedMap<Integer, Long> bins) {
    public AcceptedSketch {
        tags = List.copyOf(tags);
        bins = new TreeMap<>(bins);
    }
}
