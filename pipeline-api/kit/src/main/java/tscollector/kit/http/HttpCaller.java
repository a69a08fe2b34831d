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
     * <p>The stage completes on a thread of the scheduler's {@code execute} lane, with an answer of any status, or exceptionally
     * with {@link HttpFailure} and nothing else; at the latest when the request's timeout has passed. The answer must be
     * closed.
     */
    CompletionStage<HttpAnswer> send(HttpAsk request);

    /** Ends all calls that are under way; they complete with a failure. */
    @Override
    void close();
}
