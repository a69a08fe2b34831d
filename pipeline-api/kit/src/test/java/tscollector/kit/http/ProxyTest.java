package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.component.StartException;
import tscollector.config.Problems;

@Timeout(60)
class ProxyTest {
    private static final URI FAR = URI.create("http://torchserve.test:8082/metrics?a=b");

    @Test
    void asksTheProxyByFullAddressAndLooksUpNoNameItself() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.start(null, 0);
                Calls calls = new Calls()
                        .proxy("http://127.0.0.1:" + proxy.port())
                        .lookup(host -> {
                            throw new UnknownHostException(host);
                        })) {
            assertThat(calls.body(FAR)).isEqualTo("by proxy");
            assertThat(proxy.lines()).containsExactly("GET http://torchserve.test:8082/metrics?a=b HTTP/1.1");
            assertThat(proxy.requests().get(0).header("host")).isEqualTo("torchserve.test:8082");
        }
    }

    @Test
    void givesTheProxyItsPasswordAndNobodyElse() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.start("user:p@ss", 0);
                Calls calls = new Calls().proxy("http://user:p%40ss@127.0.0.1:" + proxy.port())) {
            assertThat(calls.body(FAR)).isEqualTo("by proxy");
        }
    }

    @Test
    void saysThatTheProxyWantsAnotherPasswordWithoutPrintingOurs() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.start("user:other", 0);
                Calls calls = new Calls().proxy("http://user:secret@127.0.0.1:" + proxy.port())) {
            HttpFailure failure = calls.failure(FAR);

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.PROXY_FAILED);
            assertThat(failure)
                    .hasMessage(
                            "proxy 127.0.0.1:%d of http://torchserve.test:8082 refused the request with status 407",
                            proxy.port());
        }
    }

    @Test
    void tunnelsToHttpsAndVerifiesTheTargetsCertificate(@TempDir Path folder) throws Exception {
        KeyStore certificate = new Certificates(folder).make("far", "EC", "dns:torchserve.test");
        TlsConfig tls = Certificates.trusting(certificate);
        try (RawServer https =
                        RawServer.start(Certificates.listener(certificate, null), (request, to) -> to.ok("through"));
                RecordingProxy proxy = RecordingProxy.start("user:pass", https.port());
                Calls calls = new Calls().tls(tls).proxy("http://user:pass@127.0.0.1:" + proxy.port())) {
            assertThat(calls.body(URI.create("https://torchserve.test/ping"))).isEqualTo("through");
            assertThat(calls.body(URI.create("https://torchserve.test/ping"))).isEqualTo("through");

            assertThat(proxy.lines()).allMatch(line -> line.equals("CONNECT torchserve.test:443 HTTP/1.1"));
            assertThat(https.requests()).hasSize(2).allSatisfy(request -> {
                assertThat(request.line()).isEqualTo("GET /ping HTTP/1.1");
                assertThat(request.header("proxy-authorization")).isNull();
            });
            assertThat(calls.failure(URI.create("https://other.test/ping")).type())
                    .isEqualTo(HttpFailure.Type.TLS_FAILED);
        }
    }

    @Test
    void saysThatTheProxyRefusedTheTunnel() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.start(null, 0);
                Calls calls = new Calls().proxy("http://127.0.0.1:" + proxy.port())) {
            HttpFailure failure = calls.failure(URI.create("https://torchserve.test/ping"));

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.PROXY_FAILED);
            assertThat(failure.getMessage()).contains("status 403");
        }
    }

    @Test
    void saysThatTheProxyIsNotThere() throws Exception {
        int port;
        try (RecordingProxy proxy = RecordingProxy.start(null, 0)) {
            port = proxy.port();
        }
        try (Calls calls = new Calls().proxy("http://127.0.0.1:" + port)) {
            HttpFailure failure = calls.failure(FAR);

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.PROXY_FAILED);
            assertThat(failure)
                    .hasMessage(
                            "connection to proxy 127.0.0.1:%d of http://torchserve.test:8082 refused: nobody listens there",
                            port);
        }
    }

    @Test
    void takesTheProxyOfTheEnvironmentButNeverForLoopback() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.start(null, 0);
                RawServer near = RawServer.start((request, to) -> to.ok("near"));
                Calls calls = new Calls().variable("HTTP_PROXY", "127.0.0.1:" + proxy.port())) {
            assertThat(calls.body(FAR)).isEqualTo("by proxy");
            assertThat(calls.body(near.uri("/"))).isEqualTo("near");
            assertThat(calls.body(URI.create("http://localhost:" + near.port())))
                    .isEqualTo("near");
        }
    }

    @ParameterizedTest(name = "{0} with no_proxy {1}: direct {2}")
    @CsvSource({
        "http://a.example.com/, example.com, true",
        "http://example.com/, example.com, true",
        "http://notexample.com/, example.com, false",
        "http://A.Example.COM./, .example.com, true",
        "http://a.example.com/, *.example.com, true",
        "http://a.example.com:81/, a.example.com:81, true",
        "http://a.example.com:82/, a.example.com:81, false",
        "https://a.example.com/, a.example.com:443, true",
        "http://10.1.2.3/, 10.0.0.0/8, true",
        "http://11.1.2.3/, 10.0.0.0/8, false",
        "http://10.1.2.3/, 10.1.2.3, true",
        "http://10.1.2.3:9/, 10.1.2.3:8, false",
        "http://[fd00::1]/, fd00::/8, true",
        "http://[fd00::1]:80/, [fd00::1]:80, true",
        "http://far.test/, *, true",
        "http://far.test/, 'a.test, , far.test', true",
        "http://far.test/, a.test, false",
        "http://localhost/, a.test, true",
        "http://metrics.localhost/, a.test, true",
        "http://127.8.9.1/, a.test, true",
        "http://[::1]:8082/, a.test, true",
    })
    void readsNoProxyAsOthersDo(URI uri, String noProxy, boolean direct) throws Exception {
        ProxyRules rules = ProxyRules.of(
                null,
                Map.of("http_proxy", "http://proxy:3128", "HTTPS_PROXY", "http://proxy:3128", "no_proxy", noProxy));

        assertThat(rules.proxyFor(Origin.of(uri)) == null).isEqualTo(direct);
    }

    @ParameterizedTest(name = "H5 {0} with no_proxy {1}: direct {2}")
    @CsvSource({
        "http://example.com/, example.com, true",
        "http://a.example.com/, example.com, true",
        "http://notexample.com/, example.com, false",
        "http://A.Example.COM./, .Example.com, true",
        "http://example.com/, .example.com, false",
        "http://a.example.com/, *.example.com, true",
        "http://example.com/, *.example.com, false",
        "http://10.1.2.3/, 10.1.2.3, true",
        "http://10.1.2.3/, 10.0.0.0/8, true",
        "http://11.1.2.3/, 10.0.0.0/8, false",
        "https://[fd00::1]/, fd00::/8, true",
        "http://far.test/, *, true",
        "http://far.test/, a.test, false",
    })
    void readsItsOwnNoProxyAsTheOfficialCheckDoes(URI uri, String rule, boolean direct) throws Exception {
        for (String url : new String[] {"http://proxy:3128", null}) {
            HttpClientConfig config =
                    new Calls().proxy(url).noProxy("b.test", rule).config();
            ProxyRules rules = ProxyRules.ofClient(
                    config, Map.of("HTTP_PROXY", "http://env:1", "HTTPS_PROXY", "http://env:1", "NO_PROXY", "c.test"));

            assertThat(rules.proxyFor(Origin.of(uri)) == null).isEqualTo(direct);
            boolean fromVariable = rules.proxyFor(URI.create("http://c.test/")) == null;
            assertThat(fromVariable)
                    .as("NO_PROXY is for the environment's proxies")
                    .isEqualTo(url == null || rule.equals("*"));
        }
    }

    @Test
    @DisplayName("H5 skip_proxy ignores the environment, no_proxy leads past the proxy")
    void h5GoesPastTheProxyWhenToldTo() throws Exception {
        try (RawServer near = RawServer.start((request, to) -> to.ok("near"));
                RecordingProxy proxy = RecordingProxy.start(null, 0);
                Calls skipping = new Calls()
                        .variable("http_proxy", "http://127.0.0.1:" + proxy.port())
                        .skippingProxies()
                        .lookup(host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
                Calls passing = new Calls()
                        .proxy("http://127.0.0.1:" + proxy.port())
                        .noProxy(".test")
                        .lookup(host -> new InetAddress[] {InetAddress.getLoopbackAddress()})) {
            URI far = URI.create("http://torchserve.test:" + near.port() + "/");
            assertThat(skipping.body(far)).isEqualTo("near");
            assertThat(passing.body(far)).isEqualTo("near");
            assertThat(proxy.requests()).isEmpty();
            assertThat(passing.body(URI.create("http://far.example/"))).isEqualTo("by proxy");
        }
    }

    @Test
    @DisplayName("H5 contradictions and entries that are several are refused")
    void h5RefusesContradictions() {
        Problems problems = new Problems();
        new Calls()
                .proxy("http://p")
                .skippingProxies()
                .noProxy("a", "b,c", "http://d")
                .config()
                .validate(problems);
        assertThat(problems.all())
                .extracting(problem -> problem.path() + " " + problem.text())
                .containsExactly(
                        "skip_proxy and proxy_url exclude each other",
                        "no_proxy[1] must be one name, address, range or *",
                        "no_proxy[2] must be one name, address, range or *");
    }

    @Test
    void prefersTheLowerCaseVariableAndTheSettingToBoth() throws Exception {
        Map<String, String> both = Map.of("http_proxy", "http://lower:1", "HTTP_PROXY", "http://upper:2");

        assertThat(ProxyRules.of(null, both).proxyFor(Origin.of(FAR)).host().getHostName())
                .isEqualTo("lower");
        assertThat(ProxyRules.of("http://setting", both)
                        .proxyFor(Origin.of(FAR))
                        .host()
                        .toHostString())
                .isEqualTo("setting:80");
        assertThat(ProxyRules.of(null, Map.of()).proxyFor(Origin.of(FAR))).isNull();
        assertThat(ProxyRules.of(null, both).all()).hasSize(1);
        assertThat(ProxyRules.of(null, both).proxyFor(URI.create("unix:///run/ts.sock/x")))
                .isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"https://proxy", "socks5://proxy:1080", "http://user:pa ss@proxy", "http://"})
    void refusesProxiesItCannotUseWithoutQuotingThem(String url) {
        assertThatThrownBy(() -> ProxyRules.of(url, Map.of()))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("proxy_url ")
                .hasMessageNotContaining("pa ss")
                .hasNoCause();
    }

    @Test
    void neverPrintsThePassword() throws Exception {
        ProxyRules rules = ProxyRules.of("http://user:secret@proxy:1", Map.of());

        assertThat(rules.proxyFor(Origin.of(FAR)).toString()).doesNotContain("secret");
        assertThat(rules.proxyFor(Origin.of(FAR)).password().reveal()).isEqualTo("secret");
    }
}
