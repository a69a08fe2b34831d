package tscollector.signal;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was worked out once per {@link Shape}, for as long as that shape lives. Thread-safe.
 *
 * <p>A plan must not refer to the input shape it is kept for (nor to a group that does), or it would keep itself alive.
 *
 * @param <P> the plan
 */
public final class PlanCache<P> {
    private final Map<Shape, P> plans = new WeakHashMap<>(); // Shape has identity equality; guarded by this

    /**
     * The plan for the group's shape, made by {@code planner} at its first sight. A plan is made outside the lock, so that a large one
     * holds nobody up: threads that see a shape for the first time at the same moment each make one, and the first stays.
     */
    public P planFor(MetricGroup group, Function<MetricGroup, P> planner) {
        Shape shape = group.shape();
        P known = known(shape);
        return known != null ? known : keep(shape, planner.apply(group));
    }

    private synchronized @Nullable P known(Shape shape) {
        return plans.get(shape);
    }

    private synchronized P keep(Shape shape, P made) {
        P first = plans.putIfAbsent(shape, made);
        return first != null ? first : made;
    }

    /** Plans of shapes that are still alive; for tests and self-telemetry. */
    public synchronized int size() {
        return plans.size();
    }
}
