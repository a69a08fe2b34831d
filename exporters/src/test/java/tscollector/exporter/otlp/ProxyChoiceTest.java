package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tscollector.kit.http.ProxyRules;

class ProxyChoiceTest {
    @Test
    void followsTheRulesOfTheKit() throws Exception {
        ProxyChoice choice =
                new ProxyChoice(ProxyRules.of(null, Map.of("HTTP_PROXY", "proxy:3128", "NO_PROXY", "example.com")));

        assertThat(proxy(choice, "http://backend:4318")).isEqualTo("proxy:3128");
        assertThat(proxy(choice, "https://backend:4318")).isEqualTo("direct");
        assertThat(proxy(choice, "http://a.example.com")).isEqualTo("direct");
        assertThat(proxy(choice, "http://127.0.0.1:4318")).isEqualTo("direct");
    }

    private static String proxy(ProxyChoice choice, String target) {
        Proxy proxy = choice.select(URI.create(target)).get(0);
        if (proxy.type() == Proxy.Type.DIRECT) {
            return "direct";
        }
        InetSocketAddress address = (InetSocketAddress) proxy.address();
        return address.getHostString() + ":" + address.getPort();
    }
}
