package tscollector.kit.http;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.Authorizer.HeaderLine;
import tscollector.kit.http.Authorizer.Refusal;
import tscollector.kit.http.ProxyRules.Proxy;
import tscollector.time.Scheduler;

/**
 * One call from {@code send} to the answer, with everything that may happen in between: credentials, name lookup, redirects, a
 * second try with new credentials or on a new connection. One timeout bounds it all.
 *
 * <p>Threads: steps follow one another, on whichever thread ended the step before; what blocks runs on the blocking lane, what
 * works on the answer on the {@code execute} lane or, if it is large, on that of {@link LargeAnswers}. The timeout and {@link
 * #cancel} may come at any time on another thread: {@code over} decides who is first, and {@code this} guards what they have to
 * clean up.
 */
final class Exchange {
    private static final int MOST_REDIRECTS = 10;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final ApacheHttpCaller caller;
    private final ApacheHttpCaller.Parts parts;
    private final HttpAsk ask;
    private final CompletableFuture<HttpAnswer> result = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final long startNanos;

    private volatile URI uri; // the timeout names them
    private volatile @Nullable Proxy proxy;
    private volatile boolean waitsForCredentials;
    private @Nullable HeaderLine credentials;
    private boolean credentialsWereRenewed;
    private boolean connectionWasReplaced;
    private volatile boolean hadConnection; // that ended without an answer
    private int redirects;

    private Scheduler.@Nullable Cancellable timer; // guarded by this, as is all below
    private @Nullable Attempt attempt;

    Exchange(ApacheHttpCaller caller, ApacheHttpCaller.Parts parts, HttpAsk ask) {
        this.caller = caller;
        this.parts = parts;
        this.ask = ask;
        this.uri = ask.uri();
        this.startNanos = parts.clock().nanoTime();
    }

    CompletableFuture<HttpAnswer> result() {
        return result;
    }

    void begin() {
        synchronized (this) {
            timer = parts.scheduler().schedule(ask.timeout(), this::onTimeout);
        }
        Origin origin = Origin.of(uri);
        if (origin.isHttp() || origin.isUnix()) {
            prepare();
        } else {
            fail(Failures.of(HttpFailure.Type.CONNECTION_FAILED, origin + " is not an http or https address", null));
        }
    }

    void cancel() {
        fail(Failures.of(HttpFailure.Type.CLOSED, "the client is closed", null));
    }

