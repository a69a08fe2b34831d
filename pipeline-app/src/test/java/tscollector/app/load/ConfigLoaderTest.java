package tscollector.app.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.kit.config.Mistake;
import tscollector.kit.config.Surroundings;
import tscollector.signal.Signal;

class ConfigLoaderTest {
    private static final String MINIMAL = """
            receivers:
              scrape: {}
            exporters:
              debug: {}
            service:
              pipelines:
                metrics:
                  receivers: [scrape]
                  exporters: [debug]
            """;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void givesTheModelOfAWholeFile() throws Exception {
        environment.put("HOST", "a");
        LoadedConfiguration loaded = load(resource("everything.good.yaml"));

        assertThat(loaded.components(Kind.EXPORTER).keySet())
                .containsExactly(id("otlp_http/here"), id("otlp_grpc"), id("debug"));
        assertThat(loaded.components(Kind.PROCESSOR).get(id("diff")).config())
                .isEqualTo(new SampleComponents.Diff(id("file_storage")));
        assertThat(loaded.extensions()).containsExactly(id("file_storage"), id("health_check"));
        assertThat(loaded.pipelines())
                .extracting(ConfiguredPipeline::id)
                .containsExactly("metrics", "metrics/out", "logs");
        ConfiguredPipeline out = loaded.pipelines().get(1);
        assertThat(out.signal()).isSameAs(Signal.METRICS);
        assertThat(out.receivers()).containsExactly(id("forward"));
        assertThat(out.exporters()).containsExactly(id("otlp_http/here"), id("otlp_grpc"));
        assertThat(loaded.service().shutdownTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(loaded.service().telemetry().logs())
                .isEqualTo(new ServiceConfig.Logs(ServiceConfig.Level.DEBUG, ServiceConfig.Encoding.JSON));
        SampleComponents.Scrape scrape = (SampleComponents.Scrape)
                loaded.components(Kind.RECEIVER).get(id("scrape")).config();
        assertThat(scrape.endpoints())
                .containsExactly(
                        new SampleComponents.Target("http://a:8082/metrics", null),
                        new SampleComponents.Target("https://a/metrics", "two"));
        assertThat(scrape.http().headers()).containsEntry("X-Scope", new Secret("a$b"));
    }

    @Test
    void stopsWithinEightSecondsUnlessToldOtherwise() throws Exception {
        assertThat(load(MINIMAL).service().shutdownTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(load(MINIMAL).service().telemetry().logs().level()).isEqualTo(ServiceConfig.Level.INFO);
    }

    @Test
    void printsWhatLoadsToTheSame() throws Exception {
        environment.put("HOST", "a");
        LoadedConfiguration first = load(
                resource("everything.good.yaml").replace("\"a$$b\"", "\"****\"").replace(": it}", ": '****'}"));

        LoadedConfiguration second = load(first.toYaml());

        assertThat(configs(second)).isEqualTo(configs(first));
        assertThat(second.pipelines()).isEqualTo(first.pipelines());
        assertThat(second.extensions()).isEqualTo(first.extensions());
        assertThat(second.service().telemetry()).isEqualTo(first.service().telemetry());
        assertThat(second.toYaml()).isEqualTo(first.toYaml());
    }

    @Test
    void printsNoSecrets() throws Exception {
        environment.put("KEY", "s3cret");
        String yaml = load(MINIMAL.replace(
                        "debug: {}",
                        "debug: {}\n  otlp_http: {endpoint: 'http://u:s3cret@a', key: '${env:KEY}', headers: {X: s3cret}, auth: {bearer: {token: s3cret}}}"))
                .toYaml();

        assertThat(yaml)
                .doesNotContain("s3cret")
                .contains("key: \"****\"")
                .contains("http://****@a")
                .contains("X: \"****\"");
    }

    @Test
    void mergesMapsDeeplyReplacesListsAndSetsLast() throws Exception {
        LoadedConfiguration loaded = new ConfigLoader(SampleComponents.catalog(), Surroundings.of(environment))
                .load(
                        List.of(
                                new ConfigSource.Text("a", MINIMAL),
                                new ConfigSource.Text(
                                        "b",
                                        "receivers: {scrape: {endpoints: ['http://one/m'], timeout: 2s}, manage: }\nservice: {pipelines: {metrics: {receivers: [manage]}}}"),
                                new ConfigSource.Text("c", "receivers: {scrape: , manage: {timeout: 3s}}\nexporters:")),
                        List.of(
                                "receivers.scrape.endpoints=['http://two/m']",
                                "receivers.scrape.headers={a: b}",
                                "receivers.manage/x.host=h=1",
                                "receivers.manage.timeout="));

        SampleComponents.Scrape scrape = (SampleComponents.Scrape)
                loaded.components(Kind.RECEIVER).get(id("scrape")).config();
        assertThat(scrape.endpoints())
                .extracting(SampleComponents.Target::endpoint)
                .containsExactly("http://two/m");
        assertThat(scrape.scrape().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(scrape.http().headers()).containsKey("a");
        SampleComponents.Manage manage = (SampleComponents.Manage)
                loaded.components(Kind.RECEIVER).get(id("manage")).config();
        assertThat(manage.scrape().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(((SampleComponents.Manage) loaded.components(Kind.RECEIVER)
                                .get(id("manage/x"))
                                .config())
                        .host())
                .isEqualTo("h=1");
        assertThat(loaded.pipelines().get(0).receivers()).containsExactly(id("manage"));
    }

    @Test
    void replacesAMapByNullOnlyWhereNullIsWritten() throws Exception {
        String otlp = MINIMAL.replace(
                "debug: {}", "debug: {}\n  otlp_http: {endpoint: 'http://a', sending_queue: {batch: {min_size: 1}}}");
        assertThat(queue(otlp, "exporters.otlp_http.sending_queue.batch=null")).isNull();
        assertThat(queue(otlp, "exporters.otlp_http.sending_queue.batch=")).isNotNull();
    }

    @Test
    void readsSectionsFromFilesAndNamesTheirPlaces(@TempDir Path folder) throws Exception {
        Path part = Files.writeString(folder.resolve("receivers.yaml"), "scrape:\n  timeout: 5\n");
        ConfigException refused =
                refused(MINIMAL.replace("receivers:\n  scrape: {}", "receivers: ${file:" + part + "}"));

        assertThat(refused.getMessage())
                .startsWith(part + ":2:12: receivers.scrape.timeout needs a unit, such as 5s or 5ms, was \"5\"\n"
                        + "    2 |   timeout: 5\n"
                        + "      |            ^\n");
    }

    @Test
    void reportsInTheFormOfTheContract() {
        ConfigException refused =
                refused(MINIMAL.replace("debug: {}", "otlp_http:\n    endpont: http://localhost:4318"));

        assertThat(refused.getMessage()).isEqualTo("""
                        pipeline.yaml:4:3: exporters.otlp_http.endpoint is required: Address.
                            4 |   otlp_http:
                              |   ^^^^^^^^^
                        pipeline.yaml:5:5: exporters.otlp_http.endpont is not a known setting; did you mean "endpoint"?
                            5 |     endpont: ****
                              |     ^^^^^^^
                        pipeline.yaml:10:19: service.pipelines.metrics.exporters[0] names "debug", which is not configured under exporters; configured are otlp_http
                           10 |       exporters: [debug]
                              |                   ^^^^^
                        3 mistakes in the configuration""");
    }

    @Test
    void reportsWhatIsFoundLaterInTheSameForm() throws Exception {
        LoadedConfiguration loaded = load(MINIMAL);
        Problems problems = new Problems();
        problems.add("service.pipelines.metrics.exporters[0]", "closes a cycle");
        problems.add("exporters.debug.verbosity", "is odd");

        assertThat(loaded.refusal(problems).mistakes())
                .extracting(Mistake::headline)
                .containsExactly(
                        "pipeline.yaml:4:3: exporters.debug.verbosity is odd",
                        "pipeline.yaml:9:19: service.pipelines.metrics.exporters[0] closes a cycle");
    }

    @Test
    void wantsAFile() {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class,
                () -> new ConfigLoader(SampleComponents.catalog(), Surroundings.of(Map.of()))
                        .load(List.of(), List.of()));
        assertThat(refused.getMessage()).startsWith("--config:1:1: at least one file must be given: --config FILE\n");
    }

    @Test
    void survivesAliasesThatMultiply() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String alias = "*a" + (i - 1);
            laughs.append("a" + i + ": &a" + i + " [" + String.join(", ", Collections.nCopies(10, alias)) + "]\n");
        }
        assertThat(refused(laughs.toString()).getMessage())
                .contains("the file has more than 200000 values; aliases count where they are used");
    }

    @Test
    void survivesDepthAndSize() {
        assertThat(refused("a: " + "[".repeat(100) + "]".repeat(100)).getMessage())
                .contains("the value is nested deeper than 64 levels");
        assertThat(refused("a: " + "[".repeat(200_000)).getMessage()).contains("1 mistake");
        assertThat(refused("a: " + "x".repeat(9 << 20)).getMessage()).contains("the file is larger than 8MiB");
    }

    private static Object queue(String yaml, String assignment) throws Exception {
        LoadedConfiguration loaded = new ConfigLoader(SampleComponents.catalog(), Surroundings.of(Map.of()))
                .load(List.of(new ConfigSource.Text("a", yaml)), List.of(assignment));
        return ((SampleComponents.Otlp)
                        loaded.components(Kind.EXPORTER).get(id("otlp_http")).config())
                .delivery()
                .sendingQueue()
                .batch();
    }

    private static List<Object> configs(LoadedConfiguration loaded) {
        return loaded.components().values().stream()
                .flatMap(byId -> byId.values().stream())
                .<Object>map(Configured::config)
                .toList();
    }

    private static String resource(String name) throws Exception {
        return Files.readString(Path.of("src/test/resources/config", name), StandardCharsets.UTF_8);
    }

    private LoadedConfiguration load(String yaml) throws ConfigException {
        return new ConfigLoader(SampleComponents.catalog(), Surroundings.of(environment))
                .load(List.of(new ConfigSource.Text("pipeline.yaml", yaml)), List.of());
    }

    private ConfigException refused(String yaml) {
        return catchThrowableOfType(ConfigException.class, () -> load(yaml));
    }

    private static ComponentId id(String text) {
        return ComponentId.parse(text);
    }
}
