package tscollector.kit.delivery;

import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;

/**
 * Sends one batch to one backend and waits for its answer: all that an exporter has to write. Called on threads of the blocking
 * lane, by as many at once as the queue has consumers.
 *
 * @param <B> the batch class
 */
@FunctionalInterface
public interface Sender<B extends Batch> {
    /**
     * Sends the batch.
     *
     * @return how many of its items the backend did not take although it answered well (partial success); 0 if it took all.
     *     These are lost and counted, never tried again
     * @throws DeliveryException nothing was taken; retryable or permanent by the rules of the protocol
     * @throws InterruptedException the time is up; nothing is known to be taken
     */
    long send(B batch) throws DeliveryException, InterruptedException;
}
