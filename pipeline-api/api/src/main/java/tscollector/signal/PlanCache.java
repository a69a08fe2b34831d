package tscollector.signal;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * Keeps what was worked out once per {@link Shape}, for as long as that shape lives. Thread-safe.
 *
 * <p>A plan must not refer to the input shape it is kept for (nor to a group that does), or it would keep itself alive.
 *
 * @param <P> the plan
 */
public final class PlanCache<P> {
    private final Map<Shape, P> plans = new WeakHashMap<>(); // Shape has identity equality; guarded by this

    /** The plan for the group's shape, made by {@code planner} at its first sight. */
    public synchronized P planFor(MetricGroup group, Function<MetricGroup, P> planner) {
        P plan = plans.get(group.shape());
        if (plan == null) {
            plan = planner.apply(group);
            plans.put(group.shape(), plan);
        }
        return plan;
    }

    /** Plans of shapes that are still alive; for tests and self-telemetry. */
    public synchronized int size() {
        return plans.size();
    }
}
