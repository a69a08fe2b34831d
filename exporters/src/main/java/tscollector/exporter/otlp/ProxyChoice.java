package tscollector.exporter.otlp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import tscollector.kit.http.ProxyRules;

/** The kit's rules on proxies, in the form OkHttp asks for them. */
final class ProxyChoice extends ProxySelector {
    private final ProxyRules rules;

    ProxyChoice(ProxyRules rules) {
        this.rules = rules;
    }

    @Override
    public List<Proxy> select(URI target) {
        ProxyRules.Proxy proxy = rules.proxyFor(target);
        if (proxy == null) {
            return List.of(Proxy.NO_PROXY);
        }
        InetSocketAddress address = InetSocketAddress.createUnresolved(
                proxy.host().getHostName(), proxy.host().getPort());
        return List.of(new Proxy(Proxy.Type.HTTP, address));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException fault) {
        // the request fails and says so
    }

    /** Answers a proxy that asks who we are, once. */
    Authenticator authenticator() {
        return (route, response) -> {
            ProxyRules.Proxy proxy =
                    route == null ? null : rules.proxyFor(route.address().url().uri());
            boolean answered = response.request().header("Proxy-Authorization") != null;
            if (proxy == null || proxy.user() == null || answered) {
                return null;
            }
            String credentials =
                    Credentials.basic(proxy.user(), proxy.password().reveal(), StandardCharsets.UTF_8);
            return response.request()
                    .newBuilder()
                    .header("Proxy-Authorization", credentials)
                    .build();
        };
    }
}
