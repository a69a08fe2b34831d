package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoScenarioTest {
    private static final List<String> REGRESSION = List.of("linear_regression", "default", "ts-host");

    @TempDir
    private Path folder;

    private TorchServeSimulator server;
    private DemoScenario scenario;

    @BeforeEach
    void start() {
        server = DemoScenario.server().tokens(folder.resolve("key_file.json")).start();
        scenario = new DemoScenario(server, 42);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void hasTrafficFromTheFirstMoment() {
        scenario.advanceTo(Duration.ofSeconds(2));
        double requests = server.metricValue("ts_inference_requests_total", REGRESSION);
        double latency = server.metricValue("ts_inference_latency_microseconds", REGRESSION);
        assertThat(requests).isGreaterThan(5);
        assertThat(latency / requests).isBetween(2_000.0, 50_000.0);
        assertThat(server.model("linear_regression").current().workers().get(0).memoryBytes())
                .isPositive();

        scenario.advanceTo(Duration.ofSeconds(4));
        assertThat(server.metricValue("ts_inference_requests_total", REGRESSION))
                .isGreaterThan(requests);
    }

    @Test
    void tellsItsStoryInOrder() {
        List<String> told = new ArrayList<>();
        for (int second = 0; second <= 30; second++) {
            scenario.advanceTo(Duration.ofSeconds(second)).forEach(step -> told.add(step.description()));
        }

        assertThat(told)
                .containsExactly(
                        "model batcher 1.0 is registered with 2 workers",
                        "the default version of linear_regression changes from 1.0 to 2.0",
                        "the worker of chatty dies",
                        "the worker of chatty is back under a new pid",
                        "the inference and management tokens expire",
                        "the tokens are rotated and the key file is rewritten",
                        "version 1.0 of linear_regression is unregistered",
                        "model describer is unregistered",
                        "metrics_mode is what TorchServe comes with, log: /metrics answers 200 with nothing in it");
        assertThat(scenario.isOver()).isTrue();
        assertThat(scenario.steps()).extracting(DemoScenario.Step::description).isEqualTo(told);
        assertThat(scenario.steps()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    }

    @Test
    void changesTheModelsAsItSays() {
        assertThat(server.modelNames()).containsExactly("chatty", "describer", "linear_regression");
        assertThat(server.model("linear_regression").versions()).containsOnlyKeys("1.0", "2.0");
        advance(3);
        assertThat(server.modelNames()).contains("batcher");
        assertThat(server.model("linear_regression").defaultVersion()).isEqualTo("1.0");
        advance(6);
        assertThat(server.model("linear_regression").defaultVersion()).isEqualTo("2.0");
        Worker before = chatty();
        advance(9);
        assertThat(chatty().status()).isEqualTo("UNLOADING");
        assertThat(chatty().pid()).isEqualTo(before.pid());
        advance(12);
        assertThat(chatty().status()).isEqualTo("READY");
        assertThat(chatty().pid()).isNotEqualTo(before.pid());
        assertThat(chatty().id()).isEqualTo(before.id());
        advance(25);
        assertThat(server.modelNames()).containsExactly("batcher", "chatty", "linear_regression");
        assertThat(server.model("linear_regression").versions()).containsOnlyKeys("2.0");
    }

    @Test
    void expiresAndRotatesTheTokens() throws IOException {
        String key = server.key(Api.MANAGEMENT).orElseThrow();
        advance(14);
        assertThat(status(key)).isEqualTo(200);
        String file = Files.readString(folder.resolve("key_file.json"));
        advance(15);
        assertThat(status(key)).isEqualTo(400);
        advance(19);
        assertThat(Files.readString(folder.resolve("key_file.json"))).isNotEqualTo(file);
        assertThat(status(server.key(Api.MANAGEMENT).orElseThrow())).isEqualTo(200);
    }

    @Test
    void endsWithTheEmptyPageOfTheDefaultMetricsMode() {
        advance(26);
        assertThat(page(server)).contains("ts_inference_requests_total");
        advance(27);
        assertThat(RawClient.get(server, Api.METRICS, "/metrics").status()).isEqualTo(200);
        assertThat(RawClient.get(server, Api.METRICS, "/metrics").body()).isEmpty();
    }

    @Test
    void doesNotDependOnTheStepsOfTheCaller() {
        advance(40);
        String once = page(server);
        server.close();
        start();
        for (int millis = 0; millis <= 40_000; millis += 37) {
            scenario.advanceTo(Duration.ofMillis(millis));
        }
        scenario.advanceTo(Duration.ofSeconds(40));
        scenario.advanceTo(Duration.ofSeconds(1));

        assertThat(page(server)).isEqualTo(once);
    }

    @Test
    void runsWithoutTokensToo() {
        try (TorchServeSimulator open = DemoScenario.server().start()) {
            DemoScenario same = new DemoScenario(open, 1);

            assertThat(same.advanceTo(Duration.ofSeconds(30))).hasSize(9);
            assertThat(RawClient.get(open, Api.INFERENCE, "/ping").status()).isEqualTo(200);
        }
    }

    private void advance(int seconds) {
        scenario.advanceTo(Duration.ofSeconds(seconds));
    }

    private Worker chatty() {
        return server.model("chatty").current().workers().get(0);
    }

    private int status(String key) {
        return RawClient.get(server, Api.MANAGEMENT, "/models", "Authorization: Bearer " + key)
                .status();
    }

    /** Counters of inference whatever the mode, which depend on nothing but the scenario; load times hold the wall clock. */
    private static String page(TorchServeSimulator server) {
        server.metricsMode(MetricsMode.PROMETHEUS);
        return RawClient.get(
                        server,
                        Api.METRICS,
                        "/metrics?name[]=ts_inference_requests_total&name[]=ts_inference_latency_microseconds"
                                + "&name[]=MemoryUsed&name[]=Requests5XX")
                .body();
    }
}
