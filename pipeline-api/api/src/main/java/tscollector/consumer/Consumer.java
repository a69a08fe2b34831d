package tscollector.consumer;

import tscollector.signal.Batch;

/**
 * Takes batches: a processor, a fan-out, the queue of an exporter.
 *
 * @param <B> the batch class of one signal
 */
@FunctionalInterface
public interface Consumer<B extends Batch> {
    /**
     * Takes over {@code batch}. Returns when the next owner has it; throws if nobody took it. May be called by several threads
     * at once.
     *
     * @throws DeliveryException the one "no" there is
     */
    void consume(B batch) throws DeliveryException;
}
