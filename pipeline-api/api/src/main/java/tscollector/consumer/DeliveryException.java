package tscollector.consumer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Nobody took the batch. Retryable if the same batch may be taken later, permanent if never; whoever is unsure says
 * retryable.
 */
public final class DeliveryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final @Nullable Duration retryAfter;

    private DeliveryException(
            String message, @Nullable Throwable cause, boolean retryable, @Nullable Duration retryAfter) {
        super(message, cause);
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    public static DeliveryException retryable(String message) {
        return new DeliveryException(message, null, true, null);
    }

    public static DeliveryException retryable(String message, @Nullable Throwable cause) {
        return new DeliveryException(message, cause, true, null);
    }

    /** @param retryAfter the least time to wait, as the backend asked for it */
    public static DeliveryException retryable(
            String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        return new DeliveryException(message, cause, true, retryAfter);
    }

    public static DeliveryException permanent(String message) {
        return new DeliveryException(message, null, false, null);
    }

    public static DeliveryException permanent(String message, @Nullable Throwable cause) {
        return new DeliveryException(message, cause, false, null);
    }

    public boolean isRetryable() {
        return retryable;
    }

    /** The least time to wait before the next try; null if the one who refused said nothing about it. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
