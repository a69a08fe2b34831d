package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final List<String> HOST = List.of("Host", "ts-host");
    private static final List<String> DEFAULT = List.of("linear_regression", "default", "ts-host");
    private static final List<String> VERSION = List.of("linear_regression", "1.0", "ts-host");

    private final TorchServeSimulator server =
            TorchServeSimulator.builder().model(CapturedServers.REGRESSION_1).start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void countsRequestsByTheVersionThatTheyNamed() {
        server.inference("linear_regression", null, 200, 3_000.5, 1_200);
        server.inference("linear_regression", null, 418, 1_000, 100);
        server.inference("linear_regression", "1.0", 200, 500, 50);

        assertThat(value("ts_inference_requests_total", DEFAULT)).isEqualTo(2);
        assertThat(value("ts_inference_requests_total", VERSION)).isEqualTo(1);
        assertThat(value("ts_inference_latency_microseconds", DEFAULT)).isEqualTo(4_000.5);
        assertThat(value("ts_queue_latency_microseconds", DEFAULT)).isEqualTo(1_300);
        assertThat(value("Requests2XX", HOST)).isEqualTo(2);
        assertThat(value("Requests4XX", HOST)).isEqualTo(1);
    }

    @Test
    void countsErrorsInRequestsButNotInLatencies() {
        for (int status : new int[] {500, 503, 507}) {
            server.inference("linear_regression", null, status, 3_000, 10);
        }

        assertThat(value("ts_inference_requests_total", DEFAULT)).isEqualTo(3);
        assertThat(value("ts_inference_latency_microseconds", DEFAULT)).isZero();
        assertThat(value("Requests5XX", HOST)).isEqualTo(3);
    }

    @Test
    void countsARedirectOfAHandlerAs5xx() {
        server.inference("linear_regression", null, 302, 10, 1);

        assertThat(value("Requests5XX", HOST)).isEqualTo(1);
    }

    @Test
    void countsWorkflowNodesInLatenciesOnly() {
        server.registerModel(ModelSettings.functionNode("demo", "pre"));
        server.inference("demo__pre", null, 200, 700, 1);

        List<String> node = List.of("demo__pre", "default", "ts-host");
        assertThat(value("ts_inference_requests_total", node)).isZero();
        assertThat(value("ts_inference_latency_microseconds", node)).isEqualTo(700);
    }

    @Test
    void showsTheLastValueInGauges() {
        server.inference("linear_regression", null, 200, 90_000, 2_900);
        server.inference("linear_regression", null, 200, 35_000, 1_999);

        assertThat(value("QueueTime", HOST)).isEqualTo(1);
        assertThat(value("WorkerThreadTime", HOST)).isEqualTo(4);
        assertThat(value("PredictionTime", List.of("linear_regression", "Model", "ts-host")))
                .isEqualTo(33.0);
    }

    @Test
    void countsPredictionsOverHttpLikeAnyOther() {
        Reply reply = RawClient.send(server, Api.INFERENCE, "POST", "/predictions/linear_regression/1.0");

        assertThat(reply.text()).startsWith("HTTP/1.1 200 \r\nx-request-id: ");
        assertThat(value("ts_inference_requests_total", VERSION)).isEqualTo(1);
        assertThat(value("Requests2XX", HOST)).isEqualTo(1);
    }

    @Test
    void measuresLoadTimeFromTheCreationOfTheWorker() {
        List<String> worker = List.of("W-9000-linear_regression_1.0", "Host", "ts-host");
        assertThat(value("WorkerLoadTime", worker)).isBetween(1_500.0, 10_000.0);

        server.scaleWorkers("linear_regression", null, 3, 3);
        assertThat(value("WorkerLoadTime", List.of("W-9002-linear_regression_1.0", "Host", "ts-host")))
                .isPositive();
        server.scaleWorkers("linear_regression", null, 1, 1);
        assertThat(server.model("linear_regression").current().workers()).hasSize(1);
        assertThat(value("WorkerLoadTime", List.of("W-9002-linear_regression_1.0", "Host", "ts-host")))
                .as("series of workers that are gone stay")
                .isPositive();
    }

    @Test
    void startsCountersFromZeroAfterARestart() {
        server.inference("linear_regression", null, 200, 10, 1);
        int pid = server.model("linear_regression").current().workers().get(0).pid();

        server.restart();

        assertThat(value("ts_inference_requests_total", DEFAULT)).isZero();
        assertThat(server.model("linear_regression").current().workers().get(0).pid())
                .isGreaterThan(pid);
        assertThat(server.model("linear_regression").current().workers().get(0).id())
                .isEqualTo("9000");
    }

    @Test
    void movesHostGaugesUntilTheyFreeze() {
        double first = value("MemoryUsed", HOST);
        server.collectHostMetrics();
        double second = value("MemoryUsed", HOST);
        assertThat(second).isNotEqualTo(first).isPositive();
        assertThat(second + value("MemoryAvailable", HOST)).isEqualTo(24_112.0);

        server.freezeHostMetrics(true);
        server.collectHostMetrics();
        assertThat(value("MemoryUsed", HOST)).isEqualTo(second);

        server.freezeHostMetrics(false);
        server.setHostGauge("DiskUtilization", 99.5);
        assertThat(value("DiskUtilization", HOST)).isEqualTo(99.5);
    }

    @Test
    void refusesMetricsThatAreNotConfigured() {
        assertThatThrownBy(() -> server.updateMetric("nosuch", HOST, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nosuch");
        assertThatThrownBy(() -> server.updateMetric("QueueTime", List.of("Host"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Level");
        assertThatThrownBy(() -> TorchServeSimulator.builder()
                        .metric(MetricKind.GAUGE, "QueueTime", "ms")
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    private double value(String family, List<String> labels) {
        return server.metricValue(family, labels);
    }
}
