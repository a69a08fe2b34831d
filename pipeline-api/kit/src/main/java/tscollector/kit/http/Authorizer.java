package tscollector.kit.http;

import org.jspecify.annotations.Nullable;
import tscollector.kit.http.HttpAsk.KeyRole;

/** Makes the {@code Authorization} header of each request. Thread-safe. */
interface Authorizer {
    /** Sends none. */
    Authorizer NONE = role -> null;

    /**
     * The header's value, or null for none. Reads a file if {@link #mustLook}.
     *
     * @throws HttpFailure {@link HttpFailure.Type#NO_CREDENTIALS}
     */
    @Nullable
    String header(KeyRole role) throws HttpFailure;

    /** Whether the next {@link #header} looks at a file, which may block. */
    default boolean mustLook() {
        return false;
    }

    /** Whether an answer says that the key is not valid, so that {@link #renew} may help. */
    default boolean isRefusal(KeyRole role, int status, byte[] body) {
        return false;
    }

    /** Reads the file again whether it changed or not; may block. Keeps what it has if that fails. */
    default void renew() {}
}
