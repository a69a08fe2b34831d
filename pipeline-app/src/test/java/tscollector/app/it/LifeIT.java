package tscollector.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tscollector.app.it.Program.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.simulator.Api;
import tscollector.simulator.DemoScenario;
import tscollector.simulator.Fault;
import tscollector.simulator.MetricsMode;
import tscollector.simulator.ModelSettings;
import tscollector.simulator.TorchServeSimulator;

/** How the real program begins and ends, and what it says meanwhile. */
class LifeIT {
    @TempDir
    private Path folder;

    private final TorchServeSimulator torchServe = DemoScenario.server().start();
    private final OtlpSink sink = new OtlpSink();

    @AfterEach
    void close() {
        torchServe.close();
        sink.close();
    }

    private Program.Builder line() {
        return program()
                .in(folder)
                .arguments(
                        "run",
                        "--config",
                        Program.checkout().resolve("config/line.yaml").toString())
                .environment("TS_METRICS_PORT", torchServe.port(Api.METRICS))
                .environment("TS_INFERENCE_PORT", torchServe.port(Api.INFERENCE))
                .environment("TS_MANAGEMENT_PORT", torchServe.port(Api.MANAGEMENT))
                .environment("INTERVAL", "200ms")
                .environment("TIMEOUT", "2s")
                .environment("STATE_DIR", folder.resolve("state"))
                .environment("OUT_DIR", folder)
                .environment("OTLP_HTTP", sink.address());
    }

