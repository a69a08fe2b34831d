package tscollector.testkit;

import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;

/**
 * A gate in front of another consumer that refuses every batch while it is told to, and counts what it refused. Thread-safe.
 *
 * @param <B> the batch class
 */
public final class RefusingConsumer<B extends Batch> implements Consumer<B> {
    private final Consumer<B> next;
    private boolean refuses; // guarded by this
    private long refusedItems; // guarded by this

    /** A gate that is open. */
    public RefusingConsumer(Consumer<B> next) {
        this.next = next;
    }

    /** From now on every batch is refused, or none. */
    public synchronized void refuse(boolean newRefuses) {
        refuses = newRefuses;
    }

    /** Points or records that were refused so far; those of a batch that came twice count twice. */
    public synchronized long refusedItems() {
        return refusedItems;
    }

    @Override
    public void consume(B batch) throws DeliveryException {
        synchronized (this) {
            if (refuses) {
                refusedItems += batch.itemCount();
                throw DeliveryException.retryable("refused by the test");
            }
        }
        next.consume(batch);
    }
}
