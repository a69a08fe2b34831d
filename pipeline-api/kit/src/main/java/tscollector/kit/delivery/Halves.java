package tscollector.kit.delivery;

import java.util.List;
import tscollector.signal.Batch;
import tscollector.signal.Signal;

/** Cuts batches that a backend found too large, between two groups where there are several, else between two items. */
public final class Halves {
    private Halves() {}

    /** The batch in two parts, in order; {@code batch} has at least two items. */
    public static <B extends Batch> List<B> of(Signal<B> signal, B batch) {
        Batching<B> batching = Batching.of(signal);
        List<B> groups = batching.groups(batch);
        if (groups.size() > 1) {
            int half = groups.size() / 2;
            return List.of(batching.join(groups.subList(0, half)), batching.join(groups.subList(half, groups.size())));
        }
        int half = batch.itemCount() / 2;
        if (half == 0) {
            throw new IllegalArgumentException("a single item has no halves");
        }
        return List.of(batching.slice(batch, 0, half), batching.slice(batch, half, batch.itemCount()));
    }
}
