package tscollector.kit.http;

import java.util.concurrent.CompletionStage;

/**
 * Makes HTTP calls without holding a thread while it waits. One per component; thread-safe. Small on purpose, so that a faster
 * loop can take its place where nothing but plain HTTP is needed.
 */
public interface HttpCaller extends AutoCloseable {
    /**
     * Sends one request and reads the whole answer.
     *
     * <p>The stage completes on a thread of the scheduler, with an answer of any status, or exceptionally
     * with {@link HttpFailure} and nothing else; at the latest when the request's timeout has passed. The answer must be
     * closed.
     */
    CompletionStage<HttpAnswer> send(HttpAsk request);

    /**
     * What to look at when a server does not accept the credentials that go with calls of this role: a clause without a full stop,
     * for a log line; never the credentials themselves. Does not block.
     */
    default String remedyForRefusal(HttpAsk.KeyRole role) {
        return Authorizer.NO_CREDENTIALS;
    }

    /** Ends all calls that are under way; they complete with a failure. */
    @Override
    void close();
}
