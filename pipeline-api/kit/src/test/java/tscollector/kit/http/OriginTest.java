package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OriginTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "http://a.test:8082/metrics?x=1, http://a.test:8082, a.test, 8082",
        "HTTPS://User:secret@A.test/, https://A.test, A.test, 443",
        "http://[fd00::1]:8082/, http://[fd00::1]:8082, fd00::1, 8082",
        "http://torch_serve:8082/metrics, http://torch_serve:8082, torch_serve, 8082",
        "http://u:secret@torch_serve/, http://torch_serve, torch_serve, 80",
        "http://127.0.0.1, http://127.0.0.1, 127.0.0.1, 80",
    })
    void isWhatMayBeShownAndWhatIsConnectedTo(URI uri, String shown, String host, int port) {
        Origin origin = Origin.of(uri);

        assertThat(origin).hasToString(shown);
        assertThat(origin.host()).isEqualTo(host);
        assertThat(origin.effectivePort()).isEqualTo(port);
        assertThat(origin.isHttp()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"ftp://a.test/", "http:/metrics", "mailto:a@b", "http://a_b:99999/", "/metrics"})
    void failsCallsToWhatIsNoHttpAddress(URI uri) {
        try (Calls calls = new Calls()) {
            HttpFailure failure = calls.failure(uri);

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.CONNECTION_FAILED);
            assertThat(failure.getMessage()).endsWith(" is not an http or https address");
        }
    }

    @Test
    void comparesAsBrowsersDo() {
        Origin origin = Origin.of(URI.create("http://a.test/x"));

        assertThat(origin.isSameAs(Origin.of(URI.create("HTTP://A.test:80/y")))).isTrue();
        assertThat(origin.isSameAs(Origin.of(URI.create("http://a.test:81/x")))).isFalse();
        assertThat(origin.isSameAs(Origin.of(URI.create("https://a.test:80/x"))))
                .isFalse();
        assertThat(origin.isSameAs(Origin.of(URI.create("http://b.test/x")))).isFalse();
    }

    @Test
    void asksHostsWithUnderscoresAndSendsTheUserOfTheAddress() throws Exception {
        try (RawServer server = RawServer.start((request, to) -> to.ok("ok"));
                Calls calls = new Calls().lookup(host -> new InetAddress[] {InetAddress.getLoopbackAddress()})) {
            URI uri = URI.create("http://us%65r:p+ss@torch_serve:" + server.port() + "/metrics");

            assertThat(calls.body(uri)).isEqualTo("ok");

            RawServer.Request seen = server.requests().get(0);
            assertThat(seen.line()).isEqualTo("GET /metrics HTTP/1.1");
            assertThat(seen.header("host")).isEqualTo("torch_serve:" + server.port());
            assertThat(seen.header("authorization")).isEqualTo("Basic dXNlcjpwK3Nz");
        }
    }
}
