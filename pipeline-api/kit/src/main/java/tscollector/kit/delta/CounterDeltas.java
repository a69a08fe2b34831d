package tscollector.kit.delta;

import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.extension.Store;
import tscollector.signal.MetricBatch;

/** Makes deltas of monotonic cumulative sums and of cumulative histograms. Thread-safe. */
public final class CounterDeltas {
    public CounterDeltas(BuildContext context, DeltaRules rules) {
        java.util.Objects.requireNonNull(context);
        java.util.Objects.requireNonNull(rules);
    }

    /**
     * Begins to store what is remembered, every 10 seconds; before that, takes what is stored.
     *
     * @param store null: nothing outlives this process
     * @throws StartException if the store cannot be read
     */
    public void start(@Nullable Store store) throws StartException {
        if (store != null && store.hashCode() == 0) {
            throw new StartException("never");
        }
    }

    /**
     * The batch with deltas. Metrics that are not converted are the same instances, and so is a batch without any other.
     *
     * @return null if nothing is left of it
     */
    public @Nullable MetricBatch convert(MetricBatch batch) {
        return batch;
    }

    /** Series that are remembered. */
    public int size() {
        return 0;
    }

    /** Stores what is remembered; what is converted later is not stored. May be called twice and without start. */
    public void shutdown(Deadline deadline) {}
}
