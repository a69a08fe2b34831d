package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers change the server while clients read it. */
class ConcurrentChangesTest {
    private static final Pattern LINE = Pattern.compile("# (HELP|TYPE) \\w+ .+|\\w+(\\{.*,\\})? [-+.E0-9]+");
    private static final int ROUNDS = 150;

    private final TorchServeSimulator server =
            TorchServeSimulator.builder().model(CapturedServers.REGRESSION_1).start();
    private final ExecutorService pool = Executors.newFixedThreadPool(6);

    @AfterEach
    void close() {
        pool.shutdownNow();
        server.close();
    }

    @Test
    void losesNoCountAndTearsNoPage() throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        work.add(() -> infer(1));
        work.add(() -> infer(2));
        work.add(this::changeModels);
        work.add(this::collect);
        work.add(this::scrape);
        work.add(this::list);
        for (Future<Integer> done : pool.invokeAll(work, 60, TimeUnit.SECONDS)) {
            assertThat(done.get()).isEqualTo(ROUNDS);
        }

        assertThat(server.metricValue(
                        "ts_inference_requests_total", List.of("linear_regression", "default", "ts-host")))
                .isEqualTo(2 * ROUNDS);
        // Two writers, and every scrape and every page of the readers.
        assertThat(server.metricValue("Requests2XX", List.of("Host", "ts-host")))
                .isEqualTo(4 * ROUNDS);
        assertThat(server.modelNames()).containsExactly("linear_regression");
    }

    @Test
    void opensAndClosesPortsWhileClientsKnock() throws Exception {
        Callable<Integer> knock = () -> {
            int rounds = 0;
            for (int i = 0; i < ROUNDS; i++) {
                try {
                    RawClient.get(server, Api.METRICS, "/metrics");
                } catch (IllegalStateException refused) {
                    assertThat(refused).hasMessageStartingWith("cannot");
                }
                rounds++;
            }
            return rounds;
        };
        Future<Integer> first = pool.submit(knock);
        Future<Integer> second = pool.submit(knock);
        for (int i = 0; i < 20; i++) {
            server.fault(Api.METRICS, "*", new Fault.RefuseConnections());
            server.clearFaults();
        }

        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(ROUNDS);
        assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(ROUNDS);
        assertThat(RawClient.get(server, Api.METRICS, "/metrics").status()).isEqualTo(200);
    }

    private int infer(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ROUNDS; i++) {
            server.inference("linear_regression", null, 200, random.nextInt(1, 9_000), 10);
        }
        return ROUNDS;
    }

    private int changeModels() {
        for (int i = 0; i < ROUNDS; i++) {
            server.registerModel(ModelSettings.of("noop", "1.0", "noop.mar"));
            String worker = server.model("noop").current().workers().get(0).id();
            server.killWorker("noop", null, worker);
            server.recoverWorker("noop", null, worker);
            server.unregisterModel("noop");
        }
        return ROUNDS;
    }

    private int collect() {
        for (int i = 0; i < ROUNDS; i++) {
            server.collectHostMetrics();
        }
        return ROUNDS;
    }

    private int scrape() {
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(RawClient.get(server, Api.METRICS, "/metrics").body().lines())
                    .allMatch(line -> LINE.matcher(line).matches());
        }
        return ROUNDS;
    }

    private int list() {
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(RawClient.get(server, Api.MANAGEMENT, "/models").body())
                    .contains("linear_regression")
                    .endsWith("  ]\n}\n");
        }
        return ROUNDS;
    }
}