    private void prepare() {
        if (!isSameOrigin()) {
            credentials = null;
            lookUp();
            return;
        }
        waitsForCredentials = true;
        parts.authorizer().ready(caller.plain(), ask).whenComplete((ready, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                fail(
                        cause instanceof HttpFailure known
                                ? known
                                : Failures.of(HttpFailure.Type.NO_CREDENTIALS, "no credentials can be had", cause));
            } else if (parts.authorizer().mustLook()) {
                parts.scheduler().executeBlocking(this::authorise);
            } else {
                authorise();
            }
        });
    }

    private void authorise() {
        try {
            credentials = parts.authorizer().header(ask, ApacheHttpCaller.targetOf(uri));
            waitsForCredentials = false;
        } catch (HttpFailure e) {
            fail(e);
            return;
        }
        lookUp();
    }

    private void lookUp() {
        Origin origin = Origin.of(uri);
        Proxy through = parts.proxies().proxyFor(origin);
        proxy = through;
        if (origin.isUnix()) {
            transmit();
            return;
        }
        String host = through != null ? through.host().getHostName() : origin.host();
        parts.names().learn(host).whenComplete((known, failure) -> {
            if (failure != null) {
                fail(Failures.from(failure, peer(), through != null, false));
            } else {
                transmit();
            }
        });
    }

    private void transmit() {
        Attempt next = new Attempt(this, parts, Origin.of(uri), proxy);
        boolean late;
        synchronized (this) {
            late = over.get();
            attempt = late ? attempt : next;
        }
        if (late) {
            next.release();
            return;
        }
        boolean own = isSameOrigin();
        next.begin(
                caller,
                ask,
                uri,
                RequestHeaders.of(parts, ask, uri, own, credentials),
                own ? parts.serverName() : null);
    }

    void onAnswer(Attempt ended) {
        HttpResponse head = ended.body().head();
        if (over.get()) {
            return;
        }
        // A proxy asks for credentials itself; and what comes in clear on the way to an https address is not the
        // server's.
        if (proxy != null && (head.getCode() == PROXY_AUTHENTICATION_REQUIRED || ended.lacksTunnel())) {
            fail(Failures.of(
                    HttpFailure.Type.PROXY_FAILED,
                    peer() + " refused the request with status " + head.getCode(),
                    null));
            return;
        }
        URI next = parts.followsRedirects() ? Redirect.target(ask, uri, head) : null;
        if (next != null) {
            follow(next);
            return;
        }
        new AnswerBody(ended, parts).decode(body -> conclude(ended, head, body), this::fail);
    }

    private void conclude(Attempt ended, HttpResponse head, byte[] body) {
        List<String> challenges = Stream.of(head.getHeaders("www-authenticate"))
                .map(header -> String.valueOf(header.getValue()))
                .toList();
        renewOr(new Refusal(ask, credentials, head.getCode(), challenges, body), () -> succeed(ended, head, body));
    }

    /** Asks again with new credentials, once, if that may help. */
    private void renewOr(Refusal refusal, Runnable otherwise) {
        if (credentialsWereRenewed || !isSameOrigin() || !parts.authorizer().isRefusal(refusal)) {
            otherwise.run();
            return;
        }
        credentialsWereRenewed = true;
        parts.scheduler().executeBlocking(() -> {
            if (parts.authorizer().renew(refusal)) {
                releaseAttempt();
                prepare();
            } else {
                parts.scheduler().execute(otherwise);
            }
        });
    }

    private void follow(URI next) {
        if (redirects++ == MOST_REDIRECTS) {
            fail(Failures.of(
                    HttpFailure.Type.PROTOCOL_ERROR, "more than 10 redirects from " + Origin.of(ask.uri()), null));
            return;
        }
        releaseAttempt();
        uri = next;
        prepare();
    }

    void onFailure(Attempt ended, HttpFailure meaning) {
        hadConnection |= ended.isConnected();
        boolean wasDead = ended.usedAKeptConnection() && meaning.type() == HttpFailure.Type.CONNECTION_RESET;
        if (wasDead && !connectionWasReplaced && !over.get()) {
            // The server had given up a kept connection before it saw the request.
            connectionWasReplaced = true;
            releaseAttempt();
            transmit();
        } else if (meaning.type() == HttpFailure.Type.BODY_TOO_LARGE || over.get()) {
            fail(meaning);
        } else {
            renewOr(Refusal.withoutAnswer(ask, credentials), () -> fail(meaning));
        }
    }

    private void onTimeout() {
        Attempt running;
        synchronized (this) {
            running = attempt;
        }
        if (running != null && running.body().waitsForMemory()) {
            onNoMemory();
        } else if (waitsForCredentials) {
            fail(Failures.of(
                    HttpFailure.Type.NO_CREDENTIALS,
                    "no credentials for " + Origin.of(uri) + " could be had within the timeout",
                    null));
        } else if (running == null || !running.isConnected()) {
            fail(Failures.of(
                    proxy == null ? HttpFailure.Type.CONNECT_TIMEOUT : HttpFailure.Type.PROXY_FAILED,
                    "no connection to " + peer() + " within the timeout",
                    null));
        } else {
            fail(Failures.of(
                    HttpFailure.Type.TIMEOUT, "no complete answer from " + peer() + " within the timeout", null));
        }
    }

    void onNoMemory() {
        fail(Failures.of(
                HttpFailure.Type.OUT_OF_MEMORY,
                "no memory for the answer of " + peer() + ": others hold all that answers may use",
                null));
    }

    private void succeed(Attempt ended, HttpResponse head, byte[] body) {
        if (!over.compareAndSet(false, true)) {
            ended.body().release();
            return;
        }
        stopTimer();
        caller.ended(this);
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : head.getHeaders()) {
            headers.put(RequestHeaders.lower(header.getName()), header.getValue() == null ? "" : header.getValue());
        }
        Duration elapsed = Duration.ofNanos(ended.endNanos() - startNanos);
        result.complete(new HttpAnswer(head.getCode(), headers, body, elapsed, ended.body()::release));
    }

    private void fail(HttpFailure failure) {
        if (over.compareAndSet(false, true)) {
            stopTimer();
            releaseAttempt();
            caller.ended(this);
            HttpFailure told = hadConnection ? failure.withConnection() : failure;
            parts.scheduler().execute(() -> result.completeExceptionally(told));
        }
    }

    private synchronized void stopTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void releaseAttempt() {
        Attempt running;
        synchronized (this) {
            running = attempt;
            attempt = null;
        }
        if (running != null) {
            running.release();
        }
    }

    private boolean isSameOrigin() {
        return Origin.of(uri).isSameAs(Origin.of(ask.uri()));
    }

    private String peer() {
        return Attempt.peer(Origin.of(uri), proxy);
    }
}
