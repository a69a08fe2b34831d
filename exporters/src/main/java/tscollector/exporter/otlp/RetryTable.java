package tscollector.exporter.otlp;

import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.DeliveryException;

/** Which failures are worth another try: OTLP's table. */
final class RetryTable {
    private RetryTable() {}

    /** @param retryAfter what the backend asked for; counts for answers that are tried again only */
    static DeliveryException ofHttp(int status, String message, @Nullable Duration retryAfter) {
        return ofHttp(status, message, retryAfter, false);
    }

    /** @param serverErrors whether 408 and 500 are worth another try, too */
    static DeliveryException ofHttp(int status, String message, @Nullable Duration retryAfter, boolean serverErrors) {
        boolean retryable = switch (status) {
            case 429, 502, 503, 504 -> true;
            case 408, 500 -> serverErrors;
            default -> false;
        };
        return retryable
                ? DeliveryException.retryable(message, null, retryAfter)
                : DeliveryException.permanent(message);
    }

    /** @param retryInfo what the backend asked for in its {@code RetryInfo}; null if there was none */
    static DeliveryException ofGrpc(GrpcStatusCode status, String message, @Nullable Duration retryInfo) {
        boolean retryable = switch (status) {
            case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS -> true;
            // Without RetryInfo it means that the request itself is too large.
            case RESOURCE_EXHAUSTED -> retryInfo != null;
            case OK,
                    UNKNOWN,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    UNIMPLEMENTED,
                    INTERNAL,
                    UNAUTHENTICATED -> false;
        };
        return retryable ? DeliveryException.retryable(message, null, retryInfo) : DeliveryException.permanent(message);
    }

    /** The gRPC status that an HTTP status stands for where a proxy answered, as gRPC itself maps them. */
    static GrpcStatusCode grpcOfHttp(int status) {
        return switch (status) {
            case 400 -> GrpcStatusCode.INTERNAL;
            case 401 -> GrpcStatusCode.UNAUTHENTICATED;
            case 403 -> GrpcStatusCode.PERMISSION_DENIED;
            case 404 -> GrpcStatusCode.UNIMPLEMENTED;
            case 429, 502, 503, 504 -> GrpcStatusCode.UNAVAILABLE;
            default -> GrpcStatusCode.UNKNOWN;
        };
    }
}
