package tscollector.exporter.otlp;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import tscollector.component.StartException;
import tscollector.kit.http.ProxyRules;
import tscollector.kit.http.TlsConfig;
import tscollector.kit.http.TlsContexts;

/** Builds the client of one exporter; calls run on the caller's thread. */
final class HttpClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private HttpClients() {}

    /**
     * A client for one backend.
     *
     * @param plain whether the addresses are http://
     * @throws StartException if a certificate or key cannot be used
     */
    static OkHttpClient create(ClientSettings settings, boolean plain, Map<String, String> environment)
            throws StartException {
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .callTimeout(settings.timeout())
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(Duration.ZERO) // callTimeout bounds the whole exchange
                .writeTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .eventListener(ConnectionUse.WATCH)
                .socketFactory(new NoDelaySockets());
        ProxyChoice proxies = new ProxyChoice(ProxyRules.of(settings.proxyUrl(), environment));
        client.proxyAuthenticator(proxies.authenticator());
        if (settings.grpc() && plain) {
            client.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).proxy(Proxy.NO_PROXY);
        } else {
            client.protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)).proxySelector(proxies);
        }
        tls(client, settings.tls());
        return client.build();
    }

    private static void tls(OkHttpClient.Builder client, TlsConfig config) throws StartException {
        TlsContexts tls = TlsContexts.of(config);
        SSLSocketFactory sockets = tls.context().getSocketFactory();
        String name = tls.serverName();
        if (name != null) {
            HostnameVerifier verifier = new OkHttpClient().hostnameVerifier();
            client.hostnameVerifier((host, session) -> verifier.verify(name, session));
            sockets = new NamedTlsSockets(sockets, name);
        }
        if (!tls.verifies()) {
            client.hostnameVerifier((host, session) -> true);
        }
        client.sslSocketFactory(sockets, tls.trustManager());
        ConnectionSpec.Builder secure = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
                .tlsVersions(tls.protocols().toArray(new String[0]));
        if (!tls.cipherSuites().isEmpty()) {
            secure.cipherSuites(tls.cipherSuites().toArray(new String[0]));
        }
        client.connectionSpecs(List.of(secure.build(), ConnectionSpec.CLEARTEXT));
    }
}
