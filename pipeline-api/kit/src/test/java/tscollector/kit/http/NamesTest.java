package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tscollector.testkit.ManualScheduler;

@Timeout(60)
class NamesTest {
    private final ManualScheduler time = new ManualScheduler();
    private final List<String> asked = new ArrayList<>();
    private final Names names = new Names(time, time.clock(), host -> {
        asked.add(host);
        if (host.equals("gone.test")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(new byte[] {10, 0, 0, 1})};
    });

    @Test
    void asksOnceForAllWhoWaitAndKeepsTheAnswerForAWhile() throws Exception {
        CompletionStage<Void> first = names.learn("a.test");
        CompletionStage<Void> second = names.learn("a.test");
        assertThat(first).isNotDone();
        time.runPending();

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(names.resolve("a.test"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("10.0.0.1");
        assertThat(names.learn("a.test")).isCompleted();
        assertThat(asked).containsExactly("a.test");

        time.advance(Duration.ofSeconds(30));
        assertThat(names.learn("a.test")).isNotDone();
        time.runPending();
        assertThat(asked).containsExactly("a.test", "a.test");
    }

    @Test
    void keepsNoFailure() {
        CompletionStage<Void> gone = names.learn("gone.test");
        time.runPending();
        assertThat(gone).isCompletedExceptionally();
        names.learn("gone.test");
        time.runPending();

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksNobodyForAddresses() throws Exception {
        for (String address : new String[] {"127.0.0.1", "::1", "fd00::1", "0:0:0:0:0:0:0:1"}) {
            assertThat(names.learn(address)).isCompleted();
            assertThat(names.resolve(address)).hasSize(1);
        }
        assertThat(asked).isEmpty();
        assertThatThrownBy(() -> names.resolve("never.learnt")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void saysThatANameIsNotThere() {
        try (Calls calls = new Calls().lookup(host -> {
            throw new UnknownHostException(host + ": Temporary failure in name resolution");
        })) {
            HttpFailure failure = calls.failure(URI.create("http://gone.test:8082/metrics"));

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.NAME_NOT_FOUND);
            assertThat(failure).hasMessage("the host name of http://gone.test:8082 was not found");
        }
    }

    @Test
    void aLookupThatHangsTimesOutAndDelaysNobody() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RawServer server = RawServer.start((request, to) -> to.ok("near"));
                Calls calls = new Calls().lookup(host -> {
                    if (host.equals("near.test")) {
                        return new InetAddress[] {InetAddress.getLoopbackAddress()};
                    }
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(host);
                })) {
            List<CompletableFuture<HttpAnswer>> hanging = new ArrayList<>();
            for (int call = 0; call < 30; call++) {
                URI uri = URI.create("http://hangs-" + call % 10 + ".test:8082/");
                hanging.add(calls.caller()
                        .send(HttpAsk.get(uri, Duration.ofMillis(500), HttpAsk.KeyRole.NONE))
                        .toCompletableFuture());
            }

            assertThat(calls.body(URI.create("http://near.test:" + server.port() + "/")))
                    .isEqualTo("near");
            assertThat(server.requests().get(0).header("host")).isEqualTo("near.test:" + server.port());
            HttpFailure failure = calls.failure(URI.create("http://hangs.test/"), Duration.ofMillis(100));
            assertThat(failure.type()).isEqualTo(HttpFailure.Type.CONNECT_TIMEOUT);
            assertThat(hanging).allSatisfy(call -> assertThat(call).failsWithin(Duration.ofSeconds(10)));
            release.countDown();
        }
    }
}
