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
import org.junit.jupiter.api.Test;
import tscollector.config.ConfigValue;
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
        assertThat(problems.get(3)).contains("the type \"metadata\", which fills the Agent's own inventory and is not carried");
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
}
