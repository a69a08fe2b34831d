package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.simulator.Api.INFERENCE;
import static tscollector.simulator.Api.MANAGEMENT;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DescribeGoldenTest {
    private final SettableClock clock = new SettableClock();
    private TorchServeSimulator server =
            builder().model(CapturedServers.REGRESSION_1).start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void describesAllVersionsInHashOrder() {
        server.registerModel(CapturedServers.REGRESSION_2);
        server.registerModel(CapturedServers.REGRESSION_3);

        get("/models/linear_regression/all", "prometheus/a08-describe-all");
    }

    @Test
    void describesWorkersThatStillLoad() {
        server.registerModel(CapturedServers.REGRESSION_2);
        server.registerLoadingModel(CapturedServers.REGRESSION_3);

        get("/models/linear_regression/all", "prometheus/a07-describe-all-loading");
    }

    @Test
    void isHealthyWhileTheOnlyModelLoads() {
        restart(builder().loadingModel(CapturedServers.REGRESSION_1));

        Capture.assertSame(RawClient.get(server, INFERENCE, "/ping"), "prometheus2/y16-ping-while-loading.http");
        get("/models/linear_regression", "prometheus2/y17-describe-while-loading");
    }

    @Test
    void showsADeadWorkerUnderItsOldPidAndTheNewOneUnderTheSameId() {
        useWorkerIds(4);
        server.registerModel(CapturedServers.CHATTY);
        Worker before = worker("chatty");

        server.killWorker("chatty", null, "9004");
        get("/models/chatty", "prometheus/g07-describe-after-crash");
        assertThat(worker("chatty").pid()).isEqualTo(before.pid());

        server.recoverWorker("chatty", null, "9004");
        get("/models/chatty", "prometheus/g08-describe-recovered");
        assertThat(worker("chatty").pid()).isGreaterThan(before.pid());
        assertThat(worker("chatty").startTime()).isEqualTo(before.startTime());
    }

    @Test
    void showsTheQueueAndRefusesInferenceWhenItIsFull() {
        useWorkerIds(5);
        server.registerModel(CapturedServers.BATCHER);
        server.setPendingRequests("batcher", "1.0", 3);

        get("/models/batcher", "prometheus/g01-describe-busy");
        Capture.assertSame(
                RawClient.send(server, INFERENCE, "POST", "/predictions/batcher"),
                "prometheus/g02-predict-queue-full.http");

        server.setPendingRequests("batcher", "1.0", 0);
        server.killWorker("batcher", "1.0", "9005");
        get("/models/batcher", "prometheus/g05-describe-after-timeout");
    }

    @Test
    void isUnhealthyOnlyAfterTheRetryWindowOfADefaultVersion() {
        server.registerModel(ModelSettings.of("broken", "1.0", "broken.mar").withTimeouts(120, 120, 20));
        server.registerModel(CapturedServers.REGRESSION_2);
        server.killWorker("linear_regression", "2.0", "9002");
        server.killWorker("broken", null, "9001");

        clock.advance(Duration.ofSeconds(20));
        ping("prometheus/i04-ping-still-healthy");
        clock.advance(Duration.ofSeconds(1));
        ping("prometheus/i06-ping-unhealthy");
        Capture.assertSame(
                RawClient.get(server, MANAGEMENT, "/v1/models/broken"), "prometheus/i08-v1-ready-broken.http");
        server.unregisterModel("broken");
        ping("prometheus/i10-ping-healthy-again");

        clock.advance(Duration.ofMinutes(5));
        ping("prometheus/i10-ping-healthy-again");
        server.setDefaultVersion("linear_regression", "2.0");
        ping("prometheus2/y13-ping-unhealthy");
    }

    @Test
    void isUnhealthyAtACallersWish() {
        server.setHealthy(false);
        ping("prometheus/i06-ping-unhealthy");
        server.setHealthy(true);
        ping("prometheus/a01-ping-healthy");
    }

    @Test
    void takesAnyTextForAName() {
        restart(builder().model(CapturedServers.REGRESSION_1));
        List.of("chatty", "describer", "batcher", "noop")
                .forEach(name -> server.registerModel(
                        ModelSettings.of(name, "1.0", name + ".mar").withWorkers(0, 0)));
        server.registerModel(CapturedServers.REGRESSION_3);
        server.setDefaultVersion("linear_regression", "3.1");
        useWorkerIds(7);
        server.registerModel(ModelSettings.of("we\"ird\\name\nnew", "1.0", "noop.mar"));
        List.of("a,b:c|d", "caf\u00e9\u6f22", "sla/sh")
                .forEach(name -> server.registerModel(ModelSettings.of(name, "1.0", "noop.mar")));
        for (int filler = 3; filler < 7; filler++) {
            server.unregisterModel("filler" + filler);
        }

        get("/models", "prometheus/f01-models-weird");
        get("/models/we%22ird%5Cname%0Anew", "prometheus/f04-describe-weird");
    }

    @Test
    void describesGpuWorkers() {
        restart(builder());
        useWorkerIds(1);
        server.registerModel(
                ModelSettings.of("noop", "1.0", "noop.mar").withWorkers(2, 2).onGpu());
        server.setGpuUsage(
                "noop",
                null,
                "9002",
                "gpuId::1 utilization.gpu [%]::[N/A] utilization.memory [%]::[N/A] memory.used [MiB]::0 MiB");
        get("/models/noop", "gpu-simulated/u01-describe");

        server.setGpuUsage("noop", null, "9002", "failed to obtained gpu usage");
        get("/models/noop", "gpu-simulated/u04-describe-fails");
        assertThat(RawClient.get(server, MANAGEMENT, "/models/noop").body()).doesNotContain("deviceIds");
    }

    @Test
    void describesConfiguredDeviceIdsAfterTheDeviceType() {
        server.registerModel(ModelSettings.of("gpucfg", "1.0", "gpucfg.mar")
                .withWorkers(2, 2)
                .onGpu(1, 0));

        String ids = "    \"deviceType\": \"gpu\",\n    \"deviceIds\": [\n      1,\n      0\n    ],\n";
        assertThat(RawClient.get(server, MANAGEMENT, "/models/gpucfg").body()).contains(ids);
        assertThat(Capture.text("gpu-simulated/u02-describe-deviceids.http")).contains(ids);
    }

    @Test
    void hidesFunctionNodesOfWorkflowsFromTheListAndShowsThemWithoutUrl() {
        restart(builder().model(CapturedServers.REGRESSION_1));
        useWorkerIds(2);
        server.unregisterModel("filler1");
        server.registerModel(ModelSettings.of("describer", "1.0", "describer.mar"));
        server.registerModel(ModelSettings.functionNode("demo", "pre"));
        server.registerModel(ModelSettings.of("demo__m1", "1.0", "noop.mar").asWorkflowNode());

        get("/models", "oip-workflow-grpc/w06-models");
        get("/models/demo__m1", "oip-workflow-grpc/w07-describe-node");
        get("/models/demo__pre", "oip-workflow-grpc/w08-describe-function");
        get("/workflows", "oip-workflow-grpc/w01-workflows-empty");
    }

    @Test
    void writesStartTimesInLocalTimeWithALiteralZ() {
        restart(builder().model(CapturedServers.REGRESSION_1).zone(ZoneId.of("America/New_York")));

        assertThat(RawClient.get(server, MANAGEMENT, "/models/linear_regression")
                        .body())
                .contains("\"startTime\": \"2026-11-22T10:30:00.123Z\"");
    }

    @Test
    void knowsMemoryOnlyAfterACollectionAndForgetsToMoveWhenFrozen() {
        assertThat(worker("linear_regression").memoryBytes()).isZero();
        server.collectHostMetrics();
        long first = worker("linear_regression").memoryBytes();
        assertThat(first).isGreaterThan(200_000_000L);

        server.freezeHostMetrics(true);
        server.collectHostMetrics();
        assertThat(worker("linear_regression").memoryBytes()).isEqualTo(first);
    }

    @Test
    void takesItsTimeForEachGpuWorker() {
        restart(builder().nvidiaSmiTakes(Duration.ofMillis(60)));
        server.registerModel(
                ModelSettings.of("noop", "1.0", "noop.mar").withWorkers(3, 3).onGpu());

        long start = System.nanoTime();
        RawClient.get(server, MANAGEMENT, "/models/noop");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(180));
    }

    @Test
    void refusesOperationsOnWhatIsNotThere() {
        assertThatThrownBy(() -> server.unregisterModel("nosuch"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Model not found: nosuch");
        assertThatThrownBy(() -> server.killWorker("linear_regression", null, "9999"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9999");
        assertThatThrownBy(() -> server.setPendingRequests("linear_regression", null, 101))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.registerModel(CapturedServers.REGRESSION_1))
                .hasMessage("Model version 1.0 is already registered for model linear_regression");
    }

    private TorchServeSimulatorBuilder builder() {
        return TorchServeSimulator.builder().clock(clock);
    }

    private Worker worker(String model) {
        return server.model(model).current().workers().get(0);
    }

    /** Registers models until the next worker has this number behind 9000. */
    private void useWorkerIds(int next) {
        int used = server.modelNames().stream()
                .mapToInt(name -> server.model(name).versions().values().stream()
                        .mapToInt(version -> version.workers().size())
                        .sum())
                .sum();
        for (int id = used; id < next; id++) {
            server.registerModel(ModelSettings.of("filler" + id, "1.0", "filler.mar"));
        }
    }

    private void ping(String capture) {
        Capture.assertSame(RawClient.get(server, INFERENCE, "/ping"), capture + ".http");
    }

    private void get(String target, String capture) {
        Capture.assertSame(RawClient.get(server, MANAGEMENT, target), capture + ".http");
    }

    private void restart(TorchServeSimulatorBuilder builder) {
        server.close();
        server = builder.start();
    }
}
