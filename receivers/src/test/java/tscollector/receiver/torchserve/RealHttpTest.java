package tscollector.receiver.torchserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.common.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.Consumers;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.inventory.InventoryRecord;
import tscollector.kit.time.SystemScheduler;
import tscollector.receiver.Receiver;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.simulator.Api;
import tscollector.simulator.Fault;
import tscollector.simulator.MetricsMode;
import tscollector.simulator.ModelSettings;
import tscollector.simulator.RecordedRequest;
import tscollector.simulator.TorchServeSimulator;
import tscollector.simulator.TorchServeSimulatorBuilder;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.Points;

/** The receiver against a simulated TorchServe, over real HTTP and with real threads. */
class RealHttpTest {
    private final TestContext test = new TestContext("torchserve");
    private final SystemScheduler scheduler = new SystemScheduler();
    private final BuildContext context = test.build(scheduler, Clock.getDefault());
    private final CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
    private final CollectingConsumer<LogBatch> logs = CollectingConsumer.logs();
    private TorchServeSimulator server;
    private Receiver receiver;

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.shutdown(Deadline.in(Duration.ofSeconds(5), Clock.getDefault()));
        }
        server.close();
        scheduler.close();
    }

    @Test
    void watchesAServerWhoseModelsChange() throws Exception {
        server = TorchServeSimulator.builder()
                .mode(MetricsMode.PROMETHEUS)
                .model(ModelSettings.of("lr", "1.0", "lr_1.mar"))
                .start();
        receive("");
        awaitPoint("torchserve.management_api.models{", " 1.0");
        awaitPoint("torchserve.inference_api.health{", " 0.0");
        awaitPoint("torchserve.openmetrics.health{", " 0.0");
        awaitPoint("Requests2XX{", "").contains("endpoint=");

        server.registerModel(ModelSettings.of("lr", "2.0", "lr_2.mar").withWorkers(2, 4));
        server.setDefaultVersion("lr", "2.0");
        server.registerModel(ModelSettings.of("we\"ird na/me%", "1", "w.mar"));
        server.registerModel(ModelSettings.of("caf\u00e9 %2F?#", "1", "c.mar"));
        awaitPoint("torchserve.management_api.models{", " 3.0");
        awaitPoint("torchserve.management_api.model.version.is_default{", "model_version=\"2.0\"} 1.0");
        awaitPoint(
                "torchserve.management_api.model.workers.min{",
                "model_name=\"caf\u00e9 %2F?#\", model_version=\"1\"} 1.0");
        await().untilAsserted(() -> {
            Inventory last = lastInventory();
            assertThat(last.complete()).isTrue();
            assertThat(last.models())
                    .extracting(Inventory.Model::name)
                    .containsExactly("caf\u00e9 %2F?#", "lr", "we\"ird na/me%");
            assertThat(last.models()).extracting(Inventory.Model::described).containsExactly(true, true, false);
        });

        server.killWorker("lr", "1.0", workerId("lr", "1.0"));
        awaitPoint("torchserve.management_api.model.worker.status{", " 3.0");
        server.recoverWorker("lr", "1.0", workerId("lr", "1.0"));
        awaitPoint("torchserve.management_api.model.worker.restarts{", " 1.0");
        server.setHealthy(false);
        awaitPoint("torchserve.inference_api.health{", " 2.0").contains("ping_unhealthy");
        assertThat(server.requests()).noneMatch(RealHttpTest::saysTokenInAHeader);
        assertThat(metrics.last().groups().get(0).resource().getAttributes().toString())
                .contains("0.12.0");
    }

    @Test
    void saysWhyWhenAPageIsCutOrHangs() throws Exception {
        TorchServeSimulatorBuilder builder = TorchServeSimulator.builder();
        for (int i = 0; i < 150; i++) {
            builder = builder.model(ModelSettings.of("m" + i, "1", "m.mar").withWorkers(0, 1));
        }
        server = builder.start();
        receive("timeout: 300ms");
        awaitPoint("torchserve.management_api.models{", " 150.0");

        server.fault(Api.MANAGEMENT, "/models", new Fault.ResetMidBody(50));
        awaitPoint("torchserve.management_api.health{", " 2.0").contains("cut_off", "\"invalid\"");
        server.clearFaults();
        awaitPoint("torchserve.management_api.health{", " 0.0");
        server.fault(Api.MANAGEMENT, "/models", new Fault.Hang());
        awaitPoint("torchserve.management_api.health{", " 2.0").contains("timeout", "\"unreachable\"");
        server.clearFaults();
        awaitPoint("torchserve.management_api.models{", " 150.0");
        assertThat(logs.allRecords()).allSatisfy(logRecord -> {
            Inventory inventory = InventoryRecord.read(logRecord);
            assertThat(inventory.models()).hasSize(150);
        });
    }

    @Test
    void usesTheKeysOfTheServersFile(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("key_file.json");
        server = TorchServeSimulator.builder()
                .tokens(keys)
                .model(ModelSettings.of("lr", "1.0", "lr_1.mar"))
                .start();
        receive("auth: {torchserve_key_file: '" + keys + "'}");
        awaitPoint("torchserve.management_api.model.versions{", " 1.0");
        awaitPoint("torchserve.inference_api.health{", " 0.0");

        server.expireKeys();
        awaitPoint("torchserve.management_api.health{", " 1.0").contains("invalid_key");
        server.rotateKey(Api.MANAGEMENT);
        server.rotateKey(Api.INFERENCE);
        awaitPoint("torchserve.management_api.health{", " 0.0");
        awaitPoint("torchserve.inference_api.health{", " 0.0");
    }

    @Test
    void describesAThousandModels() throws Exception {
        TorchServeSimulatorBuilder builder = TorchServeSimulator.builder();
        for (int i = 0; i < 1_000; i++) {
            builder = builder.model(ModelSettings.of("m" + i, "1", "m" + i + ".mar"));
        }
        server = builder.start();
        receive("collection_interval: 10s");
        await().atMost(Duration.ofSeconds(60)).until(() -> logs.batches().size() == 1);

        assertThat(lastInventory().models()).hasSize(1_000).allMatch(Inventory.Model::described);
        assertThat(points("torchserve.management_api.models{"))
                .last()
                .asString()
                .endsWith(" 1000.0");
        points("scrape_duration_seconds{").stream()
                .filter(line -> line.contains("management"))
                .forEach(line -> context.logger().info("1,000 models: {}", line));
    }

    private static boolean saysTokenInAHeader(RecordedRequest request) {
        return request.headers().toString().contains("/token");
    }

    private String workerId(String model, String version) {
        return points("torchserve.management_api.model.worker.status{").stream()
                .filter(line ->
                        line.contains("\"" + model + "\"") && line.contains("model_version=\"" + version + "\""))
                .map(line -> line.replaceAll(".*worker_id=\"(\\d+)\".*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private void receive(String settings) throws Exception {
        ConfigBinder binder = ServiceLoader.load(ConfigBinder.class).findFirst().orElseThrow();
        Problems problems = new Problems();
        String interval = settings.contains("collection_interval")
                ? ""
                : "collection_interval: 50ms\n" + (settings.contains("timeout") ? "" : "timeout: 5s\n");
        TorchServeConfig config = binder.bind(
                "host: 127.0.0.1\nports: {inference: " + server.port(Api.INFERENCE) + ", management: "
                        + server.port(Api.MANAGEMENT) + ", metrics: " + server.port(Api.METRICS) + "}\n" + interval
                        + settings,
                new TorchServeFactory().descriptor(),
                problems);
        assertThat(problems.all()).isEmpty();
        receiver = new TorchServeFactory()
                .create(context, config, Consumers.of(Signal.METRICS, metrics).and(Signal.LOGS, logs));
        receiver.start(test.host());
    }

    /** Waits for a point that comes from now on, and gives the line it was found in. */
    private org.assertj.core.api.AbstractStringAssert<?> awaitPoint(String begin, String end) {
        metrics.clear();
        String[] found = new String[1];
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            for (String line : points(begin)) {
                if (line.endsWith(end) || end.isEmpty()) {
                    found[0] = line;
                }
            }
            return found[0] != null;
        });
        return assertThat(found[0]);
    }

    private List<String> points(String begin) {
        return metrics.batches().stream()
                .flatMap(batch -> Points.of(batch).stream())
                .filter(line -> line.startsWith(begin))
                .toList();
    }

    private Inventory lastInventory() {
        return InventoryRecord.read(logs.allRecords().get(logs.allRecords().size() - 1));
    }
}
