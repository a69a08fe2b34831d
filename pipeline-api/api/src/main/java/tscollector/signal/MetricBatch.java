package tscollector.signal;

import java.util.ArrayList;
import java.util.List;

/**
 * Metric groups on their way. One run of a receiver for one target is one batch, and its groups differ in Resource or scope.
 *
 * @param groups at least one
 */
public record MetricBatch(List<MetricGroup> groups) implements Batch {
    public MetricBatch {
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one group");
        }
    }

    /** The metrics of all groups, in order. */
    public List<Metric> allMetrics() {
        List<Metric> all = new ArrayList<>();
        groups.forEach(group -> all.addAll(group.metrics()));
        return all;
    }

    @Override
    public int itemCount() {
        int points = 0;
        for (MetricGroup group : groups) {
            points += group.pointCount();
        }
        return points;
    }
}
