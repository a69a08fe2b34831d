package tscollector.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.app.imports.DatadogImport.Fault;
import tscollector.app.imports.DatadogImport.Input;
import tscollector.app.imports.DatadogImport.Result;
import tscollector.app.load.ComponentCatalog;
import tscollector.app.load.ConfigException;
import tscollector.app.load.ConfigLoader;
import tscollector.app.load.ConfigSource;
import tscollector.app.load.LoadedConfiguration;
import tscollector.component.Kind;

@SuppressWarnings("StringConcatToTextBlock") // a configuration reads best where it is short
class DatadogImportTest {
    private static final Path FOLDER = Path.of("src/test/resources/imports");
    private static final String KEY = "0123456789abcdef".repeat(2);
    private static final Map<String, String> VARIABLES =
            Map.of("DD_API_KEY", KEY, "TS_NAME", "ts", "DD_API_KEY_2", KEY);

    private static Result run(boolean strict, String conf) {
        return run(strict, conf, null);
    }

    private static Result run(boolean strict, String conf, Input agent) {
        return new DatadogImport(strict, new EveryFileThere(Map.of()))
                .run(List.of(new Input("conf.yaml", conf)), agent, DatadogImportTest::faults);
    }

    private static List<Fault> faults(String yaml) {
        try {
            LoadedConfiguration unused = load(yaml);
            return List.of();
        } catch (ConfigException e) {
            return e.mistakes().stream()
                    .map(mistake -> new Fault(mistake.path(), mistake.text()))
                    .toList();
        }
    }

    private static LoadedConfiguration load(String yaml) throws ConfigException {
        return new ConfigLoader(ComponentCatalog.load(), new EveryFileThere(VARIABLES))
                .load(List.of(new ConfigSource.Text("pipeline.yaml", yaml)), List.of());
    }

    private static String instance(String options) {
        return "instances:\n  - " + options.replace("\n", "\n    ") + "\n";
    }

