package tscollector.processor.filter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.reshape.GroupPlan;
import tscollector.reshape.GroupProcessor;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;
import tscollector.telemetry.Telemetry;

/** Filters metric groups. What passes depends on names and attributes only, so it is decided once per shape. */
final class MetricFilter implements GroupProcessor.Change<MetricGroup> {
    /** What to keep of a shape, and how many points go each time for which reason. */
    private record Plan(GroupPlan kept, Map<String, Integer> dropped) {}

    private final Verdict verdict;
    private final Telemetry telemetry;
    private final PlanCache<Plan> plans = new PlanCache<>();

    MetricFilter(Verdict verdict, Telemetry telemetry) {
        this.verdict = verdict;
        this.telemetry = telemetry;
    }

    @Override
    public @Nullable MetricGroup change(MetricGroup group) {
        Plan plan = plans.planFor(group, this::plan);
        plan.dropped.forEach(telemetry::dropped);
        return plan.kept.apply(group, telemetry);
    }

    private Plan plan(MetricGroup group) {
        GroupPlan.Builder kept = GroupPlan.of(group);
        Map<String, Integer> dropped = new HashMap<>();
        for (int i = 0; i < group.metrics().size(); i++) {
            Metric metric = group.metrics().get(i);
            kept.add(i, attributes -> {
                String reason = verdict.reasonToDrop(group.resource(), metric.name(), attributes);
                if (reason != null) {
                    dropped.merge(reason, 1, Integer::sum);
                }
                return reason == null ? attributes : null;
            });
        }
        return new Plan(kept.build(), Map.copyOf(dropped));
    }
}
