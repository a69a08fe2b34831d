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
 */
record Answer(long rejected, String note, @Nullable DeliveryException failure, boolean tooLarge) {
    static Answer taken(long rejected, String note) {
        return new Answer(rejected, note, null, false);
    }

    static Answer failed(DeliveryException failure) {
        return new Answer(0, "", failure, false);
    }

    static Answer tooLarge(String message) {
        return new Answer(0, "", DeliveryException.permanent(message), true);
    }
}
