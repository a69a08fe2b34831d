package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.kit.http.HttpAsk;

class TargetTest {
    @Test
    void aUnixSocketIsAnAddressToo() {
        Target target = Target.of("unix:///run/ts.sock/metrics", new ServerResource("x", Map.of()), true);

        assertThat(target.uri()).hasToString("unix://%2Frun%2Fts.sock/metrics");
        assertThat(target.address()).isEqualTo("unix:///run/ts.sock/metrics");
        assertThat(Target.hostAndPort(target.uri())).isEqualTo("/run/ts.sock");
        assertThat(Target.hostAndPort(URI.create("unix://%2Frun%2Fts/ping"))).isEqualTo("/run/ts");
        Target base = Target.of("unix:///run/ts.sock", new ServerResource("x", Map.of()), true);
        assertThat(base.askBelow(Api.INFERENCE, "ping", Duration.ofSeconds(1)).uri())
                .hasToString("unix://%2Frun%2Fts.sock/ping");
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({
        "http://h:8080,              http://h:8080,            http://h:8080/ping?a=1",
        "http://h:8080/,             http://h:8080/,           http://h:8080/ping?a=1",
        "http://h:8080/ts?k=s3cret,  http://h:8080/ts,         http://h:8080/ts/ping?k=s3cret&a=1",
        "http://u:s3cret@h:8080,     http://h:8080,            http://h:8080/ping?a=1",
        "http://h:8080/x#part,       http://h:8080/x,          http://h:8080/x/ping?a=1",
        "http://u:s@h?t=http://x@y,  http://h,                 http://h/ping?t=http://x@y&a=1",
        "http://[::1]:8080,          http://[::1]:8080,        http://[::1]:8080/ping?a=1",
    })
    void showsTheUrlAsConfiguredAndAsksBelowIt(String url, String address, String asked) {
        Target target = target(url);

        assertThat(target.address()).isEqualTo(address);
        assertThat(target.toString()).isEqualTo(address);
        assertThat(target.ask(Api.INFERENCE, "/ping", "a=1", TIMEOUT).uri()).hasToString(asked);
    }

    @Test
    void asksTheUrlItselfVerbatimButForUserAndPassword() {
        HttpAsk ask = target("http://us%40er:p%3A1@h:8082/metrics?name[]=X").ask(Api.OPENMETRICS, TIMEOUT);

        assertThat(ask.uri()).hasToString("http://h:8082/metrics?name[]=X");
        assertThat(ask.headers()).isEqualTo(Map.of("Authorization", "Basic dXNAZXI6cDox")); // us@er:p:1
        assertThat(ask.keyRole()).isEqualTo(HttpAsk.KeyRole.NONE);
        assertThat(ask.method()).isEqualTo("GET");
        assertThat(ask.timeout()).isEqualTo(TIMEOUT);
    }

    @ParameterizedTest(name = "H8 {0}")
    @CsvSource({
        "unix:///run/ts.sock?k=1,       unix:///run/ts.sock,       unix://%2Frun%2Fts.sock/ping?k=1&a=1, /run/ts.sock",
        "unix:///run/ts.sock/base/,     unix:///run/ts.sock/base/, unix://%2Frun%2Fts.sock/base/ping?a=1, /run/ts.sock",
        "unix:///run/ts,                unix:///run/ts,            unix://%2Frun%2Fts/ping?a=1, /run/ts",
        "unix://%2Frun%2Fts.sock/base,  unix://%2Frun%2Fts.sock/base, unix://%2Frun%2Fts.sock/base/ping?a=1, /run/ts.sock",
    })
    void asksBehindASocket(String url, String address, String asked, String name) {
        Target target = target(url);

        assertThat(target.address()).isEqualTo(address);
        assertThat(target.ask(Api.INFERENCE, "/ping", "a=1", TIMEOUT).uri()).hasToString(asked);
        assertThat(Target.hostAndPort(URI.create(url))).isEqualTo(name);
    }

    @Test
    void asksForTheVersionWithoutAKey() {
        HttpAsk ask = target("http://h:8081/ts").askOptions(TIMEOUT);

        assertThat(ask.method() + " " + ask.uri()).isEqualTo("OPTIONS http://h:8081/ts/");
        assertThat(ask.keyRole()).isEqualTo(HttpAsk.KeyRole.NONE);
    }

    private static Target target(String url) {
        return Target.of(url, new ServerResource("h:8080", Map.of()));
    }
}