    @Test
    void deliversAllThreeApisToFileAndBackendAndStopsWithZero() throws Exception {
        try (Program program = line().start()) {
            program.awaitReady();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> sink.metricNames().contains("torchserve.management_api.models")
                            && sink.metricNames().contains("torchserve.openmetrics.cpu.utilization")
                            && sink.metricNames().contains("torchserve.inference_api.health"));
            torchServe.registerModel(ModelSettings.of("late", "1.0", "late.mar"));
            await().atMost(Duration.ofSeconds(20)).until(() -> sink.eventNames().contains("torchserve.model.added"));
            program.terminate();

            assertThat(program.exitCode()).as(program.errors()).isZero();
            assertThat(program.errors()).contains("Stopped.");
        }
        assertThat(sink.metricNames()).noneMatch(name -> name.contains(".disk."));
        assertThat(Files.readString(folder.resolve("metrics.jsonl")))
                .contains("\"torchserve.openmetrics.requests.2xx.count\"");
        assertThat(Files.readString(folder.resolve("events.jsonl"))).contains("\"torchserve.model.added\"", "\"late\"");
    }

    @Test
    void tellsEventsOfChangesThatHappenedWhileItWasAway() throws Exception {
        try (Program program = line().start()) {
            program.awaitReady();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.exists(folder.resolve("state"))
                            && sink.metricNames().contains("torchserve.management_api.models"));
            program.terminate();
            program.exitCode();
        }
        torchServe.unregisterModel("describer");

        try (Program program = line().start()) {
            program.awaitReady();
            await().atMost(Duration.ofSeconds(20)).until(() -> sink.eventNames().contains("torchserve.model.removed"));
        }
    }

    @Test
    void endsWithFourWhenTheBackendIsDownAtTheStop() throws Exception {
        sink.answerWith(503);
        try (Program program = line().set("service.shutdown_timeout", "2s").start()) {
            program.awaitReady().awaitError("otlp_http");
            program.terminate();

            assertThat(program.exitCode()).as(program.errors()).isEqualTo(4);
            assertThat(program.errors()).contains("left undelivered", "stopped before delivery");
        }
    }

    @Test
    void endsWithTwoAndTheListOfMistakes() throws Exception {
        Path config = folder.resolve("pipeline.yaml");
        Files.writeString(config, """
                receivers:
                  torchserve:
                    host: 127.0.0.1
                exporters:
                  otlp_http:
                    endpont: http://localhost:4318
                    headers:
                      api-key: very-secret
                  debug:
                    verbosity: loud
                service:
                  pipelines:
                    metrics:
                      receivers: [torchserve]
                      exporters: [otlp_http, debg]
                """);
        try (Program program =
                program().in(folder).arguments("--config", "pipeline.yaml").start()) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.errors())
                    .contains(
                            "pipeline.yaml:6:5: exporters.otlp_http.endpont is not a known setting; did you mean \"endpoint\"?")
                    .contains("    6 |     endpont: ")
                    .contains("      |     ^^^^^^^")
                    .contains("pipeline.yaml:10:16: exporters.debug.verbosity")
                    .contains("\"debug\"")
                    .doesNotContain("very-secret")
                    .doesNotContain("Exception")
                    .doesNotContain("tscollector.exporter");
            assertThat(program.output()).isEmpty();
        }
    }

    @Test
    void endsWithThreeWhenAComponentCannotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program program = line().arguments(
                                "--set",
                                "extensions.health_check={endpoint: '127.0.0.1:" + taken.getLocalPort() + "'}",
                                "--set",
                                "service.extensions=[file_storage, health_check]")
                        .start()) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.errors())
                    .contains("cannot start extension health_check")
                    .contains("in use");
        }
    }

    @Test
    void saysOnceThatTheDefaultTorchServeHasNoMetricsAndWantsAToken() throws Exception {
        try (TorchServeSimulator standard = DemoScenario.server()
                        .mode(MetricsMode.LOG)
                        .tokens(folder.resolve("key_file.json"))
                        .start();
                Program program = line().environment("TS_METRICS_PORT", standard.port(Api.METRICS))
                        .environment("TS_INFERENCE_PORT", standard.port(Api.INFERENCE))
                        .environment("TS_MANAGEMENT_PORT", standard.port(Api.MANAGEMENT))
                        .start()) {
            program.awaitReady().awaitError("metrics_mode=prometheus").awaitError("auth.torchserve_key_file");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> standard.requests(Api.METRICS).size() >= 5
                            && standard.requests(Api.INFERENCE).size() >= 5);
            program.terminate();

            assertThat(program.exitCode()).isZero();
            assertThat(program.errors().split("metrics_mode=prometheus", -1)).hasSize(2);
        }
    }

    @Test
    void usesTheKeyFileAndItsNextKeyWhenItIsRotated() throws Exception {
        Path keyFile = folder.resolve("key_file.json");
        try (TorchServeSimulator guarded = DemoScenario.server().tokens(keyFile).start();
                Program program = line().environment("TS_METRICS_PORT", guarded.port(Api.METRICS))
                        .environment("TS_INFERENCE_PORT", guarded.port(Api.INFERENCE))
                        .environment("TS_MANAGEMENT_PORT", guarded.port(Api.MANAGEMENT))
                        .set("receivers.torchserve_management.auth.torchserve_key_file", keyFile)
                        .set("receivers.torchserve_inference.auth.torchserve_key_file", keyFile)
                        .start()) {
            program.awaitReady();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> sink.metricNames().contains("torchserve.management_api.models"));
            guarded.rotateKey(Api.MANAGEMENT);
            guarded.registerModel(ModelSettings.of("late", "1.0", "late.mar"));

            await().atMost(Duration.ofSeconds(20)).until(() -> sink.eventNames().contains("torchserve.model.added"));
            assertThat(program.errors()).doesNotContain("InvalidKeyException");
        }
    }

    @Test
    void goesOnWhileTheServerHangsAndSaysSo() throws Exception {
        try (Program program = line().environment("TIMEOUT", "300ms").start()) {
            program.awaitReady();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> sink.metricNames().contains("torchserve.openmetrics.cpu.utilization"));
            torchServe.fault(Api.METRICS, "/metrics", new Fault.Hang());

            program.awaitError("timeout");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> sink.metrics()
                            .filter(metric -> metric.getName().equals("torchserve.openmetrics.health"))
                            .anyMatch(
                                    metric -> metric.getGauge().getDataPoints(0).getAsDouble() == 2));
            assertThat(program.isRunning()).isTrue();
        }
    }

    @Test
    void endsAtOnceAtTheSecondSignal() throws Exception {
        sink.answerWith(503);
        try (Program program = line().set("service.shutdown_timeout", "30s").start()) {
            program.awaitReady().awaitError("otlp_http");
            program.terminate();
            program.awaitError("Stopping.");
            program.terminate();

            assertThat(program.exitCode()).isNotZero();
        }
    }

    @Test
    void printsVersionSchemaAndComponentsWithoutAConfiguration() throws Exception {
        assertThat(printed("version")).matches("(?s)tscollector \\d+\\.\\d+\\.\\d+.*");
        assertThat(printed("schema")).contains("https://json-schema.org/draft/2020-12/schema");
        assertThat(printed("components")).contains("torchserve_openmetrics", "otlp_grpc", "model_diff", "file_storage");
        assertThat(printed("components", "otlp_http")).contains("retry_on_failure.max_elapsed_time");
    }

    private String printed(String... arguments) throws IOException, InterruptedException {
        try (Program program = program().in(folder).arguments(arguments).start()) {
            assertThat(program.exitCode()).as(program.errors()).isZero();
            return program.output();
        }
    }

    @Test
    void printsTheConfigurationInForceWithSecretsMasked() throws Exception {
        try (Program program = line().start()) {
            program.awaitReady();
        }
        Path config = folder.resolve("pipeline.yaml");
        Files.writeString(config, """
                receivers:
                  torchserve:
                    host: ${env:SOMEWHERE:-10.0.0.1}
                exporters:
                  otlp_http:
                    endpoint: http://localhost:4318
                    headers:
                      api-key: very-secret
                service:
                  pipelines:
                    metrics:
                      receivers: [torchserve]
                      exporters: [otlp_http]
                """);

        assertThat(printed("print-config", "--config", config.toString()))
                .contains("host: 10.0.0.1", "api-key:", "****")
                .doesNotContain("very-secret");
        assertThat(printed("validate", "--config", config.toString())).doesNotContain("rror");
    }
}
