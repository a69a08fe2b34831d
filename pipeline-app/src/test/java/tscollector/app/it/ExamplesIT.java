package tscollector.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tscollector.app.it.Program.program;

import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tscollector.simulator.Api;
import tscollector.simulator.DemoScenario;
import tscollector.simulator.TorchServeSimulator;
import tscollector.testkit.datadog.AcceptedCheck;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.DatadogServer;

/** Every file in {@code config/} runs as it is, addresses apart, against a simulated TorchServe, and delivers. */
class ExamplesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ANY_METRIC = "torchserve.management_api.models";

    @TempDir
    private Path folder;

    private final TorchServeSimulator torchServe = DemoScenario.server().start();
    private final OtlpSink sink = new OtlpSink();
    private final DatadogIntake intake = new DatadogIntake(Clock.getDefault());
    private final DatadogServer datadog = DatadogServer.start(intake);

    @AfterEach
    void close() {
        datadog.close();
        torchServe.close();
        sink.close();
    }

    /** What is set per file, since its addresses are not this test's: {@code KEY=VALUE}. */
    private Map<String, List<String>> addresses() {
        String http = "http://127.0.0.1:";
        String metrics = http + torchServe.port(Api.METRICS) + "/metrics";
        String management = http + torchServe.port(Api.MANAGEMENT);
        String sinkUrl = "http://" + sink.address();
        return Map.ofEntries(
                Map.entry("minimal.yaml", List.of(ports("torchserve"), interval("torchserve"))),
                Map.entry("line.yaml", List.of()),
                Map.entry("readme-full.yaml", List.of("receivers.torchserve_management.models.include=[regression]")),
                Map.entry(
                        "fleet.yaml",
                        List.of(
                                "receivers.torchserve_openmetrics.endpoints=[" + metrics + "]",
                                "receivers.torchserve_openmetrics.collection_interval=300ms",
                                "exporters.otlp_http.endpoint=" + sinkUrl)),
                Map.entry(
                        "fan-out.yaml",
                        List.of(
                                ports("torchserve"),
                                "receivers.torchserve.collection_interval=300ms",
                                "exporters.otlp_http/here.endpoint=" + sinkUrl)),
                Map.entry("print.yaml", List.of(ports("torchserve"))),
                Map.entry(
                        "token-and-tls.yaml",
                        List.of("receivers.torchserve.scheme=http", ports("torchserve"), interval("torchserve"))),
                Map.entry(
                        "several-servers.yaml",
                        List.of(
                                "receivers.torchserve_openmetrics.endpoints=[" + metrics + "]",
                                "receivers.torchserve_management.endpoints=[" + management + "]",
                                "receivers.torchserve_management.collection_interval=300ms",
                                "extensions.health_check.endpoint=127.0.0.1:" + freePort())),
                Map.entry(
                        "forward.yaml",
                        List.of(ports("torchserve/cpu"), interval("torchserve/cpu"), ports("torchserve/gpu"))),
                Map.entry("sdk.yaml", List.of(ports("torchserve"), interval("torchserve"))),
                Map.entry("datadog.yaml", List.of(ports("torchserve"))),
                Map.entry("datadog-otlp.yaml", List.of(ports("torchserve"), interval("torchserve"))));
    }

    private String ports(String receiver) {
        return "receivers." + receiver + ".ports={inference: " + torchServe.port(Api.INFERENCE) + ", management: "
                + torchServe.port(Api.MANAGEMENT) + ", metrics: " + torchServe.port(Api.METRICS) + "}";
    }

    private static String interval(String receiver) {
        return "receivers." + receiver + ".collection_interval=300ms";
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(Program.checkout().resolve("config"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void runsAndDelivers(String name) throws Exception {
        List<String> settings = addresses().get(name);
        assertThat(settings).as("the addresses of a new example " + name).isNotNull();
        Program.Builder builder = program()
                .in(folder)
                .arguments(
                        "run",
                        "--config",
                        Program.checkout().resolve("config/" + name).toString())
                .environment("TS_METRICS_PORT", torchServe.port(Api.METRICS))
                .environment("TS_INFERENCE_PORT", torchServe.port(Api.INFERENCE))
                .environment("TS_MANAGEMENT_PORT", torchServe.port(Api.MANAGEMENT))
                .environment("TS_KEY_FILE", keyFile())
                .environment("INTERVAL", "300ms")
                .environment("OUT_DIR", folder)
                .environment("STATE_DIR", folder.resolve("state"))
                .environment("DD_API_KEY", DatadogIntake.KEY)
                .environment("DD_METRICS_URL", datadog.url())
                .environment("DD_LOGS_URL", datadog.url())
                .environment("DD_OTLP_METRICS_URL", "http://" + sink.address() + "/v1/metrics")
                .environment("DD_OTLP_LOGS_URL", "http://" + sink.address() + "/v1/logs")
                .environment("OTLP_HTTP", sink.address());
        for (String setting : settings) {
            builder.arguments("--set", setting);
        }

        try (Program program = builder.start()) {
            program.awaitReady();
            await().atMost(PATIENCE).until(() -> delivered(name, program));
            program.terminate();

            int code = program.exitCode();
            // Two examples have a backend that is not there; what could not be delivered to it is said with 4.
            assertThat(code)
                    .as(program.errors())
                    .isIn(name.equals("fan-out.yaml") || name.equals("minimal.yaml") ? List.of(0, 4) : List.of(0));
            assertThat(program.errors()).doesNotContain("defect", "Exception", DatadogIntake.KEY);
            assertThat(intake.refusals()).isEmpty();
        }
    }

    private boolean delivered(String name, Program program) throws IOException {
        return switch (name) {
            case "minimal.yaml" -> program.errors().contains("otlp_grpc"); // nobody listens: the outage is told
            case "print.yaml", "readme-full.yaml" -> program.output().contains(ANY_METRIC);
            case "fleet.yaml" -> sink.metricNames().contains("torchserve.openmetrics.cpu.utilization");
            case "datadog.yaml" ->
                intake.series().stream().anyMatch(series -> series.metric().equals(ANY_METRIC))
                        && intake.checks().stream()
                                        .map(AcceptedCheck::check)
                                        .distinct()
                                        .count()
                                == 3;
            case "forward.yaml" ->
                Files.exists(folder.resolve("torchserve.jsonl"))
                        && Files.readString(folder.resolve("torchserve.jsonl")).contains(ANY_METRIC);
            default ->
                sink.metricNames().stream().anyMatch(metric -> metric.startsWith("torchserve.management_api.model"));
        };
    }

    private Path keyFile() throws IOException {
        Path file = folder.resolve("key_file.json");
        String key = "{\"key\": \"%s\", \"expiration time\": \"2030-01-01T00:00:00Z\"}";
        Files.writeString(
                file,
                "{\"management\": " + String.format(key, "m") + ", \"inference\": " + String.format(key, "i")
                        + ", \"API\": {\"key\": \"a\"}}");
        return file;
    }

    @Test
    void demoShowsMetricsAtOnceAndEveryEvent() throws Exception {
        try (Program program = program()
                .in(folder)
                .arguments("demo", "--interval", "1", "--seconds", "30")
                .start()) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> program.output().contains("torchserve.openmetrics.requests.2xx.count"));
            assertThat(program.exitCode()).as(program.errors()).isZero();

            assertThat(program.output())
                    .contains(
                            "torchserve.model.added",
                            "torchserve.model.default_version.changed",
                            "torchserve.model.version.removed",
                            "torchserve.model.removed",
                            "torchserve.api.state=auth_failed",
                            "torchserve.management_api.model.worker.restarts");
            assertThat(program.output()).doesNotContain("\u001b");
            assertThat(program.errors()).contains("auth.torchserve_key_file", "metrics_mode=prometheus");
        }
    }
}
