package tscollector.kit.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * There was no usable answer. The message is the same for the same fault: no durations, counts or ephemeral ports; at most 200
 * characters; no secrets.
 */
public final class HttpFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as it stands in the attribute {@code error.type}. */
    public enum Type {
        NAME_NOT_FOUND(false),
        CONNECTION_REFUSED(false),
        CONNECT_TIMEOUT(false),
        CONNECTION_FAILED(false),
        TLS_FAILED(false),
        PROXY_FAILED(false),
        TIMEOUT(false),
        /** The connection ended before the answer was complete, after at least one byte of it. */
        CUT_OFF(true),
        CONNECTION_RESET(false),
        /** What came is not HTTP. */
        PROTOCOL_ERROR(true),
        BODY_TOO_LARGE(true),
        BAD_ENCODING(true),
        /** All answers together hold as much memory as they may. */
        OUT_OF_MEMORY(false),
        /** The credentials cannot be had: a file is not there or not readable, or a token server gives no token. */
        NO_CREDENTIALS(false),
        CLOSED(false);

        private final boolean answerCame;

        Type(boolean answerCame) {
            this.answerCame = answerCame;
        }

        /** Whether an answer came that broke a limit, was cut, or could not be read; otherwise nobody answered. */
        public boolean answerCame() {
            return answerCame;
        }

        /** The word for {@code error.type}: lower snake case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Type type;
    private final boolean hadConnection;

    public HttpFailure(Type type, String message, @Nullable Throwable cause) {
        this(type, message, cause, false);
    }

    private HttpFailure(Type type, String message, @Nullable Throwable cause, boolean hadConnection) {
        super(message, cause);
        this.type = type;
        this.hadConnection = hadConnection;
    }

    /** The same failure of a call that had a connection. */
    public HttpFailure withConnection() {
        return hadConnection ? this : new HttpFailure(type, String.valueOf(getMessage()), getCause(), true);
    }

    /**
     * Whether the call had a connection, TLS and tunnels included, that ended without an answer: then the server may have got the
     * request, whatever the type says about the end.
     */
    public boolean hadConnection() {
        return hadConnection;
    }

    public Type type() {
        return type;
    }
}
