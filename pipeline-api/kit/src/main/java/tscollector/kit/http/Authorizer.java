package tscollector.kit.http;

import org.jspecify.annotations.Nullable;
import tscollector.kit.http.HttpAsk.KeyRole;

/** Makes the {@code Authorization} header of each request. Thread-safe. */
interface Authorizer {
    String NO_CREDENTIALS =
            "set auth.torchserve_key_file to the path of the key_file.json that the server writes into its working directory "
                    + "(keys in it expire, and are renewed through the server's token API), or auth.basic or auth.bearer for a proxy "
                    + "that stands before it";

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

    /** What to look at when the server does not accept {@link #header}: a clause for a log line, without the credentials. */
    default String remedyForRefusal(KeyRole role) {
        return NO_CREDENTIALS;
    }

    /** Reads the file again whether it changed or not; may block. Keeps what it has if that fails. */
    default void renew() {}
}
