package tscollector.kit.http;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.function.Callback;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.ProxyRules.Proxy;
import tscollector.kit.time.DaemonThreads;

/** How Apache's client is set up: HTTP/1.1 only, nothing that it would do on its own. */
final class ApacheClients {
    /** Above the number of calls that any component makes to one server at a time. */
    private static final int CONNECTIONS_PER_SERVER = 64;
    /** Together they bound what the head of an answer costs: half a megabyte. TorchServe's has 7 short lines. */
    private static final int MOST_HEADER_LINES = 64;

    private static final int LONGEST_HEADER_LINE = 4096;
    /** Per connection, several times; pages of 10 KB need no more. */
    private static final int BUFFER_BYTES = 4096;

    private static final int WINDOW_BYTES = 16 << 10;
    /** Ours bounds each exchange and is at most hours; the client's own must never come first. */
    private static final Timeout NEVER = Timeout.ofDays(7);

    private ApacheClients() {}

    static CloseableHttpAsyncClient open(
            TlsContexts tls, Names names, ProxyRules proxies, String threadName, Callback<Exception> onBug) {
        var connections = PoolingAsyncClientConnectionManagerBuilder.create()
                .setTlsStrategy(tlsStrategy(tls))
                .setDnsResolver(names)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(CONNECTIONS_PER_SERVER)
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(NEVER)
                        .setSocketTimeout(NEVER)
                        .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(NEVER)
                        .build())
                .build();
        return HttpAsyncClientBuilder.create()
                .setConnectionManager(connections)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setTcpNoDelay(true)
                        .setSoTimeout(NEVER)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setBufferSize(BUFFER_BYTES)
                        .setMaxHeaderCount(MOST_HEADER_LINES)
                        .setMaxLineLength(LONGEST_HEADER_LINE)
                        .setInitialWindowSize(WINDOW_BYTES)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(NEVER)
                        .setResponseTimeout(NEVER)
                        .setRedirectsEnabled(false)
                        .setContentCompressionEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setThreadFactory(new DaemonThreads(threadName))
                .setIoReactorExceptionCallback(onBug)
                .setRoutePlanner(new Routes(proxies))
                .setDefaultCredentialsProvider(proxyCredentials(proxies))
                .setConnectionReuseStrategy(reuse())
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "connected", ApacheClients::connected)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .build();
    }

    private static void connected(
            HttpRequest request,
            @Nullable AsyncEntityProducer entity,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        Way.of(scope.clientContext).onConnected().run();
        chain.proceed(request, entity, scope, callback);
    }

    /** TorchServe says keep-alive with an error and resets the connection a moment later. */
    private static ConnectionReuseStrategy reuse() {
        ConnectionReuseStrategy usual = DefaultClientConnectionReuseStrategy.INSTANCE;
        return (request, response, context) -> (response.getCode() < HttpStatus.SC_BAD_REQUEST
                        || response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED)
                && usual.keepAlive(request, response, context);
    }

    private static TlsStrategy tlsStrategy(TlsContexts tls) {
        ClientTlsStrategyBuilder builder = ClientTlsStrategyBuilder.create()
                .setSslContext(tls.context())
                .setSslBufferMode(SSLBufferMode.DYNAMIC) // nothing is held for idle connections
                .setTlsVersions(tls.protocols().toArray(String[]::new));
        if (!tls.cipherSuites().isEmpty()) {
            builder.setCiphers(tls.cipherSuites().toArray(String[]::new));
        }
        if (tls.verifies()) {
            builder.setHostVerificationPolicy(HostnameVerificationPolicy.BUILTIN);
        } else {
            builder.setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                    .setHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        }
        return builder.buildAsync();
    }

    private static BasicCredentialsProvider proxyCredentials(ProxyRules proxies) {
        BasicCredentialsProvider provider = new BasicCredentialsProvider();
        for (Proxy proxy : proxies.all()) {
            if (proxy.user() != null) {
                provider.setCredentials(
                        new AuthScope(proxy.host()),
                        new UsernamePasswordCredentials(
                                proxy.user(), proxy.password().reveal().toCharArray()));
            }
        }
        return provider;
    }

    /** Directly, to a socket or through a proxy; for TLS under the name that the user wants. */
    private record Routes(ProxyRules proxies) implements HttpRoutePlanner {
        @Override
        public HttpRoute determineRoute(HttpHost target, HttpContext context) {
            Way way = Way.of(context);
            if (way.socket() != null) {
                return new HttpRoute(new HttpHost("http", target.getHostName(), 80), Path.of(way.socket()));
            }
            Origin origin = new Origin(target.getSchemeName(), target.getHostName(), target.getPort());
            boolean secure = origin.isHttps();
            int port = origin.effectivePort();
            HttpHost host = new HttpHost(origin.scheme(), origin.host(), port);
            NamedEndpoint name =
                    secure && way.serverName() != null ? new HttpHost("https", way.serverName(), port) : null;
            Proxy proxy = proxies.proxyFor(origin);
            return proxy == null
                    ? new HttpRoute(host, name, null, secure)
                    : new HttpRoute(host, name, null, proxy.host(), secure);
        }
    }
}
