package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.kit.http.HttpAsk.KeyRole;

/** Headers, timeouts and connections, each against a server that shows what came of it. */
@Timeout(60)
class HttpSettingsTest {
    private final Calls calls = new Calls();

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    @DisplayName("H6 headers replace what is sent anyway, extra_headers come on top")
    void h6HeadersReplaceAndExtraHeadersAreAdded() throws Exception {
        calls.header("ACCEPT", "*/*")
                .header("User-Agent", "mine")
                .header("accept-encoding", "gzip, deflate")
                .header("Host", "other.test:1")
                .header("X-Both", "one")
                .extraHeader("x-both", "two")
                .extraHeader("X-Extra", "three");
        try (RawServer server = RawServer.start((request, to) -> to.ok(""))) {
            HttpAsk ask = new HttpAsk(
                    "GET", server.uri("/"), Map.of("Accept", "text/plain", "X-Ask", "4"), Calls.LONG, KeyRole.NONE);
            calls.send(ask).close();

            assertThat(server.requests().get(0).headers())
                    .containsExactlyInAnyOrder(
                            "accept: */*",
                            "user-agent: mine",
                            "accept-encoding: gzip, deflate",
                            "host: other.test:1",
                            "x-both: two",
                            "x-extra: three",
                            "x-ask: 4",
                            "Connection: keep-alive");
        }
    }

    @Test
    @DisplayName("H6 wrong names are blamed at the name, wrong values at the value")
    void h6BlamesNamesAndValues() {
        Problems problems = new Problems();
        calls.header("two words", "x")
                .header("X", "a\nb")
                .extraHeader("Content-Length", "1")
                .config()
                .validate(problems);
        assertThat(problems.all())
                .containsExactly(
                        new Problems.Problem("headers.two words", "is not a name that a header can have", true, true),
                        new Problems.Problem("headers.X", "must be printable ASCII", true),
                        new Problems.Problem(
                                "extra_headers.Content-Length",
                                "comes from the request itself and cannot be set",
                                true,
                                true));
    }

    @ParameterizedTest(name = "H1 basic in {0}")
    @CsvSource({"utf-8, Basic bcO8OnDDpHNz", "latin-1, Basic bfw6cORzcw=="})
    void sendsUserAndPasswordInEitherEncoding(String encoding, String header) throws Exception {
        calls.auth(new AuthConfig(new AuthConfig.Basic("mü", new Secret("päss"), encoding), null, null));
        try (RawServer server = RawServer.start((request, to) -> to.ok(request.header("authorization")))) {
            assertThat(calls.body(server.uri("/"))).isEqualTo(header);
        }
    }

    @Test
    @DisplayName("H1 basic: what cannot be encoded is refused")
    void h1RefusesWhatLatin1DoesNotHave() {
        Problems problems = new Problems();
        new AuthConfig.Basic("a:b", new Secret("€"), "latin-1").validate(problems);
        new AuthConfig.Basic("a", new Secret("€"), "utf-8").validate(problems);
        new AuthConfig.Basic("a", new Secret("b"), "UTF-16").validate(problems);
        assertThat(problems.all())
                .extracting(problem -> problem.path() + " " + problem.text())
                .containsExactly(
                        "username must not have a colon: it separates user and password",
                        "password has characters that latin-1 does not have",
                        "encoding must be utf-8 or latin-1");
    }

