package tscollector.torchserve;

import io.opentelemetry.api.common.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpFailure;

/**
 * How a run ended.
 *
 * @param state what the API is like
 * @param errorType null exactly when the state is ok
 * @param message what is wrong, the same text for the same fault: no durations, counts or ephemeral ports; at most 200 characters,
 *     empty exactly when the state is ok
 */
public record Outcome(ApiState state, @Nullable ErrorType errorType, String message) {
    public static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("error.message");

    /** All is well. */
    public static final Outcome OK = new Outcome(ApiState.OK, null, "");

    private static final int LONGEST_MESSAGE = 200;
    /** TorchServe's error bodies have about 200 bytes; the class name stands in the first 100. */
    private static final int ERROR_BODY_PEEK = 2048;

    public Outcome {
        message = clean(message);
    }

    /**
     * What the failure of a call says.
     *
     * @param failure as an {@code HttpCaller}'s stage or one that depends on it gave it
     * @throws IllegalStateException if it is none of a call's, but a mistake in this program
     */
    public static Outcome ofCall(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpFailure httpFailure) {
            return of(httpFailure);
        }
        throw new IllegalStateException("a call ended with something else than HttpFailure", cause);
    }

    /** There was no usable answer. */
    public static Outcome of(HttpFailure failure) {
        // What found no memory had come, too: nothing is said about the server's being there.
        boolean answerCame = failure.type().answerCame() || failure.type() == HttpFailure.Type.OUT_OF_MEMORY;
        ApiState state = answerCame ? ApiState.INVALID : ApiState.UNREACHABLE;
        if (failure.type() == HttpFailure.Type.NO_CREDENTIALS) {
            state = ApiState.AUTH_FAILED; // nobody was asked, and what is wrong is the key
        }
        String message = failure.getMessage();
        ErrorType type = ErrorType.of(failure.type());
        return new Outcome(state, type, message == null || message.isEmpty() ? type.doc() : message);
    }

    /** What the status says: ok from 200 to 299, whatever the body. */
    public static Outcome ofStatus(HttpAnswer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return OK;
        }
        String text = "the server answers with status " + status;
        if (status == 400 && isInvalidKey(answer.body())) {
            return new Outcome(ApiState.AUTH_FAILED, ErrorType.INVALID_KEY, text + " (InvalidKeyException)");
        }
        if (status == 401 || status == 403) {
            ErrorType type = status == 401 ? ErrorType.UNAUTHORIZED : ErrorType.FORBIDDEN;
            return new Outcome(ApiState.AUTH_FAILED, type, text);
        }
        if (status < 400) {
            return new Outcome(ApiState.INVALID, ErrorType.REDIRECT, text + "; see follow_redirects");
        }
        return new Outcome(ApiState.UNHEALTHY, status < 500 ? ErrorType.CLIENT_ERROR : ErrorType.SERVER_ERROR, text);
    }

    /** An answer came that cannot be used. */
    public static Outcome invalid(ErrorType type, String message) {
        return new Outcome(ApiState.INVALID, type, message);
    }

    public boolean isOk() {
        return state == ApiState.OK;
    }

    /** Whether the run ended because this process is stopping: nothing is to be said about the server then. */
    public boolean isOurEnd() {
        return errorType == ErrorType.CLOSED;
    }

    private static boolean isInvalidKey(byte[] body) {
        return new String(body, 0, Math.min(body.length, ERROR_BODY_PEEK), StandardCharsets.ISO_8859_1)
                .contains("InvalidKeyException");
    }

    private static String clean(String message) {
        StringBuilder text = new StringBuilder(Math.min(message.length(), LONGEST_MESSAGE));
        for (int i = 0; i < message.length(); ) {
            int codePoint = message.codePointAt(i);
            i += Character.charCount(codePoint);
            if (text.length() + Character.charCount(codePoint) > LONGEST_MESSAGE) {
                break;
            }
            text.appendCodePoint(isPrintable(codePoint) ? codePoint : '?');
        }
        return text.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
