package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.component.StartException;
import tscollector.datadog.ApiKey;
import tscollector.exporter.datadog.DatadogConfig.KeyCheckMode;
import tscollector.testkit.datadog.DatadogIntake;

class DatadogConfigTest {
    private static final String KEY = "api: {key: " + DatadogIntake.KEY + "}\n";

    @ParameterizedTest
    @DisplayName("R1: the addresses of all nine sites follow from the site")
    @CsvSource({
        "datadoghq.com",
        "us3.datadoghq.com",
        "us5.datadoghq.com",
        "datadoghq.eu",
        "ap1.datadoghq.com",
        "ap2.datadoghq.com",
        "uk1.datadoghq.com",
        "ddog-gov.com",
        "us2.ddog-gov.com"
    })
    void addressesFollowFromTheSite(String site) {
        String yaml = "api: {key: " + DatadogIntake.KEY + ", site: " + site + "}";
        Addresses addresses = Addresses.of(Settings.of(yaml));

        assertThat(Settings.problems(yaml)).isEmpty();
        assertThat(addresses.of(Route.SERIES)).hasToString("https://api." + site + "/api/v2/series");
        assertThat(addresses.of(Route.SKETCHES)).hasToString("https://api." + site + "/api/beta/sketches");
        assertThat(addresses.of(Route.CHECK_RUN)).hasToString("https://api." + site + "/api/v1/check_run");
        assertThat(addresses.of(Route.EVENTS)).hasToString("https://api." + site + "/api/v1/events");
        assertThat(addresses.of(Route.VALIDATE)).hasToString("https://api." + site + "/api/v1/validate");
        assertThat(addresses.of(Route.LOGS)).hasToString("https://http-intake.logs." + site + "/api/v2/logs");
    }

    @Test
    @DisplayName("R1: each base address can be set")
    void addressesCanBeSet() {
        Addresses addresses = Addresses.of(Settings.of("metrics: {endpoint: 'http://proxy:1/dd/'}"));
        assertThat(addresses.of(Route.SERIES)).hasToString("http://proxy:1/dd/api/v2/series");
        assertThat(addresses.of(Route.LOGS)).hasToString("https://http-intake.logs.datadoghq.com/api/v2/logs");

        Addresses logs = Addresses.of(Settings.of("logs: {endpoint: 'http://proxy:2'}"));
        assertThat(logs.of(Route.LOGS)).hasToString("http://proxy:2/api/v2/logs");
        assertThat(logs.of(Route.SERIES)).hasToString("https://api.datadoghq.com/api/v2/series");

        assertThat(Settings.problems(KEY + "metrics: {endpoint: 'http://a/b?c=d'}"))
                .singleElement()
                .asString()
                .startsWith("metrics.endpoint is a base address");
    }

    @Test
    @DisplayName("R1: an unknown site is a warning, an impossible one a mistake")
    void judgesTheSite() {
        assertThat(Settings.problems("api: {key: " + DatadogIntake.KEY + ", site: dd.example.com}"))
                .singleElement()
                .asString()
                .startsWith("warning: api.site is none of the sites known: datadoghq.com, us3");
        assertThat(Settings.problems("api: {key: " + DatadogIntake.KEY + ", site: 'https://datadoghq.eu'}"))
                .containsExactly("api.site must be a domain such as datadoghq.eu, without https:// and path");
        assertThat(Settings.problems("api: {key: " + DatadogIntake.KEY + ", site: ' DatadogHQ.eu '}"))
                .isEmpty();
    }

    @Test
    @DisplayName("R5: there must be a key, and it is trimmed")
    void wantsAKey() throws Exception {
        assertThat(Settings.problems("{}")).singleElement().asString().startsWith("api.key is required");
        assertThat(Settings.problems("api: {key: '  '}"))
                .containsExactly("api.key is empty; set it to the API key of your organisation");
        assertThat(Settings.problems("api: {key: ''}"))
                .singleElement()
                .asString()
                .startsWith("api.key is empty");

        ApiKey key = Settings.of("api: {key: ' abcdef0123 '}").api().apiKey();
        assertThat(key.reveal()).isEqualTo("abcdef0123");
    }

    @Test
    @DisplayName("R5: a key that is not hexadecimal is a warning, unless fail_on_invalid_key")
    void warnsAboutAnOddKey() {
        assertThat(Settings.problems("api: {key: not-hex-at-all}"))
                .containsExactly(
                        "warning: api.key has characters other than 0-9 and a-f, so it can hardly be an API key");
        assertThat(Settings.problems("api: {key: not-hex-at-all, fail_on_invalid_key: true}"))
                .containsExactly("api.key has characters other than 0-9 and a-f, so it can hardly be an API key");
        assertThat(Settings.problems("api: {key: 'a b'}"))
                .containsExactly("api.key has characters that no header can have");
    }

    @Test
    @DisplayName("R2: no text shows the key")
    void neverPrintsTheKey() throws Exception {
        DatadogConfig config = Settings.of(KEY);

        assertThat(config.toString()).doesNotContain(DatadogIntake.KEY).contains("****");
        assertThat(config.api().apiKey()).hasToString("****cdef");
        assertThat(Settings.of("api: {key: abcd}").api().apiKey()).hasToString("****");
        assertThat(String.join(" ", Settings.problems("api: {key: not-hex-secret}")))
                .doesNotContain("not-hex-secret");
    }

