package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatorLifecycleTest {
    private static final String THREADS = "torchserve-simulator-";

    @Test
    void leavesNoThreadBehind() throws IOException {
        TorchServeSimulator server = TorchServeSimulator.builder().start();
        server.fault(Api.INFERENCE, "/ping", new Fault.Hang());
        try (RawClient idle = new RawClient(server.port(Api.METRICS));
                RawClient hanging = new RawClient(server.port(Api.INFERENCE))) {
            idle.send("GET", "/metrics");
            hanging.write(RawClient.request("GET", "/ping"));
            assertThat(threads(server)).isNotEmpty();

            server.close();
            server.close();

            assertThat(threads(server)).isEmpty();
            assertThat(idle.ending()).isEqualTo(Reply.Ending.RESET);
        }
    }

    @Test
    void doesNotWaitForSlowGpusWhenItCloses() throws IOException {
        TorchServeSimulator server = TorchServeSimulator.builder()
                .nvidiaSmiTakes(Duration.ofMinutes(5))
                .model(ModelSettings.of("noop", "1.0", "noop.mar").onGpu())
                .start();
        try (RawClient client = new RawClient(server.port(Api.MANAGEMENT))) {
            client.write(RawClient.request("GET", "/models/noop"));
            assertThat(client.staysOpen()).isTrue();

            server.close();

            assertThat(threads(server)).isEmpty();
        }
    }

    @Test
    void opensTheGivenPortsAndFreesThem() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        for (int round = 0; round < 2; round++) {
            try (TorchServeSimulator server =
                    TorchServeSimulator.builder().port(Api.METRICS, port).start()) {
                assertThat(server.url(Api.METRICS)).hasToString("http://127.0.0.1:" + port);
                assertThat(RawClient.get(server, Api.METRICS, "/metrics").status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        try (TorchServeSimulator first = TorchServeSimulator.builder().start()) {
            int taken = first.port(Api.METRICS);
            TorchServeSimulatorBuilder second = TorchServeSimulator.builder().port(Api.METRICS, taken);

            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("cannot listen on port " + taken);
        }
    }

    @Test
    void servesTwoHundredConnectionsAtOnce() throws Exception {
        int clients = 200;
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try (TorchServeSimulator server = TorchServeSimulator.builder()
                .model(CapturedServers.REGRESSION_1)
                .start()) {
            CyclicBarrier together = new CyclicBarrier(clients);
            Callable<Integer> client = () -> {
                try (RawClient connection = new RawClient(server.port(Api.MANAGEMENT))) {
                    together.await(30, TimeUnit.SECONDS);
                    int ok = 0;
                    for (int i = 0; i < 5; i++) {
                        ok += connection
                                                .send("GET", "/models/linear_regression")
                                                .status()
                                        == 200
                                ? 1
                                : 0;
                    }
                    return ok;
                }
            };
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                results.add(pool.submit(client));
            }
            int ok = 0;
            for (Future<Integer> result : results) {
                ok += result.get(60, TimeUnit.SECONDS);
            }

            assertThat(ok).isEqualTo(clients * 5);
            assertThat(server.requests(Api.MANAGEMENT)).hasSize(clients * 5);
            assertThat(server.metricValue("Requests2XX", List.of("Host", "ts-host")))
                    .isEqualTo(clients * 5);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void answersRequestAfterRequestOnOneConnection() throws IOException {
        try (TorchServeSimulator server = TorchServeSimulator.builder().start();
                RawClient client = new RawClient(server.port(Api.INFERENCE))) {
            // Two at once, the first with a body that must not be taken for a request.
            client.write("POST /ping HTTP/1.1\r\nContent-Length: 9\r\n\r\nGET /x HT"
                    + "POST /ping HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");

            assertThat(client.read(false).status()).isEqualTo(200);
            assertThat(client.read(false).status()).isEqualTo(200);
            client.write("POST /ping HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.read(true).status()).isEqualTo(100);
            client.write("ab");
            assertThat(client.read(false).status()).isEqualTo(200);
        }
    }

    @Test
    void recordsRequestsForAssertions() {
        SettableClock clock = new SettableClock();
        try (TorchServeSimulator server =
                TorchServeSimulator.builder().clock(clock).start()) {
            RawClient.get(server, Api.MANAGEMENT, "/models?limit=5", "Authorization: Bearer a", "X-Two: 1", "x-two: 2");
            RawClient.send(server, Api.METRICS, "HEAD", "/metrics");

            assertThat(server.requests()).hasSize(2);
            RecordedRequest request = server.requests(Api.MANAGEMENT).get(0);
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.target()).isEqualTo("/models?limit=5");
            assertThat(request.path()).isEqualTo("/models");
            assertThat(request.header("authorization")).contains("Bearer a");
            assertThat(request.header("X-TWO")).contains("1");
            assertThat(request.header("nosuch")).isEmpty();
            assertThat(request.time()).isEqualTo(Instant.parse("2026-11-22T15:30:00.123456789Z"));
            server.clearRequests();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void forgetsTheOldestRequestsBeyondTheBound() throws IOException {
        try (TorchServeSimulator server = TorchServeSimulator.builder().start();
                RawClient client = new RawClient(server.port(Api.INFERENCE))) {
            for (int i = 0; i <= Responder.MAX_RECORDED; i++) {
                client.send("GET", "/ping?" + i);
            }

            assertThat(server.requests()).hasSize(Responder.MAX_RECORDED);
            assertThat(server.requests().get(0).target()).isEqualTo("/ping?1");
        }
    }

    @Test
    void staysUpWhenClientsMisbehave() throws IOException {
        try (TorchServeSimulator server = TorchServeSimulator.builder().start()) {
            try (RawClient client = new RawClient(server.port(Api.METRICS))) {
                client.write("GET /metr");
            }
            try (RawClient client = new RawClient(server.port(Api.METRICS))) {
                client.write("POST /metrics HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnosize\r\n");
                assertThat(client.ending()).isEqualTo(Reply.Ending.RESET);
            }
            try (RawClient client = new RawClient(server.port(Api.METRICS))) {
                client.write("GET /metrics HTTP/1.1\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
                assertThat(client.ending()).isEqualTo(Reply.Ending.RESET);
            }

            assertThat(RawClient.get(server, Api.METRICS, "/metrics").status()).isEqualTo(200);
        }
    }

    private static List<String> threads(TorchServeSimulator server) {
        assertThat(server.requests()).isNotNull();
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(THREADS))
                .toList();
    }
}
