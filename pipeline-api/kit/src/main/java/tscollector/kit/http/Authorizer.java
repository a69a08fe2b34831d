package tscollector.kit.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.HttpAsk.KeyRole;

/**
 * Makes the header that authorises each request. Thread-safe.
 *
 * <p>One call goes through {@link #ready}, {@link #header} and, if the answer or its absence is a {@link Refusal}, once through
 * {@link #renew} and the first two again.
 */
interface Authorizer {
    String NO_CREDENTIALS =
            "set auth.torchserve_key_file to the path of the key_file.json that the server writes into its working directory "
                    + "(keys in it expire, and are renewed through the server's token API), or auth.basic or auth.bearer for a proxy "
                    + "that stands before it";

    /** Sends none. */
    Authorizer NONE = (ask, target) -> null;

    /**
     * A header; never prints its value.
     *
     * @param name in lower case
     */
    record HeaderLine(String name, String value) {
        static HeaderLine authorization(String value) {
            return new HeaderLine("authorization", value);
        }

        @Override
        public String toString() {
            return name + ": ****";
        }
    }

    /**
     * How a request ended.
     *
     * @param sent what went with it
     * @param status 0 if there was no answer
     * @param challenges the values of {@code WWW-Authenticate}
     */
    @SuppressWarnings("ArrayRecordComponent") // the answer's own, and nobody compares
    record Refusal(HttpAsk ask, @Nullable HeaderLine sent, int status, List<String> challenges, byte[] body) {
        static Refusal withoutAnswer(HttpAsk ask, @Nullable HeaderLine sent) {
            return new Refusal(ask, sent, 0, List.of(), new byte[0]);
        }
    }

    /**
     * Fetches what {@link #header} needs and is not there yet. Does not block; completes on any thread, with {@link HttpFailure}
     * if nothing came.
     *
     * @param plain sends requests as this client does, without credentials
     */
    default CompletionStage<Void> ready(HttpCaller plain, HttpAsk ask) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * The header, or null for none. Reads a file if {@link #mustLook}.
     *
     * @param target path and query of the request line
     * @throws HttpFailure {@link HttpFailure.Type#NO_CREDENTIALS}
     */
    @Nullable
    HeaderLine header(HttpAsk ask, String target) throws HttpFailure;

    /** Whether the next {@link #header} looks at a file, which may block. */
    default boolean mustLook() {
        return false;
    }

    /** Whether {@link #renew} may help: the credentials were refused, or they may be why there was no answer. */
    default boolean isRefusal(Refusal refusal) {
        return false;
    }

    /** Makes the next {@link #header} a new one; may block. Says whether to ask again. */
    default boolean renew(Refusal refusal) {
        return false;
    }

    /** What to look at when the server does not accept {@link #header}: a clause for a log line, without the credentials. */
    default String remedyForRefusal(KeyRole role) {
        return NO_CREDENTIALS;
    }
}
