package tscollector.kit.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.ProxyRules.Proxy;
import tscollector.time.Scheduler;

/**
 * One call from {@code send} to the answer, with everything that may happen in between: credentials, name lookup, redirects, a
 * second try with a new key or on a new connection. One timeout bounds it all.
 *
 * <p>Threads: steps follow one another, on whichever thread ended the step before; what blocks runs on the blocking lane, what
 * works on the answer on the {@code execute} lane or, if it is large, on that of {@link LargeAnswers}. The timeout and {@link #cancel} may come at any time on another thread:
 * {@code over} decides who is first, and {@code this} guards what they have to clean up.
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
    private volatile long endNanos;
    private @Nullable String credentials;
    private boolean keyWasRenewed;
    private boolean connectionWasReplaced;
    private int redirects;

    private Scheduler.@Nullable Cancellable timer; // guarded by this, as is all below
    private @Nullable Future<?> attempt;
    private @Nullable BodyConsumer consumer;
    private @Nullable HttpClientContext context;

    Exchange(ApacheHttpCaller caller, HttpAsk ask) {
        this.caller = caller;
        this.parts = caller.parts();
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
        if (Origin.of(uri).isHttp()) {
            prepare();
        } else {
            fail(Failures.of(
                    HttpFailure.Type.CONNECTION_FAILED, Origin.of(uri) + " is not an http or https address", null));
        }
    }

    void cancel() {
        fail(Failures.of(HttpFailure.Type.CLOSED, "the client is closed", null));
    }

    private void prepare() {
        if (parts.authorizer().mustLook()) {
            parts.scheduler().executeBlocking(this::authorise);
        } else {
            authorise();
        }
    }

    private void authorise() {
        try {
            credentials = isSameOrigin() ? parts.authorizer().header(ask.keyRole()) : null;
        } catch (HttpFailure e) {
            fail(e);
            return;
        }
        Proxy through = parts.proxies().proxyFor(Origin.of(uri));
        proxy = through;
        String host =
                through != null ? through.host().getHostName() : Origin.of(uri).host();
        parts.names().learn(host).whenComplete((known, failure) -> {
            if (failure != null) {
                fail(Failures.from(failure, peer(), through != null, false));
            } else {
                transmit();
            }
        });
    }

    private void transmit() {
        BodyConsumer body = new BodyConsumer(parts.bodyLimit(), parts.budget(), this::onNoMemory);
        HttpClientContext attemptContext = HttpClientContext.create();
        synchronized (this) {
            if (over.get()) {
                body.release();
                return;
            }
            consumer = body;
            context = attemptContext;
        }
        Future<?> future;
        try {
            future = caller.transmit(
                    ask.method(),
                    uri,
                    RequestHeaders.of(parts, ask, uri, isSameOrigin(), credentials),
                    ask.body(),
                    body,
                    attemptContext,
                    new FutureCallback<>() {
                        @Override
                        public void completed(BodyConsumer complete) {
                            endNanos = parts.clock().nanoTime();
                            LargeAnswers.run(parts.scheduler(), complete.size(), () -> onAnswer(complete));
                        }

                        @Override
                        public void failed(Exception failure) {
                            onFailure(body, failure);
                        }

                        @Override
                        public void cancelled() {
                            cancel();
                        }
                    });
        } catch (RuntimeException e) {
            fail(Failures.from(e, peer(), proxy != null, false));
            return;
        }
        boolean isLatest;
        synchronized (this) {
            isLatest = consumer == body; // it may have failed by now, and the next one have begun
            attempt = isLatest ? future : attempt;
        }
        if (over.get() || !isLatest) {
            future.cancel(true);
        }
    }

    private void onAnswer(BodyConsumer complete) {
        HttpResponse head = complete.head();
        if (over.get()) {
            return;
        }
        if (wasProxysOwn(head.getCode())) {
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
        decode(complete, head, complete.takeBody());
    }

    /** A proxy asks for credentials itself; and what comes in clear on the way to an https address is not the server's. */
    private boolean wasProxysOwn(int status) {
        HttpClientContext used = currentContext();
        boolean tunnelMissing = Origin.of(uri).isHttps() && used != null && used.getSSLSession() == null;
        return proxy != null && (status == PROXY_AUTHENTICATION_REQUIRED || tunnelMissing);
    }

    private void decode(BodyConsumer complete, HttpResponse head, byte[] body) {
        try {
            ContentDecoding decoding =
                    body.length == 0 ? null : ContentDecoding.of(RequestHeaders.valueOf(head, "content-encoding"));
            if (decoding == null) {
                conclude(complete, head, body);
                return;
            }
            long size = decoding.measure(body, parts.bodyLimit());
            if (size > parts.bodyLimit()) {
                fail(Failures.from(new BodyConsumer.BodyTooLargeException(), peer(), false, true));
                return;
            }
            complete.reserve(
                    size,
                    () -> LargeAnswers.run(parts.scheduler(), size, () -> {
                        try {
                            byte[] decoded = decoding.decode(body, (int) size);
                            complete.settleAt(decoded.length);
                            conclude(complete, head, decoded);
                        } catch (IOException e) {
                            failDecoding(e);
                        }
                    }));
        } catch (IOException e) {
            failDecoding(e);
        }
    }

    private void failDecoding(IOException cause) {
        fail(Failures.of(HttpFailure.Type.BAD_ENCODING, "the answer of " + peer() + " cannot be decompressed", cause));
    }

    private void conclude(BodyConsumer complete, HttpResponse head, byte[] body) {
        if (!keyWasRenewed && parts.authorizer().isRefusal(ask.keyRole(), head.getCode(), body)) {
            keyWasRenewed = true;
            parts.scheduler().executeBlocking(() -> renewKey(complete, head, body));
        } else {
            succeed(complete, head, body);
        }
    }

    /** The key may have been renewed since the file was read; asks again if so, and only then. */
    private void renewKey(BodyConsumer complete, HttpResponse head, byte[] body) {
        parts.authorizer().renew();
        String renewed;
        try {
            renewed = parts.authorizer().header(ask.keyRole());
        } catch (HttpFailure e) {
            renewed = credentials;
        }
        if (Objects.equals(renewed, credentials)) {
            parts.scheduler().execute(() -> succeed(complete, head, body));
        } else {
            complete.release();
            prepare();
        }
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

    private void onFailure(BodyConsumer body, Exception failure) {
        HttpClientContext used = currentContext();
        EndpointDetails endpoint = used == null ? null : used.getEndpointDetails();
        boolean kept = endpoint != null && endpoint.getRequestCount() > 1;
        // On a new connection every byte received belongs to this answer.
        boolean answerBegan = body.hasHead() || (endpoint != null && !kept && endpoint.getReceivedBytesCount() > 0);
        HttpFailure meaning = Failures.from(failure, peer(), proxy != null, answerBegan);
        if (kept && meaning.type() == HttpFailure.Type.CONNECTION_RESET && !connectionWasReplaced && !over.get()) {
            // The server had given up a kept connection before it saw the request.
            connectionWasReplaced = true;
            releaseAttempt();
            transmit();
        } else {
            fail(meaning);
        }
    }

    private void onTimeout() {
        BodyConsumer body;
        synchronized (this) {
            body = consumer;
        }
        if (body != null && body.waitsForMemory()) {
            onNoMemory();
        } else if (body == null || isConnecting()) {
            fail(Failures.of(
                    proxy == null ? HttpFailure.Type.CONNECT_TIMEOUT : HttpFailure.Type.PROXY_FAILED,
                    "no connection to " + peer() + " within the timeout",
                    null));
        } else {
            fail(Failures.of(
                    HttpFailure.Type.TIMEOUT, "no complete answer from " + peer() + " within the timeout", null));
        }
    }

    private boolean isConnecting() {
        HttpClientContext used = currentContext();
        return used == null || used.getEndpointDetails() == null;
    }

    private void onNoMemory() {
        fail(Failures.of(
                HttpFailure.Type.OUT_OF_MEMORY,
                "no memory for the answer of " + peer() + ": others hold all that answers may use",
                null));
    }

    private void succeed(BodyConsumer complete, HttpResponse head, byte[] body) {
        if (!over.compareAndSet(false, true)) {
            complete.release();
            return;
        }
        stopTimer();
        caller.ended(this);
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : head.getHeaders()) {
            headers.put(RequestHeaders.lower(header.getName()), header.getValue() == null ? "" : header.getValue());
        }
        Duration elapsed = Duration.ofNanos(endNanos - startNanos);
        result.complete(new HttpAnswer(head.getCode(), headers, body, elapsed, complete::release));
    }

    private void fail(HttpFailure failure) {
        if (over.compareAndSet(false, true)) {
            stopTimer();
            releaseAttempt();
            caller.ended(this);
            parts.scheduler().execute(() -> result.completeExceptionally(failure));
        }
    }

    private synchronized void stopTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void releaseAttempt() {
        Future<?> running;
        BodyConsumer body;
        synchronized (this) {
            running = attempt;
            body = consumer;
            attempt = null;
            consumer = null;
        }
        if (running != null) {
            running.cancel(true);
        }
        if (body != null) {
            body.release();
        }
    }

    private synchronized @Nullable HttpClientContext currentContext() {
        return context;
    }

    private boolean isSameOrigin() {
        return Origin.of(uri).isSameAs(Origin.of(ask.uri()));
    }

    private String peer() {
        Proxy through = proxy;
        return through != null
                ? "proxy " + through.host().toHostString() + " of " + Origin.of(uri)
                : Origin.of(uri).toString();
    }
}
