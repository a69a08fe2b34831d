package tscollector.exporter.otlp;

import org.jspecify.annotations.Nullable;
import tscollector.consumer.DeliveryException;

/**
 * What became of one request.
 *
 * @param rejected items that the backend did not take although it answered well
 * @param note what the backend said about that; empty if nothing
 * @param failure why nothing was taken; null if something was
 * @param tooLarge whether that is its size, so that a smaller one may be taken
 * @param status of HTTP or gRPC; null if there was no answer
 */
record Answer(
        long rejected,
        String note,
        @Nullable DeliveryException failure,
        boolean tooLarge,
        @Nullable String status) {
    static Answer taken(long rejected, String note) {
        return new Answer(rejected, note, null, false, null);
    }

    static Answer failed(DeliveryException failure) {
        return new Answer(0, "", failure, false, null);
    }

    static Answer tooLarge(String message) {
        return new Answer(0, "", DeliveryException.permanent(message), true, null);
    }

    /** The same with the status it came with. */
    Answer with(String newStatus) {
        return new Answer(rejected, note, failure, tooLarge, newStatus);
    }
}