    /** To make the files anew after a change, and to read their difference: TSCOLLECTOR_GOLDEN=write. */
    @ParameterizedTest
    @CsvSource({
        "official-example,false",
        "openmetrics,false",
        "management,false",
        "http,false",
        "refused,false",
        "docker-label,false",
        "docker-triple,false",
        "pod,false",
        "agent,false",
        "strict,true",
        "lenient,false"
    })
    void makesThePipelineAndTheRemarksOfTheGoldenFiles(String name, boolean strict) throws Exception {
        Path agent = FOLDER.resolve(name + ".datadog.yaml");
        Result result = run(
                strict,
                Files.readString(FOLDER.resolve(name + ".conf.yaml")),
                Files.exists(agent) ? new Input("datadog.yaml", Files.readString(agent)) : null);

        compare(FOLDER.resolve(name + ".remarks.txt"), String.join("\n", result.remarks()) + "\n");
        compare(FOLDER.resolve(name + ".pipeline.yaml"), result.yaml());
        assertThat(result.remarks()).noneMatch(line -> line.contains("hunter"));
        LoadedConfiguration loaded = load(result.yaml());
        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.components(Kind.RECEIVER)).hasSize(result.instances());
    }

    private static void compare(Path file, String actual) throws IOException {
        if ("write".equals(System.getenv("TSCOLLECTOR_GOLDEN"))) {
            Files.writeString(file, actual);
        }
        assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
    }

    @Test
    @DisplayName("C1 an instance without an endpoint is refused with the three keys")
    void c1() {
        assertThat(run(false, instance("tags: [a]")).remarks())
                .contains(
                        "instances[0]: has none of openmetrics_endpoint, inference_api_url and management_api_url; the check wants one of them; the instance is left out");
    }

    @Test
    @DisplayName("C2 an instance with several endpoints is refused, in the check's order")
    void c2() {
        Result result = run(
                false,
                instance(
                        "management_api_url: http://a:1\ninference_api_url: http://a:2\nopenmetrics_endpoint: http://a:3"));

        assertThat(result.instances()).isZero();
        assertThat(result.remarks())
                .contains(
                        "instances[0]: has openmetrics_endpoint, inference_api_url, management_api_url; the check wants one of them; the instance is left out");
    }

    @Test
    @DisplayName("C3 each instance has a receiver and an interval of its own, 15 s if it says nothing")
    void c3() {
        String yaml = run(
                        false,
                        "instances:\n  - openmetrics_endpoint: http://a:1/m\n    min_collection_interval: 30\n"
                                + "  - inference_api_url: http://a:2\n  - management_api_url: http://a:3\n")
                .yaml();

        assertThat(yaml)
                .contains("torchserve_openmetrics/a:1:\n    endpoint: http://a:1/m\n    collection_interval: 30s\n")
                .contains("torchserve_inference/a:2:\n    endpoint: http://a:2\n    collection_interval: 15s\n")
                .contains("torchserve_management/a:3:\n    endpoint: http://a:3\n    collection_interval: 15s\n");
    }

    @ParameterizedTest
    @DisplayName("C4 timeouts: instance before init_config before 10 s; connect and read of their own")
    @CsvSource({
        "'',10s,10s,20s",
        "'timeout: 5',5s,5s,10s",
        "'connect_timeout: 0.25',250ms,10s,10250ms",
        "'read_timeout: 2',10s,2s,12s"
    })
    void c4(String options, String connect, String read, String sum) {
        String conf = instance(("inference_api_url: http://a:2\n" + options).strip());

        assertThat(run(false, conf).yaml())
                .contains(
                        "connect_timeout: " + connect + "\n    read_timeout: " + read + "\n    timeout: " + sum + "\n");
        String expected = options.startsWith("timeout") ? "connect_timeout: 5s" : "timeout: ";
        assertThat(run(false, "init_config: {timeout: 3}\n" + conf).yaml())
                .contains(expected)
                .contains(options.isEmpty() ? "timeout: 6s" : "timeout: ");
    }

    @Test
    @DisplayName("C5 the instance's service comes before init_config's")
    void c5() {
        String conf = "init_config: {service: shared}\ninstances:\n  - inference_api_url: http://a:1\n"
                + "  - inference_api_url: http://a:2\n    service: mine\n";

        assertThat(run(false, conf).yaml()).containsSubsequence("a:1:", "service: shared", "a:2:", "service: mine");
    }

    @Test
    @DisplayName("C6 C7 O25 tags are carried as written, without those that ignore_tags finds; no host if so wanted")
    void c6() {
        String yaml = run(
                        false,
                        instance("openmetrics_endpoint: http://a:1/m\ntags: [a:b, a:b, a:c, nokey, 'pod:1']\n"
                                + "ignore_tags: [^pod]\nempty_default_hostname: true"))
                .yaml();

        assertThat(yaml)
                .contains("    tags:\n      - a:b\n      - a:c\n      - nokey\n    empty_default_hostname: true\n");
    }

    @Test
    @DisplayName("C8 C9 patterns and the greatest number of metrics go to the naming")
    void c8c9() {
        assertThat(run(
                                false,
                                instance(
                                        "inference_api_url: http://a:1\nmetric_patterns: {include: ['\\d'], exclude: [b]}\n"
                                                + "max_returned_metrics: 7"))
                        .yaml())
                .contains(
                        "  torchserve_naming:\n    metric_patterns:\n      include:\n        - \"(?U)\\\\d\"\n      exclude:\n"
                                + "        - b\n    max_returned_metrics: 7\n");
    }

    @Test
    @DisplayName("C10 an unknown option is named with the nearest known one, and changes nothing")
    void c10() {
        Result typo = run(
                false,
                instance(
                        "openmetrics_endpoint: http://a:1/m\nextra_metric: [x]\nexclude_label: [y]\ntmieout: 3\nnonsense: 1"));

        assertThat(typo.remarks())
                .contains(
                        "instances[0].extra_metric: is no option of the check, which ignores it; so is it here; did you mean \"extra_metrics\"?",
                        "instances[0].exclude_label: is no option of the check, which ignores it; so is it here; did you mean \"exclude_labels\"?",
                        "instances[0].tmieout: is no option of the check, which ignores it; so is it here; did you mean \"timeout\"?",
                        "instances[0].nonsense: is no option of the check, which ignores it; so is it here");
        assertThat(typo.yaml())
                .isEqualTo(run(false, instance("openmetrics_endpoint: http://a:1/m"))
                        .yaml());
    }

    @ParameterizedTest
    @DisplayName("M3 M4 M5 how many models, and which")
    @CsvSource(
            delimiter = '|',
            value = {
                "tags: []|models:\\n      limit: 100",
                "limit: 7|models:\\n      limit: 7",
                "limit: 0|models:\\n      exclude:\\n        - \".*\"\\n",
                "include: []|models:\\n      exclude:\\n        - \".*\"\\n",
                "include:|models:\\n      exclude:\\n        - \".*\"\\n",
                "exclude: ['']|models:\\n      exclude:\\n        - \".*\"\\n",
                "interval: 60|limit: 100\\n      refresh_interval: 60s",
            })
    void models(String option, String expected) {
        assertThat(run(false, instance("management_api_url: http://a:1\n" + option))
                        .yaml())
                .contains(expected.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @DisplayName("M4 no limit")
    @CsvSource({"limit:", "limit: -1"})
    void unlimited(String option) {
        assertThat(run(false, instance("management_api_url: http://a:1\n" + option))
                        .yaml())
                .doesNotContain("limit");
    }

    @Test
    @DisplayName("H5 a proxy of the instance, of init_config, of the Agent, or none")
    void h5() {
        Input agent = new Input("datadog.yaml", "proxy: {http: 'http://agent:1'}");
        String own = "inference_api_url: http://a:1\n";

        assertThat(run(false, instance(own + "proxy: {http: 'http://own:1'}"), agent)
                        .yaml())
                .contains("proxy_url: http://own:1\n");
        assertThat(run(false, "init_config: {proxy: {http: 'http://init:1'}}\n" + instance(own), agent)
                        .yaml())
                .contains("proxy_url: http://init:1\n");
        assertThat(run(false, instance(own.strip()), agent).yaml())
                .contains("    proxy_url: http://agent:1\n    metrics");
        assertThat(run(false, instance(own + "use_agent_proxy: false"), agent).yaml())
                .doesNotContain("    proxy_url: http://agent:1\n    metrics");
        assertThat(run(false, instance(own + "skip_proxy: true"), agent).yaml()).contains("    skip_proxy: true\n");
    }

    @Test
    @DisplayName("H6 headers and extra_headers stay apart")
    void h6() {
        assertThat(run(false, instance("inference_api_url: http://a:1\nheaders: {A: b}\nextra_headers: {C: d}"))
                        .yaml())
                .contains("    headers:\n      A: b\n    extra_headers:\n      C: d\n");
    }

    @Test
    void writesTheSameTwiceAndGivesASecondReceiverOfOneAddressAHash() {
        String conf =
                "instances:\n  - inference_api_url: http://a:1\n  - inference_api_url: http://a:1\n    timeout: 3\n"
                        + "  - inference_api_url: http://a:1\n";
        Result result = run(false, conf);

        assertThat(result.instances()).isEqualTo(2);
        assertThat(result.yaml())
                .contains("torchserve_inference/a:1:")
                .containsPattern("torchserve_inference/a:1-[0-9a-f]{6}:");
        assertThat(result.remarks()).anyMatch(line -> line.startsWith("instances[2]: is the same as one before it"));
        assertThat(run(false, conf).yaml()).isEqualTo(result.yaml());
    }

    @Test
    void warnsOfAHostNameThatIsNotSet() {
        String conf = instance("inference_api_url: http://a:1");

        assertThat(run(false, conf).remarks()).anyMatch(line -> line.startsWith("DD_HOSTNAME: is not set"));
        assertThat(new DatadogImport(false, new EveryFileThere(Map.of("DD_HOSTNAME", "h")))
                        .run(List.of(new Input("conf.yaml", conf)), null, yaml -> List.of())
                        .remarks())
                .isEmpty();
    }

    @Test
    void readsWhatYaml11ReadsAsTruthAndMergesMaps() {
        String yaml = run(
                        false,
                        "base: &b {tls_verify: off, timeout: 3}\ninstances:\n  - <<: *b\n    inference_api_url: https://a:1\n")
                .yaml();

        assertThat(yaml).contains("insecure_skip_verify: true").contains("connect_timeout: 3s");
    }

    @ParameterizedTest
    @CsvSource({
        "'instances: [', is neither YAML nor JSON",
        "'a: b', has no configuration of the torchserve check",
        "'', has no configuration of the torchserve check"
    })
    void saysWhenThereIsNothingToRead(String text, String why) {
        Result result = run(false, text);

        assertThat(result.instances()).isZero();
        assertThat(result.remarks()).anyMatch(line -> line.startsWith("conf.yaml: " + why));
    }

    @Test
    void leavesOutOnlyTheInstanceWhoseSettingsAreNotAccepted() throws Exception {
        Result result = run(
                false,
                "instances:\n  - inference_api_url: http://a:99999\n  - inference_api_url: http://a:1\n"
                        + "  - inference_api_url: http://a b:1\n");

        assertThat(result.instances()).isEqualTo(1);
        assertThat(result.remarks())
                .anyMatch(line -> line.startsWith("instances[0]: receivers.torchserve_inference/a:99999.endpoint "))
                .anyMatch(line -> line.startsWith("instances[2]: "));
        assertThat(load(result.yaml()).warnings()).isEmpty();
    }

    @Test
    @Timeout(10)
    void carriesFiveHundredInstancesInLittleTime() throws Exception {
        StringBuilder conf = new StringBuilder("instances:\n");
        for (int i = 0; i < 500; i++) {
            conf.append("  - openmetrics_endpoint: http://ts-")
                    .append(i)
                    .append(":8082/metrics\n    tags: [n:")
                    .append(i)
                    .append("]\n");
        }

        Result result = run(false, conf.toString());

        assertThat(result.instances()).isEqualTo(500);
        LoadedConfiguration loaded = load(result.yaml());
        assertThat(loaded.components(Kind.RECEIVER)).hasSize(500);
        assertThat(loaded.pipelines()).hasSize(1);
    }
}
