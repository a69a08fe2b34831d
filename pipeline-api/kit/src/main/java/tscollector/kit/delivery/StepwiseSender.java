package tscollector.kit.delivery;

import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;

/**
 * Sends one batch in several requests, some of which the backend may take while it refuses others. A try that fails is followed by
 * one that sends only what is left, and what is given up in the end is only what is left.
 *
 * @param <B> the batch class
 */
@FunctionalInterface
public interface StepwiseSender<B extends Batch> {
    /** Takes a batch apart, on the thread that then sends; called once for each batch, before its first try. */
    Steps begin(B batch);

    /** One batch on its way. One thread at a time. */
    @FunctionalInterface
    interface Steps {
        /**
         * Sends what is left of the batch.
         *
         * @param progress hears of every item of the batch exactly once, in this try or a later one
         * @throws DeliveryException not all was taken; if retryable, the next try begins with what {@code progress} was not told
         *     about; if permanent, that is lost
         * @throws InterruptedException the time is up
         */
        void send(Progress progress) throws DeliveryException, InterruptedException;

        /**
         * Whether the backend surely has nothing of what counts in the batch: nothing was taken, and no request was left without an
         * answer that says so. Asked when the batch is given up because the process stops; whoever is unsure says no.
         */
        default boolean isUntaken() {
            return false;
        }
    }
}