    @Test
    void readsTheKeyFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "abcdef0123\n");
        ApiConfig config = Settings.of("api: {key_file: '" + file + "'}").api();
        ApiKey key = config.apiKey();
        assertThat(key.reveal()).isEqualTo("abcdef0123");
        assertThat(key.renew()).as("the same again").isFalse();

        Files.writeString(file, "0123abcdef");
        assertThat(key.renew()).isTrue();
        assertThat(key.reveal()).isEqualTo("0123abcdef");

        Files.writeString(file, "");
        assertThat(key.renew()).as("half written").isFalse();
        assertThat(key.reveal()).isEqualTo("0123abcdef");
        assertThatThrownBy(() -> config.apiKey())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot read the API key in api.key_file " + file);
        assertThat(Settings.problems("api: {key: abc, key_file: '" + file + "'}"))
                .containsExactly("api.key_file and key exclude each other");
    }

    @Test
    void tagsAreATextOrAList() {
        assertThat(Settings.of("tags: env:prod, team:x,,env:prod").tagList()).containsExactly("env:prod", "team:x");
        assertThat(Settings.of("tags: env:prod team:x").tagList()).containsExactly("env:prod", "team:x");
        assertThat(Settings.of("tags: 'a:with blank,b'").tagList()).containsExactly("a:with blank", "b");
        assertThat(Settings.of("tags: [env:prod, 'with,comma', 7]").tagList())
                .containsExactly("env:prod", "with,comma", "7");
        assertThat(Settings.of("tags: ${env:NOT_SET_ANYWHERE:-}").tagList()).isEmpty();
        assertThat(Settings.of("").tagList()).isEmpty();
        assertThat(Settings.problems(KEY + "tags: {a: b}"))
                .containsExactly("tags must be a list such as [\"env:prod\"], or a text such as env:prod,team:x");
        assertThat(Settings.problems(KEY + "tags: [[a]]")).containsExactly("tags[0] must be a text");
    }

    @Test
    void bothSettingsForARefusedKeyCount() {
        assertThat(Settings.of("").keyCheck()).isEqualTo(KeyCheckMode.WARN);
        assertThat(Settings.of("api_key_check: fail").keyCheck()).isEqualTo(KeyCheckMode.FAIL);
        String failing = "api: {key: abc, fail_on_invalid_key: true}\n";
        assertThat(Settings.of(failing).keyCheck()).isEqualTo(KeyCheckMode.FAIL);
        assertThat(Settings.of(failing + "api_key_check: off").keyCheck()).isEqualTo(KeyCheckMode.OFF);
    }

    @Test
    @DisplayName("R28: waits are at least as gentle as the Agent's")
    void waitsAsTheAgent() {
        var retry = Settings.of("").delivery().retryOnFailure();

        assertThat(retry.initialInterval()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(retry.multiplier()).isEqualTo(2);
        assertThat(retry.maxInterval().toMillis() * (1 + retry.randomizationFactor()))
                .isBetween(60_000.0, 64_000.0);
        assertThat(retry.maxElapsedTime()).as("age ends it, not time").isZero();
    }

    @ParameterizedTest
    @DisplayName("R10 R11 R19: what contradicts itself in the modes of metrics is told at its place")
    @CsvSource(
            delimiter = '|',
            value = {
                "histograms: {mode: nobuckets} | metrics.histograms.mode nobuckets leaves nothing of a histogram",
                "histograms: {mode: buckets} | metrics.histograms.mode must be",
                "sums: {cumulative_monotonic_mode: raw} | metrics.sums.cumulative_monotonic_mode must be",
                "sums: {initial_cumulative_monotonic_value: last} | metrics.sums.initial_cumulative_monotonic_value must be",
                "sums: {cumulative_monotonic_mode: raw_value, initial_cumulative_monotonic_value: keep} "
                        + "| metrics.sums.initial_cumulative_monotonic_value has no meaning",
                "summaries: {mode: all} | metrics.summaries.mode must be",
                "count_as_rate: [good.name, 9.lives] | metrics.count_as_rate[1] must be the name of a metric",
                "count_as_rate: [''] | metrics.count_as_rate[0] must be the name of a metric",
                "count_as_rate: ['a.b-c*'] | metrics.count_as_rate[0] must be the name of a metric"
            })
    void modesThatContradictThemselves(String metrics, String problem) {
        assertThat(Settings.problems(KEY + "metrics: {" + metrics + "}"))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @ParameterizedTest
    @DisplayName("R10 R11 R19: good modes of metrics")
    @ValueSource(
            strings = {
                "histograms: {mode: nobuckets, send_aggregation_metrics: true}",
                "histograms: {mode: agent_buckets}",
                "sums: {cumulative_monotonic_mode: raw_value}",
                "sums: {initial_cumulative_monotonic_value: drop}",
                "summaries: {mode: noquantiles}",
                "infer_interval: true, count_as_rate: [a, 'torchserve.*.count', '*']"
            })
    void goodModes(String metrics) {
        assertThat(Settings.problems(KEY + "metrics: {" + metrics + "}")).isEmpty();
    }
}
