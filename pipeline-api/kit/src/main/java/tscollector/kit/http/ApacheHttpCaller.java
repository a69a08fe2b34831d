package tscollector.kit.http;

import io.opentelemetry.sdk.common.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import tscollector.config.Secret;
import tscollector.time.Scheduler;

/**
 * Calls by Apache HttpClient's asynchronous client: one thread of its own for all connections of a component, however many
 * servers do not answer. HttpClient does connections, TLS, tunnels and the wire format; timeouts, redirects, credentials,
 * limits and decompression are done here, where they can be bounded. The thread starts with the first call.
 */
final class ApacheHttpCaller implements HttpCaller {
    /** All that differs between callers, made from their settings. */
    record Parts(
            Scheduler scheduler,
            Clock clock,
            Authorizer authorizer,
            ProxyRules proxies,
            Names names,
            BodyBudget budget,
            Map<String, Secret> headers,
            String userAgent,
            boolean followsRedirects,
            boolean persistsConnections,
            @Nullable String serverName,
            @Nullable Duration connectTimeout,
            @Nullable Duration readTimeout,
            long bodyLimit) {
        /** For requests to others than the configured servers, such as a token server. */
        Parts plain() {
            return new Parts(
                    scheduler,
                    clock,
                    Authorizer.NONE,
                    proxies,
                    names,
                    budget,
                    Map.of(),
                    userAgent,
                    false,
                    persistsConnections,
                    null,
                    connectTimeout,
                    readTimeout,
                    Math.min(bodyLimit, LONGEST_PLAIN_ANSWER));
        }
    }

    /** Tokens have a few kilobytes. */
    private static final long LONGEST_PLAIN_ANSWER = 64 << 10;

    private static final TimeValue LONGEST_GOODBYE = TimeValue.ofMilliseconds(500);

    private final Parts parts;
    private final HttpCaller plain;
    private final ClientSource source;
    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private @Nullable CloseableHttpAsyncClient client; // guarded by this

    ApacheHttpCaller(Parts parts, ClientSource source) {
        this.parts = parts;
        this.plain = new Plain(parts.plain());
        this.source = source;
    }

    @Override
    public CompletionStage<HttpAnswer> send(HttpAsk request) {
        return send(request, parts);
    }

    private CompletionStage<HttpAnswer> send(HttpAsk request, Parts with) {
        Exchange exchange = new Exchange(this, with, request);
        underWay.add(exchange);
        if (closed) {
            exchange.cancel();
        } else {
            exchange.begin();
        }
        return exchange.result();
    }

    @Override
    public String remedyForRefusal(HttpAsk.KeyRole role) {
        return parts.authorizer().remedyForRefusal(role);
    }

    @Override
    public void close() {
        closed = true;
        underWay.forEach(Exchange::cancel);
        synchronized (this) {
            if (client != null) {
                sayGoodbye(client);
                client.close(CloseMode.IMMEDIATE);
            }
        }
    }

    /** Ends idle connections in order: closed at once they would be reset, which servers take for a fault and log. */
    private static void sayGoodbye(CloseableHttpAsyncClient client) {
        client.initiateShutdown();
        try {
            client.awaitShutdown(LONGEST_GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Future<?> transmit(
            String method,
            URI uri,
            Map<String, String> headers,
            byte @Nullable [] body,
            BodyConsumer consumer,
            HttpClientContext context,
            FutureCallback<BodyConsumer> callback) {
        Origin origin = Origin.of(uri);
        HttpHost target = origin.isUnix()
                ? new HttpHost("http", "localhost", -1)
                : new HttpHost(origin.scheme(), origin.host(), origin.port());
        BasicHttpRequest request = new BasicHttpRequest(method, target, targetOf(uri));
        headers.forEach(request::addHeader);
        // The type of what is sent stands among the headers.
        AsyncEntityProducer entity = body == null ? null : new BasicAsyncEntityProducer(body, null);
        return client().execute(target, new BasicRequestProducer(request, entity), consumer, null, context, callback);
    }

    void ended(Exchange exchange) {
        underWay.remove(exchange);
    }

    /** Sends through the same connections, proxies and TLS, but without credentials and headers of the configuration. */
    HttpCaller plain() {
        return plain;
    }

    /** What stands in the request line, as the user wrote it. */
    static String targetOf(URI uri) {
        UnixUrl unix = UnixUrl.of(uri);
        if (unix != null) {
            return unix.target();
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private boolean isClosed() {
        return closed;
    }

    private synchronized CloseableHttpAsyncClient client() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        if (client == null) {
            client = source.open(parts.names(), parts.proxies(), this::isClosed);
            client.start();
        }
        return client;
    }

    /** This caller for others than the configured servers. */
    private final class Plain implements HttpCaller {
        private final Parts with;

        Plain(Parts with) {
            this.with = with;
        }

        @Override
        public CompletionStage<HttpAnswer> send(HttpAsk request) {
            return ApacheHttpCaller.this.send(request, with);
        }

        @Override
        public void close() {
            // it has nothing of its own
        }
    }

    /** Makes the client when it is first needed. */
    @FunctionalInterface
    interface ClientSource {
        CloseableHttpAsyncClient open(Names names, ProxyRules proxies, BooleanSupplier closed);
    }
}
