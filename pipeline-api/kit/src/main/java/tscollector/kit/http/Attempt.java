package tscollector.kit.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EndpointDetails;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.ProxyRules.Proxy;
import tscollector.time.Scheduler;

/**
 * One request on its way: from the connection to the whole answer, or to the failure. Bounds the time to connect and the gaps
 * between the bytes of the answer; the exchange bounds the whole.
 *
 * <p>Threads: the connection's, the scheduler's timers, and {@link #release} on any. {@code told} decides what the exchange hears,
 * once; {@code this} guards what is to be cleaned up.
 */
final class Attempt {
    private final Exchange exchange;
    private final ApacheHttpCaller.Parts parts;
    private final Origin origin;
    private final @Nullable Proxy proxy;
    private final BodyConsumer body;
    private final HttpClientContext context = HttpClientContext.create();
    private final AtomicBoolean told = new AtomicBoolean();

    private volatile boolean connected;
    private volatile long progressNanos;
    private volatile long endNanos;
    private boolean released; // guarded by this, as is all below
    private @Nullable Future<?> future;
    private Scheduler.@Nullable Cancellable timer;

    Attempt(Exchange exchange, ApacheHttpCaller.Parts parts, Origin origin, @Nullable Proxy proxy) {
        this.exchange = exchange;
        this.parts = parts;
        this.origin = origin;
        this.proxy = proxy;
        this.body = new BodyConsumer(parts.bodyLimit(), parts.budget(), this::onProgress, exchange::onNoMemory);
    }

    /** Sends the request. */
    void begin(
            ApacheHttpCaller caller, HttpAsk ask, URI uri, Map<String, String> headers, @Nullable String serverName) {
        UnixUrl unix = UnixUrl.of(uri);
        new Way(serverName, unix == null ? null : unix.socket(), this::onConnected).putInto(context);
        if (parts.connectTimeout() != null) {
            startTimer(parts.connectTimeout(), this::onConnectTimeout);
        }
        Future<?> running;
        try {
            running = caller.transmit(ask.method(), uri, headers, ask.body(), body, context, callback());
        } catch (RuntimeException e) {
            fail(Failures.from(e, peer(), proxy != null, false));
            return;
        }
        synchronized (this) {
            if (!released) {
                future = running;
                return;
            }
        }
        running.cancel(true);
    }

    /** Ends it, whatever its state, and gives its memory back. May be called twice. */
    void release() {
        Future<?> running;
        synchronized (this) {
            released = true;
            running = future;
            future = null;
        }
        told.set(true);
        stopTimer();
        if (running != null) {
            running.cancel(true);
        }
        body.release();
    }

    /** The answer; complete once the exchange was told so. */
    BodyConsumer body() {
        return body;
    }

    boolean isConnected() {
        return connected;
    }

    /** When the last byte came. */
    long endNanos() {
        return endNanos;
    }

    /** Whether the connection had served another request before this one. */
    boolean usedAKeptConnection() {
        EndpointDetails endpoint = context.getEndpointDetails();
        return endpoint != null && endpoint.getRequestCount() > 1;
    }

    /** Whether the proxy's answer came although a tunnel to an https address was asked for. */
    boolean lacksTunnel() {
        return proxy != null && origin.isHttps() && context.getSSLSession() == null;
    }

    /** Who is connected to, in words for messages. */
    String peer() {
        return peer(origin, proxy);
    }

    static String peer(Origin origin, @Nullable Proxy proxy) {
        return proxy != null ? "proxy " + proxy.host().toHostString() + " of " + origin : origin.toString();
    }

    private FutureCallback<BodyConsumer> callback() {
        return new FutureCallback<>() {
            @Override
            public void completed(BodyConsumer complete) {
                endNanos = parts.clock().nanoTime();
                stopTimer();
                if (told.compareAndSet(false, true)) {
                    LargeAnswers.run(parts.scheduler(), complete.size(), () -> exchange.onAnswer(Attempt.this));
                }
            }

            @Override
            public void failed(Exception failure) {
                EndpointDetails endpoint = context.getEndpointDetails();
                // On a new connection every byte received belongs to this answer.
                boolean answerBegan = body.hasHead()
                        || (endpoint != null && !usedAKeptConnection() && endpoint.getReceivedBytesCount() > 0);
                fail(Failures.from(failure, peer(), proxy != null, answerBegan));
            }

            @Override
            public void cancelled() {
                if (!told.get()) {
                    exchange.cancel();
                }
            }
        };
    }

    private void fail(HttpFailure failure) {
        stopTimer();
        if (told.compareAndSet(false, true)) {
            exchange.onFailure(this, failure);
        }
    }

    private void onConnected() {
        connected = true;
        onProgress();
        stopTimer();
        if (parts.readTimeout() != null) {
            startTimer(parts.readTimeout(), this::onReadTimeout);
        }
    }

    private void onProgress() {
        if (parts.readTimeout() != null) {
            progressNanos = parts.clock().nanoTime();
        }
    }

    private void onConnectTimeout() {
        if (!connected) {
            fail(Failures.of(
                    proxy == null ? HttpFailure.Type.CONNECT_TIMEOUT : HttpFailure.Type.PROXY_FAILED,
                    "no connection to " + peer() + " within connect_timeout",
                    null));
        }
    }

    private void onReadTimeout() {
        Duration longest = parts.readTimeout();
        if (longest == null) {
            return;
        }
        if (body.waitsForMemory()) {
            onProgress(); // held up here, not by the server
        }
        long left = longest.toNanos() - (parts.clock().nanoTime() - progressNanos);
        if (left > 0) {
            startTimer(Duration.ofNanos(left), this::onReadTimeout);
        } else {
            fail(Failures.of(
                    HttpFailure.Type.TIMEOUT, "no further byte from " + peer() + " within read_timeout", null));
        }
    }

    private void startTimer(Duration delay, Runnable task) {
        synchronized (this) {
            if (!released && !told.get()) {
                timer = parts.scheduler().schedule(delay, task);
            }
        }
    }

    private void stopTimer() {
        synchronized (this) {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }
}
