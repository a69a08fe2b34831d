package tscollector.app.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;

/**
 * Gives the same immutable batch to every branch, tries all, then throws the first failure with the others suppressed; one that says
 * so if any branch took the batch.
 */
final class FanOut<B extends Batch> implements Consumer<B> {
    private final List<Consumer<B>> branches;

    private FanOut(List<Consumer<B>> branches) {
        this.branches = List.copyOf(branches);
    }

    /** One consumer that reaches all {@code branches}; the branch itself if there is only one. */
    static <B extends Batch> Consumer<B> to(List<Consumer<B>> branches) {
        return branches.size() == 1 ? branches.get(0) : new FanOut<>(branches);
    }

    @Override
    public void consume(B batch) throws DeliveryException {
        @Nullable DeliveryException first = null;
        boolean isTaken = false;
        for (Consumer<B> branch : branches) {
            try {
                branch.consume(batch);
                isTaken = true;
            } catch (DeliveryException e) {
                isTaken |= e.isPartly();
                if (first == null) {
                    first = e;
                } else if (first != e) {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw isTaken && !first.isPartly() ? DeliveryException.partly(first) : first;
        }
    }
}
