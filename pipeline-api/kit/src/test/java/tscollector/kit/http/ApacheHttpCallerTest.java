package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tscollector.kit.http.HttpAsk.KeyRole;

@Timeout(60)
class ApacheHttpCallerTest {
    private final Calls calls = new Calls();

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void readsStatusHeadersAndBody() throws Exception {
        try (RawServer server = RawServer.start((request, connection) -> connection.send(
                "HTTP/1.1 200 \r\nContent-Type: text/plain\r\nX-A: 1\r\nx-a: 2\r\ncontent-length: 3\r\n\r\nabc"))) {
            try (HttpAnswer answer = calls.get(server.uri("/metrics?name[]=a%20b"))) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("content-type")).isEqualTo("text/plain");
                assertThat(answer.header("x-a")).isEqualTo("2");
                assertThat(answer.body()).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
                assertThat(answer.elapsed()).isPositive();
            }
            assertThat(server.requests().get(0).line()).isEqualTo("GET /metrics?name[]=a%20b HTTP/1.1");
        }
    }

    @Test
    void sendsFewHeadersAndNothingThatTorchServeMistakesForATokenCall() throws Exception {
        try (RawServer server = RawServer.start((request, connection) -> connection.ok(""));
                Calls own = new Calls().header("X-Scope", "team-a")) {
            HttpAsk ask = new HttpAsk(
                    "OPTIONS",
                    server.uri("/models/tokenizer%2Fv1?a=/token"),
                    Map.of("accept", "text/plain"),
                    Calls.LONG,
                    KeyRole.NONE);

            own.caller().send(ask).toCompletableFuture().join().close();

            RawServer.Request seen = server.requests().get(0);
            assertThat(seen.line()).isEqualTo("OPTIONS /models/tokenizer%2Fv1?a=/token HTTP/1.1");
            assertThat(seen.headers())
                    .containsExactlyInAnyOrder(
                            "user-agent: tscollector/0.0.0-test",
                            "accept-encoding: identity",
                            "x-scope: team-a",
                            "accept: text/plain",
                            "Host: 127.0.0.1:" + server.port(),
                            "Connection: keep-alive");
        }
    }

    @Test
    void keepsOneConnectionForOneCallAfterAnother() throws Exception {
        try (RawServer server = RawServer.start((request, connection) -> connection.ok("x"))) {
            for (int call = 0; call < 5; call++) {
                assertThat(calls.body(server.uri("/"))).isEqualTo("x");
            }
            assertThat(server.requests()).hasSize(5);
            assertThat(server.openConnections()).isEqualTo(1);
        }
    }

    @Test
    void saysGoodbyeToServersInsteadOfResettingConnections() throws Exception {
        List<RawServer> servers = Stream.generate(() -> RawServer.start((request, connection) -> connection.ok("x")))
                .limit(60)
                .toList();
        try (Calls own = new Calls()) {
            for (RawServer server : servers) {
                own.get(server.uri("/")).close();
            }

            own.caller().close();

            await().untilAsserted(() -> assertThat(servers)
                    .allSatisfy(server -> assertThat(server.goodbyes()).containsExactly("FIN")));
        } finally {
            for (RawServer server : servers) {
                server.close();
            }
        }
    }

    @Test
    void aServerThatHangsDoesNotDelayTheEnd() throws Exception {
        try (RawServer server = RawServer.start((request, connection) -> new CountDownLatch(1).await());
                Calls own = new Calls()) {
            CompletableFuture<HttpAnswer> hanging = own.caller()
                    .send(HttpAsk.get(server.uri("/"), Calls.LONG, KeyRole.NONE))
                    .toCompletableFuture();
            await().until(() -> !server.requests().isEmpty());

            assertThat(CompletableFuture.runAsync(() -> own.caller().close())).succeedsWithin(Duration.ofSeconds(10));

            assertThat(hanging).failsWithin(Duration.ofSeconds(1));
        }
    }

    @Test
    void completesOnTheSchedulersThreadsAndHoldsNoneForServersThatDoNotAnswer() throws Exception {
        try (RawServer silent = RawServer.start((request, connection) -> new CountDownLatch(1).await());
                RawServer good = RawServer.start((request, connection) -> connection.ok("good"))) {
            List<CompletableFuture<HttpAnswer>> hanging = IntStream.range(0, 40)
                    .mapToObj(index -> calls.caller()
                            .send(HttpAsk.get(silent.uri("/" + index), Duration.ofSeconds(1), KeyRole.NONE))
                            .toCompletableFuture())
                    .toList();

            assertThat(calls.body(good.uri("/"))).isEqualTo("good");

            String thread = calls.caller()
                    .send(HttpAsk.get(good.uri("/"), Calls.LONG, KeyRole.NONE))
                    .thenApply(answer -> Thread.currentThread().getName())
                    .toCompletableFuture()
                    .join();
            assertThat(thread).isIn(Thread.currentThread().getName(), "work-1", "work-2");
            assertThat(hanging)
                    .allSatisfy(call -> assertThat(call)
                            .failsWithin(Duration.ofSeconds(10))
                            .withThrowableThat()
                            .havingCause()
                            .isInstanceOfSatisfying(
                                    HttpFailure.class,
                                    failure -> assertThat(failure.type()).isEqualTo(HttpFailure.Type.TIMEOUT)));
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        URI gone;
        try (RawServer server = RawServer.start((request, connection) -> connection.ok(""))) {
            gone = URI.create("http://user:pass@127.0.0.1:" + server.port() + "/metrics?secret=1");
        }

        HttpFailure failure = calls.failure(gone);

        assertThat(failure.type()).isEqualTo(HttpFailure.Type.CONNECTION_REFUSED);
        assertThat(failure)
                .hasMessage("connection to http://127.0.0.1:%d refused: nobody listens there", gone.getPort());
    }
}
