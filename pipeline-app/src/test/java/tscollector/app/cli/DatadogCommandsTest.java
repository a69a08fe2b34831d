package tscollector.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.app.observe.LogSetup;
import tscollector.app.service.Service;
import tscollector.simulator.Api;
import tscollector.simulator.DemoScenario;
import tscollector.simulator.TorchServeSimulator;

/** {@code import datadog}, {@code --datadog-conf} and {@code check}: what is printed where, and with which code they end. */
@Timeout(60)
class DatadogCommandsTest {
    private static final String CONF = """
            init_config:
              timeout: 2
            instances:
              - inference_api_url: http://127.0.0.1:1
                password: hunter2
                username: me
              - openmetrics_endpoint: http://127.0.0.1:1/metrics
                exclude_metrics: ['(']
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();

    @AfterEach
    void restore() {
        LogSetup.apply("info", LogSetup.Format.TEXT);
    }

    private int execute(String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Service::requestStop,
                Clock.getDefault(),
                "test");
        return MainCommand.commandLine(terminal).execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String file(String name, String text) throws Exception {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text).toString();
    }

    @Test
    void writesYamlToStandardOutputAndRemarksToStandardError() throws Exception {
        assertThat(execute("import", "datadog", file("conf.yaml", CONF))).isZero();
        assertThat(out())
                .startsWith("# Made by \"tscollector import datadog\"")
                .contains(
                        "export DD_HOSTNAME=$(datadog-agent hostname)",
                        "torchserve_inference/127.0.0.1:1:",
                        "password: hunter2")
                .contains("key: \"${env:DD_API_KEY}\"", "site: \"${env:DD_SITE:-datadoghq.com}\"")
                .contains("directory: \"${env:STATE_DIR:-state}\"")
                .doesNotContain("compat");
        assertThat(err())
                .contains("instances[1].exclude_metrics[0]: is not a valid regular expression: missing )")
                .doesNotContain("hunter2", "\tat ");
    }

    @Test
    void writesAFileThatOnlyItsOwnerCanRead() throws Exception {
        Path target = folder.resolve("pipeline.yaml");

        assertThat(execute("import", "datadog", file("conf.yaml", CONF), "--compat", "strict", "-o", target.toString()))
                .isZero();
        assertThat(out()).isEmpty();
        assertThat(target).content().contains("compat: strict");
        if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                    .isEqualTo("rw-------");
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.import-*");
    }

    @Test
    void writesThroughALinkAndToDevicesWithoutReplacingThem() throws Exception {
        String conf = file("conf.yaml", CONF);
        Path real = Path.of(file("real.yaml", "old"));
        Path link = folder.resolve("link.yaml");
        Files.createSymbolicLink(link, real);
        Path toNull = Files.createSymbolicLink(folder.resolve("null"), Path.of("/dev/null"));

        assertThat(execute("import", "datadog", conf, "-o", link.toString())).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(real).content().contains("torchserve_inference/127.0.0.1:1");

        assertThat(execute("import", "datadog", conf, "-o", toNull.toString())).isZero();
        assertThat(toNull).isSymbolicLink();
        Files.delete(toNull);

        assertThat(execute("import", "datadog", conf, "-o", "-")).isZero();
        assertThat(out()).contains("torchserve_inference/127.0.0.1:1");
    }

    @Test
    void saysWhyAFileCannotBeWritten() throws Exception {
        String conf = file("conf.yaml", CONF);

        assertThat(execute("import", "datadog", conf, "-o", folder.toString())).isEqualTo(2);
        assertThat(err()).contains("cannot write " + folder + ": it is a folder");
        assertThat(execute(
                        "import",
                        "datadog",
                        conf,
                        "-o",
                        folder.resolve("gone/x.yaml").toString()))
                .isEqualTo(2);
        assertThat(err()).contains("x.yaml: its folder is not there").doesNotContain("Exception");
    }

    @Test
    void leavesOutOnlyTheInstanceWhoseCertificateCannotBeRead() throws Exception {
        String conf = file(
                "conf.yaml",
                "instances: [{inference_api_url: 'https://a:1', tls_cert: '%s'}, {inference_api_url: 'http://b:1'}]"
                        .formatted(file("cert.pem", "no certificate")));

        assertThat(execute("import", "datadog", conf)).isZero();
        assertThat(out()).contains("torchserve_inference/b:1").doesNotContain("torchserve_inference/a:1");
        assertThat(err())
                .contains(
                        "instances[0]: receivers.torchserve_inference/a:1 tls.cert_file holds no certificate in PEM form");
    }

    @Test
    void keepsAnInstanceWhoseFilesAreNamedByVariables() throws Exception {
        String conf = file(
                "conf.yaml",
                "instances: [{inference_api_url: 'https://a:1', tls_ca_cert: '%%env_CA%%', tls_cert: '%%env_CERTS%%/c.pem'}]");

        assertThat(execute("import", "datadog", conf)).isZero();
        assertThat(out()).contains("ca_file: \"${env:CA}\"", "cert_file: \"${env:CERTS}/c.pem\"");
    }

    @Test
    void takesAFolderOfAuthorities() throws Exception {
        Path authorities = Files.createDirectories(folder.resolve("ca"));
        Files.copy(Path.of("src/test/resources/imports/authority.pem"), authorities.resolve("ca.pem"));
        String conf = file(
                "conf.yaml",
                "instances: [{inference_api_url: 'https://127.0.0.1:1', tls_ca_cert: '%s', timeout: 1}]"
                        .formatted(authorities));

        assertThat(execute("import", "datadog", conf)).isZero();
        assertThat(out()).contains("ca_file: " + authorities);
        assertThat(execute("check", "--datadog-conf", conf, "--runs", "1")).isEqualTo(1);
        assertThat(out()).contains("1 target asked");
    }

    @Test
    void showsNoPasswordOfAnAddressThatIsNotAccepted() throws Exception {
        String conf = file("conf.yaml", """
                instances:
                  - inference_api_url: 'http://u:hun ter2@h:1'
                  - inference_api_url: 'http://u:hun/ter2@h:1'
                  - inference_api_url: 'http://a:1'
                    proxy: {http: 'http://u:hun ter2@p:1'}
                  - inference_api_url: 'http://b:1'
                  - inference_api_url: '%%env_URL%%'
                """);
        String agent = file("datadog.yaml", "proxy: {https: 'u:hun ter2@p:1'}");

        assertThat(execute("import", "datadog", conf, "--agent-config", agent)).isZero();
        assertThat(out())
                .contains("torchserve_inference/b:1", "endpoint: \"${env:URL}\"")
                .doesNotContain("hun");
        assertThat(err())
                .contains("instances[0]: ", "instances[1]: ", "instances[2]: ")
                .doesNotContain("hun");
    }

    @Test
    void readsStandardInput() {
        in = new ByteArrayInputStream(CONF.getBytes(StandardCharsets.UTF_8));

        assertThat(execute("import", "datadog", "-")).isZero();
        assertThat(out()).contains("from standard input", "torchserve_inference/127.0.0.1:1");
    }

    @Test
    void readsTheAgentsFolders() throws Exception {
        file("etc/conf.d/torchserve.d/a.yaml", CONF);
        file("etc/conf.d/torchserve.d/b.yml", CONF.replace("127.0.0.1:1", "127.0.0.1:2"));
        file("etc/conf.d/torchserve.d/conf.yaml.example", "instances: [");
        file("etc/conf.d/redis.d/conf.yaml", "instances: [{}]");

        assertThat(execute("import", "datadog", folder.resolve("etc").toString()))
                .isZero();
        assertThat(out()).contains("torchserve_inference/127.0.0.1:1:", "torchserve_inference/127.0.0.1:2:");
        assertThat(err()).contains("b.yml: instances[1].exclude_metrics[0]: ").doesNotContain("redis", "example");
    }

    @Test
    void readsTheCheckAloneWhereItsFileStandsAmongThoseOfOthers() throws Exception {
        file("etc/conf.d/torchserve.yaml", CONF);
        file("etc/conf.d/vllm.yaml", CONF.replace("127.0.0.1:1", "127.0.0.1:2"));
        file("etc/datadog.yaml", "instances: [{inference_api_url: 'http://127.0.0.1:3'}]");

        for (String name : new String[] {"etc", "etc/conf.d"}) {
            assertThat(execute("import", "datadog", folder.resolve(name).toString()))
                    .isZero();
            assertThat(out())
                    .contains("torchserve_inference/127.0.0.1:1:")
                    .doesNotContain("127.0.0.1:2", "127.0.0.1:3");
        }
    }

    @Test
    void endsWithTwoWhenNothingIsLeft() throws Exception {
        assertThat(execute("import", "datadog", file("conf.yaml", "instances: [{tags: [a]}]")))
                .isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err())
                .contains("instances[0]: has none of", "tscollector: there is no instance that can be carried over");

        assertThat(execute("import", "datadog", folder.resolve("gone.yaml").toString()))
                .isEqualTo(2);
        assertThat(err()).contains("gone.yaml: is not there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import",
                "import datadog",
                "import datadog --compat maybe conf.yaml",
                "check --runs 0 --config x"
            })
    void endsWithTwoAtACommandThatIsNotWhole(String line) {
        assertThat(execute(line.split(" "))).isEqualTo(2);
        assertThat(err()).isNotBlank().doesNotContain("\tat ");
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "check"})
    void standsInTheHelp(String command) {
        assertThat(execute("--help")).isZero();
        assertThat(out()).contains("  " + command, "--datadog-conf=FILE|FOLDER", "--compat=off|strict");
        assertThat(execute(command, "--help")).isZero();
        assertThat(out()).startsWith("Usage: tscollector " + command);
    }

    @Test
    void runsAndPrintsAConfWithAFileOverIt() throws Exception {
        String conf = file("conf.yaml", CONF);
        String over = file("over.yaml", "service: {telemetry: {logs: {level: debug}}}");

        assertThat(execute("validate", "--datadog-conf", conf, "--config", over))
                .isZero();
        assertThat(err()).contains("instances[1].exclude_metrics[0]");

        assertThat(execute("print-config", "--datadog-conf", conf, "--config", over, "--compat", "strict"))
                .isZero();
        assertThat(out())
                .contains("torchserve_inference/127.0.0.1:1:", "compat: strict", "connect_timeout: 2s", "level: debug")
                .doesNotContain("hunter2", System.getenv("DD_API_KEY"));
    }

    @Test
    void refusesOptionsThatWouldHaveNoEffect() throws Exception {
        String config = file("pipeline.yaml", "{}");

        assertThat(execute("validate", "--config", config, "--compat", "strict"))
                .isEqualTo(2);
        assertThat(err()).contains("--compat and --agent-config need --datadog-conf");
        assertThat(execute("validate", "--config", config, "--agent-config", config))
                .isEqualTo(2);
        assertThat(err()).contains("--compat and --agent-config need --datadog-conf");
    }

    @Test
    void pointsAtTheImportedTextWhereSomethingIsWrong() throws Exception {
        String conf = file("conf.yaml", CONF);

        assertThat(execute("validate", "--datadog-conf", conf, "--set", "exporters.datadog.tgas=x"))
                .isEqualTo(2);
        assertThat(err()).contains("exporters.datadog.tgas is not a known setting", "instances[1].exclude_metrics[0]");
        assertThat(execute("validate", "--datadog-conf", conf, "--set", "service.pipelines.metrics=3"))
                .isEqualTo(2);
        assertThat(err()).doesNotContain("hunter2");
    }

    @Test
    void checksEveryTargetAndSendsNothing() throws Exception {
        Path keyFile = folder.resolve("key_file.json");
        try (TorchServeSimulator server = DemoScenario.server().tokens(keyFile).start()) {
            new DemoScenario(server, 1).advanceTo(java.time.Duration.ofSeconds(1));
            String conf = file("conf.yaml", """
                    instances:
                      - openmetrics_endpoint: %s/metrics
                        tags: [a:b, 'level:Host']
                      - inference_api_url: http://127.0.0.1:1
                    """.formatted(server.url(Api.METRICS)));
            String over = file("over.yaml", """
                    extensions: {file_storage: {directory: %s}}
                    """.formatted(folder.resolve("state")));

            assertThat(execute("check", "--datadog-conf", conf, "--config", over))
                    .isEqualTo(1);
            assertThat(out())
                    .containsPattern(
                            "count +torchserve\\.openmetrics\\.requests\\.2xx\\.count +\\d+ in all, \\+\\d+ since the run before"
                                    + " +endpoint:\\S+ level:Host a:b")
                    .containsPattern("gauge +torchserve\\.openmetrics\\.cpu\\.utilization +[0-9.]+ ")
                    .containsPattern("OK +torchserve\\.openmetrics\\.health ")
                    .containsPattern(
                            "CRITICAL +torchserve\\.inference_api\\.health +inference_api_url:http://127\\.0\\.0\\.1:1 +\"")
                    .contains(
                            "2 targets asked, 1 answered well. Nothing was sent.",
                            "no good answer: http://127.0.0.1:1 (torchserve_inference/127.0.0.1:1)")
                    .doesNotContainPattern("level:Host.* level:Host");
            assertThat(folder.resolve("state")).doesNotExist();
        }
    }

    @Test
    void checksAnyConfigurationAndShowsEvents() throws Exception {
        try (TorchServeSimulator server = DemoScenario.server().start()) {
            DemoScenario scenario = new DemoScenario(server, 1);
            scenario.advanceTo(java.time.Duration.ofSeconds(1));
            String config = file("pipeline.yaml", """
                    receivers:
                      torchserve_management: {endpoint: %s}
                    processors:
                      model_diff: {}
                    exporters:
                      otlp_http: {endpoint: 'http://127.0.0.1:1'}
                      debug: {}
                    service:
                      pipelines:
                        metrics: {receivers: [torchserve_management], exporters: [otlp_http, debug]}
                        logs: {receivers: [torchserve_management], processors: [model_diff], exporters: [otlp_http]}
                    """.formatted(server.url(Api.MANAGEMENT)));

            assertThat(execute("check", "--config", config, "--runs", "1")).isZero();
            assertThat(out())
                    .contains("gauge      torchserve.management_api.models  ")
                    .contains("1 target asked, 1 answered well. Nothing was sent.");
        }
    }

    @Test
    void namesNoVariableOfTheEnvironmentThatIsNotNeeded() throws Exception {
        assertThat(execute("import", "datadog", file("conf.yaml", CONF))).isZero();
        assertThat(Map.of("out", out()))
                .allSatisfy((name, text) -> assertThat(text).doesNotContain("export TS_"));
    }
}
