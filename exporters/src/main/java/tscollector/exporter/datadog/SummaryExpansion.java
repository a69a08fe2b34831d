package tscollector.exporter.datadog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;

/**
 * Summaries as Datadog has them: two counters {@code .count} and {@code .sum}, which become deltas like all others, and a gauge
 * {@code .quantile} for each quantile. A group without summaries stays the same instance. Thread-safe.
 */
final class SummaryExpansion {
    private final PlanCache<SummaryPlan> plans = new PlanCache<>();

    MetricBatch expand(MetricBatch batch) {
        List<MetricGroup> groups = null;
        for (int i = 0; i < batch.groups().size(); i++) {
            MetricGroup group = batch.groups().get(i);
            MetricGroup expanded = expand(group);
            if (expanded != group && groups == null) {
                groups = new ArrayList<>(batch.groups());
            }
            if (groups != null) {
                groups.set(i, expanded);
            }
        }
        return groups == null ? batch : new MetricBatch(groups);
    }

    private MetricGroup expand(MetricGroup group) {
        SummaryPlan plan = plans.planFor(group, SummaryPlan::of);
        if (plan.isEmpty()) {
            return group;
        }
        MetricGroup expanded = plan.apply(group);
        return expanded == null ? Objects.requireNonNull(SummaryPlan.of(group).apply(group)) : expanded;
    }
}