    @Test
    @DisplayName("H7 persist_connections: false takes a connection per request")
    void h7KeepsNoConnectionWhenToldSo() throws Exception {
        calls.withoutPersistence();
        try (RawServer server = RawServer.start((request, to) -> to.ok("x"))) {
            for (int call = 0; call < 3; call++) {
                assertThat(calls.body(server.uri("/"))).isEqualTo("x");
            }
            assertThat(server.requests())
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(request.headers()).contains("connection: close"));
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("H7 redirects are followed or handed on, and credentials go to no other server")
    void h7FollowsRedirectsWithoutCredentialsForOthers() throws Exception {
        try (RawServer other = RawServer.start((request, to) -> to.ok("other"));
                RawServer server = RawServer.start((request, to) -> to.send(
                        "HTTP/1.1 302 Found\r\nlocation: " + other.uri("/") + "\r\ncontent-length: 0\r\n\r\n"));
                Calls following = new Calls()
                        .following()
                        .extraHeader("X-Key", "secret")
                        .header("Host", "own.test")
                        .auth(new AuthConfig(new AuthConfig.Basic("u", new Secret("secret")), null, null))) {
            assertThat(following.body(server.uri("/"))).isEqualTo("other");
            assertThat(other.requests().get(0).headers())
                    .containsExactlyInAnyOrder(
                            "user-agent: tscollector/0.0.0-test",
                            "accept-encoding: identity",
                            "Host: 127.0.0.1:" + other.port(),
                            "Connection: keep-alive");
            try (HttpAnswer answer = calls.get(server.uri("/"))) {
                assertThat(answer.status()).isEqualTo(302);
            }
        }
    }

    @Test
    @DisplayName("C4 connect_timeout bounds the connection, TLS included, whatever the timeout is")
    void c4ConnectTimeoutBoundsTheConnection() throws Exception {
        calls.connectTimeout(Duration.ofMillis(200));
        try (ServerSocket mute = RawServer.plain()) {
            HttpFailure failure = calls.failure(URI.create("https://127.0.0.1:" + mute.getLocalPort() + "/"));

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.CONNECT_TIMEOUT);
            assertThat(failure)
                    .hasMessage("no connection to https://127.0.0.1:%d within connect_timeout", mute.getLocalPort());
        }
    }

    @Test
    @DisplayName("C4 connect_timeout bounds TCP and a proxy too, and says nothing about slow answers")
    void c4ConnectTimeoutBoundsTcpAndProxies() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Calls direct = new Calls().connectTimeout(Duration.ofMillis(200));
                Calls proxied = new Calls()
                        .connectTimeout(Duration.ofMillis(200))
                        .proxy("http://127.0.0.1:" + full.getLocalPort())) {
            HttpFailure proxy = proxied.failure(URI.create("https://far.test/"));
            assertThat(proxy.type()).isEqualTo(HttpFailure.Type.PROXY_FAILED);
            List<Socket> queue = new ArrayList<>();
            for (int i = 0; i < 3; i++) { // nobody accepts: beyond the backlog, SYNs are not answered
                Socket socket = new Socket();
                queue.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 50);
                } catch (java.net.SocketTimeoutException e) {
                    break;
                }
            }
            HttpFailure failure = direct.failure(URI.create("http://127.0.0.1:" + full.getLocalPort() + "/"));
            assertThat(failure.type()).isEqualTo(HttpFailure.Type.CONNECT_TIMEOUT);
            for (Socket socket : queue) {
                socket.close();
            }
        }
        CountDownLatch later = new CountDownLatch(1);
        try (RawServer slow = RawServer.start((request, to) -> {
                    later.await(400, TimeUnit.MILLISECONDS);
                    to.ok("late");
                });
                Calls patient = new Calls().connectTimeout(Duration.ofMillis(200))) {
            assertThat(patient.body(slow.uri("/"))).isEqualTo("late");
        }
    }

    @Test
    @DisplayName("C4 read_timeout bounds each gap between bytes, not the answer")
    void c4ReadTimeoutBoundsGaps() throws Exception {
        calls.readTimeout(Duration.ofMillis(600));
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = RawServer.start((request, to) -> {
            to.send("HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n");
            for (int i = 0; i < 8; i++) {
                never.await(request.line().contains("gap") && i == 4 ? 5000 : 150, TimeUnit.MILLISECONDS);
                to.send("x");
            }
        })) {
            assertThat(calls.body(server.uri("/steady"))).isEqualTo("xxxxxxxx");

            HttpFailure failure = calls.failure(server.uri("/gap"));
            assertThat(failure.type()).isEqualTo(HttpFailure.Type.TIMEOUT);
            assertThat(failure).hasMessage("no further byte from %s within read_timeout", Origin.of(server.uri("/")));
            never.countDown();
        }
    }

    @Test
    @DisplayName("C4 timeout bounds the whole exchange beside the other two")
    void c4TimeoutBoundsTheWhole() throws Exception {
        calls.readTimeout(Duration.ofSeconds(5)).connectTimeout(Duration.ofSeconds(5));
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = RawServer.start((request, to) -> never.await(5, TimeUnit.SECONDS))) {
            HttpFailure failure = calls.failure(server.uri("/"), Duration.ofMillis(200));
            assertThat(failure.type()).isEqualTo(HttpFailure.Type.TIMEOUT);
            assertThat(failure).hasMessageEndingWith("within the timeout");
            never.countDown();
        }
    }
}
