package tscollector.torchserve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpAsk;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.http.HttpFailure;
import tscollector.testkit.ManualScheduler;

/**
 * An HttpCaller in the hands of the test: each request is answered by a function, after the delay the answer names, on the
 * manual scheduler. Remembers what was asked and whether each answer was closed.
 */
public final class FakeHttp implements HttpCaller {
    /** What comes back: an answer, or a failure. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares replies
    public record Reply(
            int status, byte[] body, HttpFailure.@Nullable Type failure, Duration delay, Map<String, String> headers) {
        public static Reply of(int status, String body) {
            return new Reply(status, body.getBytes(StandardCharsets.UTF_8), null, Duration.ZERO, Map.of());
        }

        public static Reply of(int status, byte[] body) {
            return new Reply(status, body, null, Duration.ZERO, Map.of());
        }

        public static Reply failure(HttpFailure.Type type) {
            return new Reply(0, new byte[0], type, Duration.ZERO, Map.of());
        }

        public Reply after(Duration time) {
            return new Reply(status, body, failure, time, headers);
        }

        public Reply with(String header, String value) {
            return new Reply(status, body, failure, delay, Map.of(header, value));
        }
    }

    private final ManualScheduler scheduler;
    private final List<HttpAsk> asks = new ArrayList<>();
    private final List<CompletableFuture<HttpAnswer>> open = new ArrayList<>();
    private Function<HttpAsk, Reply> server;
    private int openBodies;
    private int inFlight;
    private int mostInFlight;
    private boolean closed;

    public FakeHttp(ManualScheduler scheduler, Function<HttpAsk, Reply> server) {
        this.scheduler = scheduler;
        this.server = server;
    }

    public void server(Function<HttpAsk, Reply> newServer) {
        this.server = newServer;
    }

    @Override
    public CompletionStage<HttpAnswer> send(HttpAsk ask) {
        asks.add(ask);
        CompletableFuture<HttpAnswer> stage = new CompletableFuture<>();
        if (closed) {
            stage.completeExceptionally(new HttpFailure(HttpFailure.Type.CLOSED, "closed", null));
            return stage;
        }
        open.add(stage);
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        Reply reply = server.apply(ask);
        boolean late = reply.delay().compareTo(ask.timeout()) > 0;
        Reply effective = late ? Reply.failure(HttpFailure.Type.TIMEOUT) : reply;
        scheduler.schedule(late ? ask.timeout() : reply.delay(), () -> complete(stage, effective));
        return stage;
    }

    private void complete(CompletableFuture<HttpAnswer> stage, Reply reply) {
        if (!open.removeIf(one -> one == stage)) {
            return;
        }
        inFlight--;
        if (reply.failure() != null) {
            stage.completeExceptionally(new HttpFailure(
                    reply.failure(), "cannot: " + reply.failure().word(), null));
        } else {
            openBodies++;
            stage.complete(
                    new HttpAnswer(reply.status(), reply.headers(), reply.body(), reply.delay(), () -> openBodies--));
        }
    }

    @Override
    public void close() {
        closed = true;
        for (CompletableFuture<HttpAnswer> stage : List.copyOf(open)) {
            complete(stage, Reply.failure(HttpFailure.Type.CLOSED));
        }
    }

    /** Everything that was asked, in order, as {@code METHOD path?query}. */
    public List<String> asked() {
        return asks.stream()
                .map(ask -> ask.method() + " " + ask.uri().getRawPath()
                        + (ask.uri().getRawQuery() == null
                                ? ""
                                : "?" + ask.uri().getRawQuery()))
                .toList();
    }

    public List<HttpAsk> asks() {
        return List.copyOf(asks);
    }

    public void forget() {
        asks.clear();
        mostInFlight = inFlight;
    }

    /** Answers that were handed out and not closed yet; 0 at the end of a run. */
    public int openBodies() {
        return openBodies;
    }

    public int mostInFlight() {
        return mostInFlight;
    }

    public int inFlight() {
        return inFlight;
    }
}
