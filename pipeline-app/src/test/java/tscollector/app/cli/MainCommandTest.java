package tscollector.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.Clock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tscollector.app.observe.LogSetup;
import tscollector.app.service.Service;

/** The command line in this process: what is printed where, and with which code it ends. */
class MainCommandTest {
    private static final String GOOD = """
            receivers:
              torchserve_openmetrics:
                endpoint: http://me:hunter2@127.0.0.1:1/metrics
                initial_delay: 1h
            exporters:
              debug:
            service:
              pipelines:
                metrics:
                  receivers: [torchserve_openmetrics]
                  exporters: [debug]
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Service> services = new ArrayList<>();
    private final PrintStream realErr = System.err;
    private Path good;

    @BeforeEach
    void writeConfiguration() throws Exception {
        good = Files.writeString(folder.resolve("good.yaml"), GOOD);
    }

    @AfterEach
    void restore() {
        System.setErr(realErr);
        LogSetup.apply("info", LogSetup.Format.TEXT);
    }

    private int execute(String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                service -> {
                    services.add(service);
                    service.requestStop();
                },
                Clock.getDefault(),
                "1.2.3-test");
        return MainCommand.commandLine(terminal).execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path config(String name, String yaml) throws Exception {
        return Files.writeString(folder.resolve(name), yaml);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void listsItsCommandsAndOptions(String option) {
        assertThat(execute(option)).isZero();
        assertThat(out())
                .startsWith("Usage: tscollector")
                .contains("--config=FILE", "--set=KEY=VALUE")
                .contains(
                        "run",
                        "validate",
                        "print-config",
                        "check",
                        "import",
                        "components",
                        "schema",
                        "demo",
                        "version");
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "print-config", "components", "schema", "demo", "version"})
    void helpsWithEachCommand(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out()).startsWith("Usage: tscollector " + command);
        assertThat(services).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "version"})
    void tellsItsVersionAndThatOfJava(String argument) {
        assertThat(execute(argument)).isZero();
        assertThat(out().strip())
                .isEqualTo("tscollector 1.2.3-test (Java " + Runtime.version().feature() + ")");
    }

    @Test
    void endsWithTwoAtACommandOrOptionItDoesNotKnow() {
        assertThat(execute("vaildate")).isEqualTo(2);
        assertThat(err()).contains("vaildate").contains("validate");

        assertThat(execute("validate", "--confg", "x.yaml")).isEqualTo(2);
        assertThat(err()).contains("--confg");

        assertThat(execute("--config")).isEqualTo(2);
        assertThat(err()).contains("--config");

        assertThat(execute("demo", "--seconds", "soon")).isEqualTo(2);
        assertThat(err()).contains("--seconds").doesNotContain("\tat ");
        assertThat(out()).isEmpty();
        assertThat(services).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "print-config"})
    void asksForAFile(String command) {
        assertThat(execute(command)).isEqualTo(2);
        assertThat(err()).contains("at least one file must be given: --config FILE");
        assertThat(out()).isEmpty();
    }

    @Test
    void saysThatAConfigurationIsValid() {
        assertThat(execute("validate", "--config", good.toString())).isZero();
        assertThat(out()).isEqualTo("The configuration is valid." + System.lineSeparator());
        assertThat(err()).isEmpty();
        assertThat(services).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "print-config", ""})
    void printsEveryMistakeWithItsLineAndNoSecret(String command) throws Exception {
        Path bad = config(
                "bad.yaml",
                GOOD.replace("initial_delay: 1h", "initial_delay: 1").replace("[debug]", "[debgu]"));
        List<String> arguments = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command));
        arguments.addAll(List.of("--config", bad.toString()));

        assertThat(execute(arguments.toArray(new String[0]))).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err())
                .startsWith(bad + ":4:20: receivers.torchserve_openmetrics.initial_delay needs a unit")
                .contains("    4 |     initial_delay: 1\n      |                    ^\n")
                .contains(bad + ":11:19: service.pipelines.metrics.exporters[0] ")
                .contains("2 mistakes in the configuration")
                .doesNotContain("hunter2", "\tat ");
        assertThat(services).isEmpty();
    }

    @Test
    void saysWhichFileIsNotThere() {
        String gone = folder.resolve("gone.yaml").toString();

        assertThat(execute("validate", "--config", gone)).isEqualTo(2);
        assertThat(err()).startsWith(gone + ":1:1: the file is not there");
    }

    @Test
    void printsTheConfigurationInForceWithoutSecrets() throws Exception {
        Path over = config("over.yaml", "exporters: {debug: {verbosity: detailed}}");

        assertThat(execute(
                        "print-config",
                        "--config",
                        good.toString(),
                        "--config",
                        over.toString(),
                        "--set",
                        "receivers.torchserve_openmetrics.collection_interval=7s"))
                .isZero();
        assertThat(out())
                .contains(
                        "endpoint: \"http://****@127.0.0.1:1/metrics\"",
                        "collection_interval: 7s",
                        "verbosity: detailed",
                        "shutdown_timeout: 8s")
                .doesNotContain("hunter2");
        assertThat(err()).isEmpty();

        String first = out().replace("\"http://****@127.0.0.1:1/metrics\"", "http://127.0.0.1:1/metrics");
        Path printed = config("printed.yaml", first);
        assertThat(execute("print-initial-config", "--config", printed.toString()))
                .isZero();
        assertThat(out()).isEqualTo(first);
    }

    @Test
    void printsNothingOfASectionThatIsNotInForce() throws Exception {
        Path config = config("own-metrics.yaml", GOOD + """
                  telemetry:
                    metrics:
                      readers:
                        - periodic: {exporter: {otlp: {headers: {api-key: hunter2}}}}
                """);

        assertThat(execute("validate", "--config", config.toString())).isZero();
        assertThat(err())
                .contains("service.telemetry.metrics is accepted and has no effect in this version")
                .doesNotContain("hunter2");
        assertThat(execute("print-config", "--config", config.toString())).isZero();
        assertThat(out()).doesNotContain("hunter2", "readers");
    }

    @Test
    void listsComponentsByKindWithTheirOtherSpellings() {
        assertThat(execute("components")).isZero();
        assertThat(out().lines())
                .containsSubsequence("receivers:", "processors:", "exporters:", "connectors:", "extensions:")
                .anyMatch(line -> line.matches(" {2}otlp_http +\\S.*\\(also .*otlphttp.*\\)"))
                .anyMatch(line -> line.matches(" {2}torchserve_management +\\S.*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"otlp_http", "otlphttp"})
    void describesATypeByAnyOfItsNames(String name) {
        assertThat(execute("components", name)).isZero();
        assertThat(out()).startsWith("# Exporter `otlp_http`\n").contains("| `endpoint` |");
    }

    @Test
    void saysWhichTypesThereAre() {
        assertThat(execute("components", "nosuch")).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err())
                .startsWith("tscollector: there is no component type nosuch; there are ")
                .contains("otlp_http, ");
    }

    @Test
    void printsTheSchemaThatIsInTheCheckout() throws Exception {
        assertThat(execute("schema")).isZero();

        JsonNode schema = JsonMapper.builder().build().readTree(out());
        assertThat(schema.get("$schema").asString()).endsWith("2020-12/schema");
        assertThat(schema.get("properties").has("receivers")).isTrue();
        assertThat(out()).isEqualTo(Files.readString(Path.of("../config/pipeline.schema.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", ""})
    void runsAndStopsWithNothingOnStandardOutput(String command) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        List<String> arguments = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command));
        arguments.addAll(List.of("--config", good.toString(), "--set", "service.shutdown_timeout=3s"));

        assertThat(execute(arguments.toArray(new String[0]))).isZero();
        assertThat(services).hasSize(1);
        assertThat(services.get(0).shutdownTimeout()).hasSeconds(3);
        assertThat(out()).isEmpty();
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("Everything is ready. version=1.2.3-test pipelines=1", "Stopped.");
    }
}
