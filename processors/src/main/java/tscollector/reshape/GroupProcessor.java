package tscollector.reshape;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.processor.Processor;
import tscollector.signal.Batch;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;

/**
 * A processor that looks at one group at a time. A batch in which nothing changed is passed on itself; one of which nothing is
 * left is not passed on. Thread-safe if its change is.
 *
 * @param <B> the batch
 * @param <G> its groups
 */
public final class GroupProcessor<B extends Batch, G> implements Processor<B> {
    private final Function<B, List<G>> groupsOf;
    private final Function<List<G>, B> batchOf;
    private final Change<G> change;
    private final Consumer<B> next;

    private GroupProcessor(
            Function<B, List<G>> groupsOf, Function<List<G>, B> batchOf, Change<G> change, Consumer<B> next) {
        this.groupsOf = groupsOf;
        this.batchOf = batchOf;
        this.change = change;
        this.next = next;
    }

    /** What becomes of one group. */
    @FunctionalInterface
    public interface Change<G> {
        /** The group to pass on, the same instance if nothing changes; null if nothing is left. */
        @Nullable
        G change(G group);
    }

    public static Processor<MetricBatch> ofMetrics(Change<MetricGroup> change, Consumer<MetricBatch> next) {
        return new GroupProcessor<>(MetricBatch::groups, MetricBatch::new, change, next);
    }

    public static Processor<LogBatch> ofLogs(Change<LogGroup> change, Consumer<LogBatch> next) {
        return new GroupProcessor<>(LogBatch::groups, LogBatch::new, change, next);
    }

    @Override
    public void consume(B batch) throws DeliveryException {
        List<G> groups = groupsOf.apply(batch);
        List<G> changed = new ArrayList<>(groups.size());
        boolean same = true;
        for (G group : groups) {
            G result = change.change(group);
            same &= result == group;
            if (result != null) {
                changed.add(result);
            }
        }
        if (same) {
            next.consume(batch);
        } else if (!changed.isEmpty()) {
            next.consume(batchOf.apply(changed));
        }
    }
}
