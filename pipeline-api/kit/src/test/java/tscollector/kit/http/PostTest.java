package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests with a body. */
@Timeout(60)
class PostTest {
    private final Calls calls = new Calls();

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void sendsTheBodyWithItsLengthAndTheHeadersThatDescribeIt() throws Exception {
        byte[] body = {'a', 0, (byte) 0xff, '\r', '\n'};
        try (RawServer server = RawServer.start((request, to) -> to.ok("taken"))) {
            Map<String, String> headers =
                    Map.of("Content-Type", "application/x-protobuf", "Content-Encoding", "zstd", "DD-API-KEY", "k");

            try (HttpAnswer answer =
                    calls.send(HttpAsk.post(server.uri("/api/v2/series"), headers, body, Calls.LONG))) {
                assertThat(answer.body()).isEqualTo("taken".getBytes(StandardCharsets.UTF_8));
            }

            RawServer.Request seen = server.requests().get(0);
            assertThat(seen.line()).isEqualTo("POST /api/v2/series HTTP/1.1");
            assertThat(seen.headers())
                    .containsExactlyInAnyOrder(
                            "user-agent: tscollector/0.0.0-test",
                            "accept-encoding: identity",
                            "content-type: application/x-protobuf",
                            "content-encoding: zstd",
                            "dd-api-key: k",
                            "Content-Length: 5",
                            "Host: 127.0.0.1:" + server.port(),
                            "Connection: keep-alive");
            assertThat(seen.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(body);
        }
    }

    @Test
    void saysThatAnEmptyBodyIsEmpty() throws Exception {
        try (RawServer server = RawServer.start((request, to) -> to.ok(""))) {
            calls.send(HttpAsk.post(server.uri("/"), Map.of(), new byte[0], Calls.LONG))
                    .close();

            assertThat(server.requests().get(0).header("content-length")).isEqualTo("0");
        }
    }

    @Test
    void sendsBodiesThatFillNoBufferToAServerThatIsNotOurs() throws Exception {
        byte[] body = new byte[3 << 20];
        new SplittableRandom(4).nextBytes(body);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] seen = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(202, seen.length);
            exchange.getResponseBody().write(seen);
            exchange.close();
        });
        server.start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x");
            for (int call = 0; call < 3; call++) {
                try (HttpAnswer answer = calls.send(HttpAsk.post(uri, Map.of(), body, Calls.LONG))) {
                    assertThat(answer.status()).isEqualTo(202);
                    assertThat(answer.body()).isEqualTo(body);
                }
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void sendsTheBodyAgainWhenAKeptConnectionWasDead() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (RawServer server = RawServer.start((request, to) -> {
            if (count.incrementAndGet() == 2) {
                to.reset();
            } else {
                to.ok(request.body());
            }
        })) {
            for (String text : new String[] {"one", "two"}) {
                HttpAsk ask =
                        HttpAsk.post(server.uri("/"), Map.of(), text.getBytes(StandardCharsets.UTF_8), Calls.LONG);
                try (HttpAnswer answer = calls.send(ask)) {
                    assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo(text);
                }
            }
            assertThat(count).hasValue(3);
        }
    }

    @Test
    void saysThatARequestMayHaveArrivedAlthoughItsSecondTryFoundNobody() throws Exception {
        AtomicInteger count = new AtomicInteger();
        ServerSocket listener = RawServer.plain();
        try (RawServer server = RawServer.start(listener, (request, to) -> {
            if (count.incrementAndGet() == 2) {
                listener.close(); // it has the request, and is gone
                to.reset();
            } else {
                to.ok("kept");
            }
        })) {
            HttpAsk ask = HttpAsk.post(server.uri("/"), Map.of(), new byte[10], Calls.LONG);
            calls.send(ask).close();

            HttpFailure failure = calls.failure(ask);

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.CONNECTION_REFUSED);
            assertThat(failure.hadConnection()).isTrue();
            assertThat(calls.failure(ask).hadConnection())
                    .as("nobody there from the start")
                    .isFalse();
        }
    }

    @Test
    void repeatsTheBodyOnlyWhereARedirectKeepsItAndNeverElsewhere() throws Exception {
        try (RawServer other = RawServer.start((request, to) -> to.ok("other"));
                Calls following = new Calls().following();
                RawServer server = RawServer.start((request, to) -> {
                    switch (request.line().split(" ", -1)[1]) {
                        case "/307" -> redirect(to, 307, "/end");
                        case "/302" -> redirect(to, 302, "/end");
                        case "/away" -> redirect(to, 307, other.uri("/").toString());
                        default -> to.ok(request.body());
                    }
                })) {
            assertThat(status(following, server.uri("/307"))).isEqualTo(200);
            assertThat(status(following, server.uri("/302"))).isEqualTo(302);
            assertThat(status(following, server.uri("/away"))).isEqualTo(307);
            assertThat(server.requests()).allMatch(request -> request.body().equals("body"));
            assertThat(other.requests()).isEmpty();
        }
    }

    private static void redirect(RawServer.Connection to, int status, String location) throws Exception {
        to.send("HTTP/1.1 " + status + " Elsewhere\r\nlocation: " + location + "\r\ncontent-length: 0\r\n\r\n");
    }

    private static int status(Calls calls, URI uri) {
        byte[] body = "body".getBytes(StandardCharsets.UTF_8);
        try (HttpAnswer answer = calls.send(HttpAsk.post(uri, Map.of(), body, Calls.LONG))) {
            return answer.status();
        }
    }
}
