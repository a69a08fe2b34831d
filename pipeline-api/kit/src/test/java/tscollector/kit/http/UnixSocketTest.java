package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.config.Secret;

@Timeout(60)
@DisplayName("H8 Unix sockets")
class UnixSocketTest {
    private Path folder;
    private Path socket;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("ts"); // short: a socket's path has at most 108 bytes
        socket = folder.resolve("ts.sock");
    }

    @AfterEach
    void deleteFolder() throws IOException {
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder);
    }

    @Test
    @DisplayName("H8 the request goes over the socket, in either form of the address")
    void h8AsksOverTheSocketInEitherForm() throws Exception {
        String encoded = URLEncoder.encode(socket.toString(), StandardCharsets.UTF_8);
        try (UnixServer server = new UnixServer(socket, head -> ok("over the socket"));
                Calls calls = new Calls()
                        .variable("HTTP_PROXY", "http://127.0.0.1:1")
                        .header("X-A", "1")
                        .auth(new AuthConfig(new AuthConfig.Basic("u", new Secret("p")), null, null))) {
            assertThat(calls.body(URI.create("unix://" + socket + "/metrics?name[]=a")))
                    .isEqualTo("over the socket");
            assertThat(calls.body(URI.create("unix://" + encoded + "/metrics?x=1")))
                    .isEqualTo("over the socket");
            assertThat(calls.body(URI.create("unix://" + encoded))).isEqualTo("over the socket");

            assertThat(server.heads())
                    .extracting(head -> head.lines().findFirst().orElseThrow())
                    .containsExactly("GET /metrics?name[]=a HTTP/1.1", "GET /metrics?x=1 HTTP/1.1", "GET / HTTP/1.1");
            assertThat(server.heads())
                    .allSatisfy(head -> assertThat(head)
                            .contains("\r\nHost: localhost", "\r\nx-a: 1", "\r\nauthorization: Basic dTpw"));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("H8 a socket that is not there, or where nobody listens")
    void h8SaysThatNobodyListens() throws Exception {
        try (Calls calls = new Calls()) {
            HttpFailure missing = calls.failure(URI.create("unix://" + socket + "/metrics"));
            assertThat(missing.type()).isEqualTo(HttpFailure.Type.CONNECTION_FAILED);
            assertThat(missing).hasMessage("no connection to unix://%s: there is no such socket", socket);

            new UnixServer(socket, head -> null).close();
            HttpFailure closed = calls.failure(URI.create("unix://" + socket + "/metrics"));
            assertThat(closed.type()).isEqualTo(HttpFailure.Type.CONNECTION_REFUSED);
            assertThat(closed).hasMessage("connection to unix://%s refused: nobody listens there", socket);
        }
    }

    @Test
    void endsWithTheTimeoutWhenNothingIsAnswered() throws Exception {
        try (UnixServer server = new UnixServer(socket, head -> null);
                Calls calls = new Calls()) {
            HttpFailure failure = calls.failure(URI.create("unix://" + socket + "/"), Duration.ofMillis(300));

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.TIMEOUT);
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void followsRedirectsWithinTheSocketWithAllCredentials() throws Exception {
        try (UnixServer server = new UnixServer(
                        socket,
                        head -> head.startsWith("GET /old")
                                ? redirect("/new")
                                : head.startsWith("GET /new ") ? redirect("http://localhost/newest") : ok("there"));
                Calls calls = new Calls().following().header("x-key", "k")) {
            assertThat(calls.body(URI.create("unix://" + socket + "/old"))).isEqualTo("there");
            assertThat(server.heads()).hasSize(3).allMatch(head -> head.contains("x-key: k"));
        }
    }

    @Test
    void letsNoServerLeadToASocket() throws Exception {
        try (UnixServer unix = new UnixServer(socket, head -> ok("inside"));
                RawServer server = RawServer.start((request, to) -> to.send(redirect("unix://" + socket + "/x")));
                Calls calls = new Calls().following()) {
            try (HttpAnswer answer = calls.get(server.uri("/"))) {
                assertThat(answer.status()).isEqualTo(302);
            }
            assertThat(unix.heads()).isEmpty();
        }
    }

    @ParameterizedTest(name = "H8 {0}")
    @CsvSource({
        "unix:///run/ts.sock/metrics, /run/ts.sock, /metrics",
        "unix:///run/ts.sock, /run/ts.sock, /",
        "unix:///run/ts.sock/, /run/ts.sock, /",
        "unix:///run/a.socket/x, /run/a.socket/x, /",
        "unix:///run/a.sock.d/b.sock/models?limit=1, /run/a.sock.d/b.sock, /models?limit=1",
        "UNIX://%2Frun%2Fts/metrics?a=b%20c, /run/ts, /metrics?a=b%20c",
        "unix://%2frun%2Fa%20b+c.sock, /run/a b+c.sock, /",
    })
    void readsBothFormsOfAddresses(URI uri, String path, String target) {
        assertThat(UnixUrl.of(uri)).isEqualTo(new UnixUrl(path, target));
        assertThat(UnixUrl.of(new UnixUrl(path, target).at(target))).isEqualTo(new UnixUrl(path, target));
        assertThat(Origin.of(uri)).hasToString("unix://" + path);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"http://a/run/ts.sock", "unix:/", "unix://run/ts.sock", "unix:run", "unix:///", "unix://%2F%00x/"})
    void knowsWhatIsNoSocket(URI uri) {
        assertThat(UnixUrl.of(uri)).isNull();
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String redirect(String location) {
        return "HTTP/1.1 302 Found\r\nlocation: " + location + "\r\ncontent-length: 0\r\n\r\n";
    }
}
