package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;

class SectionRulesTest {
    @Hint(key = "host", text = "write endpoint: http://HOST")
    record Rules(
            @Setting(doc = "Address.") @Nullable String endpoint,
            @Setting(doc = "Addresses.") List<String> endpoints,
            @Setting(doc = "At least.", min = "1") int minSize,
            @Setting(doc = "At most.") int maxSize,
            @Setting(doc = "Long.") Duration timeout,
            @Setting(doc = "On.") boolean enabled,
            @Setting(doc = "Keys.") Map<String, String> keys,
            @Setting(doc = "More.") @Nullable Inner inner)
            implements Config {
        static Rules defaults() {
            return new Rules(null, List.of(), 10, 100, Duration.ofSeconds(5), true, Map.of(), null);
        }

        @Override
        public void validate(Problems problems) {
            problems.check("", endpoint != null || !endpoints.isEmpty(), "needs endpoint or endpoints");
            problems.check("max_size", maxSize >= minSize, "must be at least min_size");
            problems.check("timeout", enabled || timeout.isZero(), "is of no use without enabled");
            problems.check("keys", !keys.isEmpty() || inner == null, "must name a key when there is inner");
            if (inner != null) {
                problems.check("", inner.size() < minSize, "has more inside than min_size");
            }
        }
    }

    record Inner(
            @Setting(doc = "Size.", required = true) int size,
            @Setting(doc = "A word.") String word) implements Config {
        static Inner defaults() {
            return new Inner(0, "");
        }

        @Override
        public void validate(Problems problems) {
            problems.check("", size != 3, "does not like 3");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // the rule has nothing to do with what is wrong: both are told
                "timeout: 5                          | timeout, '' needs endpoint or endpoints",
                "{nonsense_of_mine: 1}               | nonsense_of_mine, '' needs endpoint or endpoints",
                "{endpoint: a, max_size: 9, timeout: soon} | max_size must be at least min_size, timeout",
                "{timeout: x, inner: {size: 1}}      | timeout, keys must name a key when there is inner, '' needs endpoint or endpoints",
                "{endpoint: a, inner: {size: 3, word: [a]}, keys: {a: b}} | inner.word, inner does not like 3",
                // the rule may hold once that is put right: only that is told
                "{endpont: a}                        | endpont",
                "{endpoint: [a]}                     | endpoint",
                "{endpoints: [[a]]}                  | endpoints[0]",
                "{endpoints: a}                      | endpoints",
                "{host: a}                           | host",
                "{endpoint: a, min_size: x, max_size: 9} | min_size",
                "{endpoint: a, min_size: 0, max_size: 9} | min_size",
                "{endpoint: a, enabled: maybe}       | enabled",
                "{endpoint: a, keys: {a: [b]}, inner: {size: 1}}       | keys.a",
                "{endpoint: a, keys: {a: b}, inner: {size: large}}     | inner.size",
                "{endpoint: a, keys: {a: b}, inner: {}}                | inner.size",
                "{endpoint: a, keys: {a: b}, inner: {size: 20, word: [a]}} | inner.word, '' has more inside than min_size",
                "'endpoint: ${env:NOT_THERE_AT_ALL}' | endpoint",
            })
    void asksTheRulesAlthoughSomethingIsWrong(String yaml, String expected) {
        Problems problems = new Problems();
        new YamlConfigBinder()
                .bind(
                        yaml.strip(),
                        Descriptor.of(Kind.EXPORTER, "rules", "Has rules.", Rules.class, Rules.defaults()),
                        problems);

        List<String> told = problems.all().stream()
                .map(problem -> (problem.path().isEmpty() ? "''" : problem.path()) + " " + problem.text())
                .toList();
        String[] wanted = expected.strip().split(", ", -1);
        assertThat(told).hasSize(wanted.length);
        for (String one : wanted) {
            assertThat(told).anyMatch(text -> text.startsWith(one));
        }
    }
}
