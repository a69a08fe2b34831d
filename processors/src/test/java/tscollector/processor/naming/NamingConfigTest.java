package tscollector.processor.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.processor.naming.Written.config;
import static tscollector.processor.naming.Written.detailed;
import static tscollector.processor.naming.Written.name;
import static tscollector.processor.naming.Written.number;
import static tscollector.processor.naming.Written.pair;
import static tscollector.processor.naming.Written.renamed;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.config.ConfigValue;
import tscollector.config.Problems;
import tscollector.processor.Built;

class NamingConfigTest {
    @Test
    void takesAllFourForms() {
        NamingConfig config =
                config(name("a"), renamed("b", "c"), detailed("d", "name", "e", "type", "gauge"), name("^f_.+_ms$"));

        assertThat(Built.problems(config)).isEmpty();
    }

    @Test
    void takesSeveralNamesInOneEntry() {
        ConfigValue entry = new ConfigValue.Mapping(Map.of("a", name("b"), "c", name("d")));

        assertThat(EntryReader.read(entry, mistake -> {}))
                .extracting(MetricEntry::exposed)
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void anOtherCharacterMakesAnExpression() {
        assertThat(read(name("my_metric:rate5m")).pattern()).isNull();
        assertThat(read(name("my.metric")).pattern()).isNotNull();
        assertThat(read(name("my-metric")).pattern()).isNotNull();
        assertThat(read(renamed("^a", "b")).sentName()).isNull();
    }

    @Test
    void saysWhatIsWrongWithAnEntry() {
        NamingConfig config = config(
                number("3"),
                pair("a", number("3")),
                detailed("b", "type", "count"),
                detailed("c", "type", "metadata"),
                detailed("d", "nam", "x"),
                name("my_(["),
                renamed("e", " "),
                new ConfigValue.Sequence(List.of()),
                pair("f", new ConfigValue.Mapping(Map.of("name", number("7")))),
                new ConfigValue.Mapping(Map.of()));

        List<String> problems = Built.problems(config);

        assertThat(problems).hasSize(10);
        assertThat(problems.get(0))
                .isEqualTo("extra_metrics[0] must be an exposed name, \"exposed: sent\", or \"exposed: {name, type}\"");
        assertThat(problems.get(1)).contains("extra_metrics[1] gives \"a\" something that is neither a name");
        assertThat(problems.get(2))
                .isEqualTo("extra_metrics[2] gives \"b\" the type \"count\", which is no type;"
                        + " did you mean \"counter\"?");
        assertThat(problems.get(3))
                .contains("the type \"metadata\", which fills the Agent's own inventory and is not carried");
        assertThat(problems.get(4)).isEqualTo("extra_metrics[4] has \"nam\" for \"d\"; did you mean \"name\"?");
        assertThat(problems.get(5)).startsWith("extra_metrics[5] \"my_([\" is not a regular expression: ");
        assertThat(problems.get(6)).isEqualTo("extra_metrics[6] has an empty name");
        assertThat(problems.get(7)).startsWith("extra_metrics[7] must be");
        assertThat(problems.get(8)).isEqualTo("extra_metrics[8] needs text as the name of \"f\"");
        assertThat(problems.get(9)).startsWith("extra_metrics[9] must be");
    }

    @Test
    void refusesTwoKindsUnderOneNameWhereItShows() {
        NamingConfig config = config(
                detailed("a", "name", "x", "type", "gauge"),
                detailed("b", "name", "x", "type", "histogram"),
                detailed("c", "name", "requests.2xx.count", "type", "gauge"));

        assertThat(Built.problems(config))
                .containsExactly(
                        "extra_metrics[1] sends \"b\" as torchserve.openmetrics.x, a histogram;"
                                + " \"a\" is a gauge under that name already",
                        "extra_metrics[2] sends \"c\" as torchserve.openmetrics.requests.2xx.count, a gauge;"
                                + " \"Requests2XX\" is a counter under that name already");
    }

    @Test
    void ofTwoEntriesForOneNameOnlyTheLastCanClash() {
        NamingConfig config =
                config(detailed("a", "name", "x", "type", "histogram"), detailed("a", "name", "x", "type", "gauge"));

        assertThat(Built.problems(config)).isEmpty();
    }

    @Test
    void takesANameOverFromAnOfficialMetricThatIsMappedAnew() {
        NamingConfig config =
                config(renamed("Requests2XX", "good"), detailed("c", "name", "requests.2xx.count", "type", "gauge"));

        assertThat(Built.problems(config)).isEmpty();
    }

    @Test
    void aGaugeAndACounterOfOneNameDifferByTheSuffix() {
        NamingConfig config =
                config(detailed("a", "name", "x", "type", "gauge"), detailed("b", "name", "x", "type", "counter"));

        assertThat(Built.problems(config)).isEmpty();
    }

    private static MetricEntry read(ConfigValue entry) {
        return EntryReader.read(entry, mistake -> {}).get(0);
    }

    @Test
    @DisplayName("O16 what a type needs is asked for, and near misses of its name are understood")
    void asksForWhatATypeNeeds() {
        assertThat(problems("""
                        extra_metrics:
                          - a: {type: temporal_percent}
                          - b: {type: temporal_percent, scale: fortnight}
                          - c: {type: temporal_percent, scale: 0}
                          - d: {type: service_check}
                          - e: {type: service_check, status_map: {}}
                          - f: {type: service_check, status_map: {x: ok, 1: fine}}
                          - g: {type: temporal_percent, scale: Nanosecond}
                          - h: {type: temporal_percent, scale: 60}
                          - i: {type: gague}
                          - j: {type: monotonic_count}
                          - ^k: {type: count}
                          - l: {type: whatever}
                        """))
                .containsExactly(
                        "extra_metrics[0] needs a scale for \"a\": second, millisecond, microsecond, nanosecond,"
                                + " or how many parts a second has",
                        "extra_metrics[1] needs a scale for \"b\": second, millisecond, microsecond, nanosecond,"
                                + " or how many parts a second has",
                        "extra_metrics[2] needs a scale for \"c\": second, millisecond, microsecond, nanosecond,"
                                + " or how many parts a second has",
                        "extra_metrics[3] needs a status_map for \"d\", for instance {0: ok, 1: critical}",
                        "extra_metrics[4] needs a status_map for \"e\", for instance {0: ok, 1: critical}",
                        "extra_metrics[5] has \"x\" in the status_map of \"f\"; values are whole numbers",
                        "extra_metrics[5] gives \"1\" in the status_map of \"f\" something that is no state;"
                                + " known are ok, warning, critical, unknown",
                        "extra_metrics[8] gives \"i\" the type \"gague\", which is no type; did you mean \"gauge\"?",
                        "extra_metrics[9] gives \"j\" the type \"monotonic_count\", which is no type;"
                                + " did you mean \"counter\"?",
                        "extra_metrics[10] gives \"^k\" the type \"count\", which is no type;"
                                + " did you mean \"counter\"?",
                        "extra_metrics[11] gives \"l\" the type \"whatever\", which is no type; known are counter,"
                                + " counter_gauge, gauge, histogram, native, native_dynamic, rate, service_check,"
                                + " summary, temporal_percent, time_elapsed");
    }

    @Test
    @DisplayName("O23 O19 mistakes in shares, filters and patterns are told together")
    void saysWhatIsWrongWithTheOthers() {
        assertThat(problems("""
                        metrics: [{a: {type: cuonter}}]
                        exclude_metrics: ['([']
                        exclude_metrics_by_labels: {a: false, b: ['(['], c: [1], d: true, e: [x]}
                        share_labels: {a: false, b: {label: [x]}, c: {labels: x}, d: {values: [a]}, e: {match: [x]}, f: true}
                        metric_patterns: {include: ['(['], exclude: [')']}
                        rename_labels: {a: ''}
                        max_returned_metrics: -1
                        """))
                .extracting(problem -> problem.replaceAll(":? near.*", ""))
                .contains(
                        "metrics[0] gives \"a\" the type \"cuonter\", which is no type; did you mean \"counter\"?",
                        "exclude_metrics_by_labels.a must be true, or a list of regular expressions",
                        "exclude_metrics_by_labels.c must be true, or a list of regular expressions",
                        "share_labels.a must be true, or {labels, match, values}",
                        "share_labels.b has \"label\"; did you mean \"labels\"?",
                        "share_labels.c has labels, which must be a list of label names",
                        "share_labels.d has values, which must be a list of whole numbers",
                        "rename_labels.a must not be empty",
                        "max_returned_metrics must be at least 0, was \"-1\"")
                .anyMatch(problem -> problem.startsWith("exclude_metrics[0] is not a valid regular expression"))
                .anyMatch(
                        problem -> problem.startsWith("exclude_metrics_by_labels.b has \"([\", which is not a regular"))
                .anyMatch(problem -> problem.startsWith("metric_patterns.include[0] is not a valid"))
                .anyMatch(problem -> problem.startsWith("metric_patterns.exclude[0] is not a valid"))
                .hasSize(13);
    }

    @Test
    void takesEverythingThatIsThere() {
        assertThat(problems("""
                        compat: strict
                        metrics: [a]
                        extra_metrics: [b, {c: {type: metadata_like, name: x}}]
                        """)).hasSize(1);
        assertThat(problems("""
                        compat: off
                        metrics: [a]
                        extra_metrics: [{b: {type: service_check, status_map: {0: OK, '1': Warning, 2: critical}}}]
                        exclude_metrics: [c, '^d']
                        exclude_metrics_by_labels: {a: true, b: [x]}
                        include_labels: [x]
                        exclude_labels: []
                        rename_labels: {x: y}
                        share_labels: {m: {labels: [], match: [x], values: [1, 2]}}
                        cache_shared_labels: false
                        raw_metric_prefix: acme_
                        cache_metric_wildcards: false
                        metric_patterns: {include: [a], exclude: [b]}
                        max_returned_metrics: 10
                        telemetry: true
                        """)).isEmpty();
    }

    private static List<String> problems(String yaml) {
        Problems problems = new Problems();
        Written.yaml(yaml, problems);
        return problems.all().stream()
                .map(problem -> problem.path() + " " + problem.text())
                .toList();
    }
}
