package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tscollector.kit.http.HttpAsk.KeyRole;

/** What happens when all answers together want more memory than they may have. */
@Timeout(60)
class MemoryTest {
    private static final int MEBIBYTE = 1 << 20;

    private final BodyBudget budget = new BodyBudget(2 * MEBIBYTE);

    @Test
    void aBigAnswerWaitsUntilAnotherIsClosed() throws Exception {
        String big = "x".repeat(2 * MEBIBYTE);
        try (RawServer server = RawServer.start((request, to) -> to.ok(big));
                Calls calls = new Calls().budget(budget)) {
            HttpAnswer first = calls.get(server.uri("/first"));
            assertThat(budget.used()).isEqualTo(2 * MEBIBYTE - BodyBudget.FREE_BYTES);

            CompletableFuture<HttpAnswer> second = calls.caller()
                    .send(HttpAsk.get(server.uri("/second"), Calls.LONG, KeyRole.NONE))
                    .toCompletableFuture();
            assertThat(calls.failure(server.uri("/third"), Duration.ofMillis(400))
                            .type())
                    .isEqualTo(HttpFailure.Type.OUT_OF_MEMORY);
            assertThat(second).isNotDone();

            first.close();
            first.close();

            assertThat(second).succeedsWithin(Duration.ofSeconds(10)).satisfies(answer -> {
                assertThat(answer.body()).hasSize(2 * MEBIBYTE);
                answer.close();
            });
            assertThat(budget.used()).isZero();
        }
    }

    @Test
    void ordinaryAnswersComeWhileBigOnesHoldEverything() throws Exception {
        String big = "x".repeat(2 * MEBIBYTE);
        String page = "y".repeat(100_000);
        try (RawServer server =
                        RawServer.start((request, to) -> to.ok(request.line().startsWith("GET /big") ? big : page));
                Calls calls = new Calls().budget(budget)) {
            HttpAnswer first = calls.get(server.uri("/big"));
            CompletableFuture<HttpAnswer> second = calls.caller()
                    .send(HttpAsk.get(server.uri("/big"), Calls.LONG, KeyRole.NONE))
                    .toCompletableFuture();

            assertThat(calls.body(server.uri("/page"))).isEqualTo(page);

            assertThat(second).isNotDone();
            first.close();
            second.join().close();
        }
    }

    @Test
    void endlessAnswersEndOneAnotherInsteadOfWaitingForTheirTimeouts() throws Exception {
        byte[] block = new byte[64 << 10];
        try (RawServer server = RawServer.start((request, to) -> {
                    to.send("HTTP/1.1 200 OK\r\n\r\n");
                    while (true) {
                        to.send(block);
                    }
                });
                Calls calls = new Calls().budget(budget)) {
            List<CompletableFuture<HttpAnswer>> all = new ArrayList<>();
            for (int call = 0; call < 20; call++) {
                URI uri = server.uri("/" + call);
                all.add(calls.caller()
                        .send(HttpAsk.get(uri, Calls.LONG, KeyRole.NONE))
                        .toCompletableFuture());
            }

            assertThat(all)
                    .allSatisfy(call -> assertThat(call)
                            .failsWithin(Duration.ofSeconds(20))
                            .withThrowableThat()
                            .havingCause()
                            .isInstanceOfSatisfying(
                                    HttpFailure.class,
                                    failure -> assertThat(failure.type())
                                            .isIn(HttpFailure.Type.OUT_OF_MEMORY, HttpFailure.Type.BODY_TOO_LARGE)));
            assertThat(budget.used()).isZero();
        }
    }

    @Test
    void closingTheCallerEndsEveryCallAndGivesAllBack() throws Exception {
        try (RawServer silent = RawServer.start((request, to) -> {
            to.send("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(MEBIBYTE));
            new CountDownLatch(1).await();
        })) {
            Calls calls = new Calls().budget(budget);
            CompletableFuture<HttpAnswer> call = calls.caller()
                    .send(HttpAsk.get(silent.uri("/"), Calls.LONG, KeyRole.NONE))
                    .toCompletableFuture();
            org.awaitility.Awaitility.await().until(() -> budget.used() > 0);

            calls.caller().close();
            calls.caller().close();

            assertThat(call)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            HttpFailure.class,
                            failure -> assertThat(failure.type()).isEqualTo(HttpFailure.Type.CLOSED));
            assertThat(calls.failure(silent.uri("/")).type()).isEqualTo(HttpFailure.Type.CLOSED);
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(silent.requests()).hasSize(1));
            assertThat(budget.used()).isZero();
            org.awaitility.Awaitility.await()
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("http test/http")));
            calls.close();
        }
    }
}
