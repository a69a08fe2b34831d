package tscollector.processor.naming;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.processor.Processor;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;
import tscollector.telemetry.Telemetry;

/**
 * Gives each group what its plan says. A batch is one run of one target: labels that series share and the number of series are
 * looked at over all its groups. A batch in which nothing changed is passed on itself; one of which nothing is left is not passed
 * on. Thread-safe.
 */
final class NamingProcessor implements Processor<MetricBatch> {
    /** Plans of one shape, of which all but one are for situations that may come back. */
    private static final int SITUATIONS = 8;

    private final Naming naming;
    private final LabelSharing sharing;
    private final @Nullable RunTelemetry runTelemetry;
    private final Telemetry telemetry;
    private final Consumer<MetricBatch> next;
    private final PlanCache<Recent<NamingPlan.Situation, NamingPlan>> plans = new PlanCache<>();

    NamingProcessor(
            Naming naming,
            LabelSharing sharing,
            @Nullable RunTelemetry runTelemetry,
            Telemetry telemetry,
            Consumer<MetricBatch> next) {
        this.naming = naming;
        this.sharing = sharing;
        this.runTelemetry = runTelemetry;
        this.telemetry = telemetry;
        this.next = next;
    }

    @Override
    public void consume(MetricBatch batch) throws DeliveryException {
        List<MetricGroup> changed = new ArrayList<>(batch.groups().size() + 1);
        SharedLabels shared = sharing.of(batch);
        NamingPlan.Tally tally = NamingPlan.Tally.NOTHING;
        int left = naming.limit();
        for (MetricGroup group : batch.groups()) {
            NamingPlan plan = planFor(group, shared, left);
            plan.apply(group, telemetry, changed);
            left = plan.contextsLeft();
            tally = runTelemetry == null ? tally : tally.plus(plan.tally(group));
        }
        if (runTelemetry != null) {
            MetricGroup about = runTelemetry.of(batch, tally);
            if (about != null) {
                changed.add(about);
            }
        }
        if (isSame(batch.groups(), changed)) {
            next.consume(batch);
        } else if (!changed.isEmpty()) {
            next.consume(new MetricBatch(changed));
        }
    }

    private NamingPlan planFor(MetricGroup group, SharedLabels shared, int left) {
        NamingPlan.Situation situation = shared.isEmpty() && left == NamingPlan.Situation.NO_LIMIT
                ? NamingPlan.Situation.PLAIN
                : new NamingPlan.Situation(
                        shared,
                        left,
                        left == NamingPlan.Situation.NO_LIMIT ? List.of() : ContextLimit.notFinite(group));
        return plans.planFor(group, first -> new Recent<>(SITUATIONS))
                .get(situation, () -> PlanDraft.planFor(group, naming, situation));
    }

    private static boolean isSame(List<MetricGroup> before, List<MetricGroup> after) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i) != after.get(i)) {
                return false;
            }
        }
        return true;
    }
}
