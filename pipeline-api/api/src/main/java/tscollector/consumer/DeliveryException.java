package tscollector.consumer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Nobody took the batch, or not all of several consumers did: see {@link #isPartly}. Retryable if the same batch may be taken later, permanent if never; whoever is unsure says
 * retryable.
 */
public final class DeliveryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final @Nullable Duration retryAfter;
    private final boolean partly;

    private DeliveryException(
            String message, @Nullable Throwable cause, boolean retryable, @Nullable Duration retryAfter) {
        this(message, cause, retryable, retryAfter, false);
    }

    private DeliveryException(
            String message,
            @Nullable Throwable cause,
            boolean retryable,
            @Nullable Duration retryAfter,
            boolean partly) {
        super(message, cause);
        this.retryable = retryable;
        this.retryAfter = retryAfter;
        this.partly = partly;
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

    /** Some of several consumers refused the batch, {@code refusal} being the first of these; others took it. */
    public static DeliveryException partly(DeliveryException refusal) {
        return new DeliveryException(
                String.valueOf(refusal.getMessage()), refusal, refusal.retryable, refusal.retryAfter, true);
    }

    /**
     * Whether others took the batch all the same. It then counts as taken; who cannot do without the one that refused hands it over
     * again, and those others get it twice.
     */
    public boolean isPartly() {
        return partly;
    }

    public boolean isRetryable() {
        return retryable;
    }

    /** The least time to wait before the next try; null if the one who refused said nothing about it. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
