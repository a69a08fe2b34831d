package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeMergerTest {
    private final Mistakes mistakes = new Mistakes();
    private final Variables variables =
            new Variables(Surroundings.of(Map.of("EMPTY", "", "MAP", "{x: 1}", "SET", "s")), mistakes);
    private final TreeMerger merger = new TreeMerger(variables);

    private YamlNode.Mapping tree(String name, String yaml) {
        return (YamlNode.Mapping) variables.expand(new YamlReader(mistakes).read(mistakes.source(name, yaml)), "");
    }

    private YamlNode.Mapping merge(String base, String over) {
        return merger.merge(tree("base", base), tree("over", over), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a: 1} | {b: 2} | {a: 1, b: 2}",
                "{a: 1} | {a: 2} | {a: 2}",
                "{a: {x: 1, y: 2}} | {a: {y: 3, z: 4}} | {a: {x: 1, y: 3, z: 4}}",
                "{a: [1, 2, 3]} | {a: [4]} | {a: [4]}",
                "{a: [1]} | {a: []} | {a: []}",
                "{a: {x: 1}} | {a: {}} | {a: {x: 1}}",
                "{a: {x: 1}} | {a: 5} | {a: 5}",
                "{a: 5} | {a: {x: 1}} | {a: {x: 1}}",
                "{a: [1]} | {a: {x: 1}} | {a: {x: 1}}",
                "{a: {x: 1}} | {a: ~} | {a: ~}",
                "{a: {x: 1}} | {a: null} | {a: null}",
                "{a: {x: 1}} | {a: } | {a: {x: 1}}",
                "{a: 1} | {a: ''} | {a: ''}",
                "{a: 1} | {a: '${EMPTY}'} | {a: 1}",
                "{a: 1} | {a: '${NOT:-}'} | {a: 1}",
                "{a: 1} | {a: '${SET}'} | {a: s}",
                "{a: {y: 2}} | {a: '${MAP}'} | {a: {y: 2, x: 1}}",
                "{a: '${MAP}'} | {a: {y: 2}} | {a: {x: 1, y: 2}}",
                "{} | {a: } | {a: }",
            })
    void laysOneOverTheOther(String base, String over, String result) {
        YamlNode.Mapping merged = merge(base, over);

        assertThat(mistakes.fatal()).isEmpty();
        assertThat(Plain.of(merged)).isEqualTo(Plain.of(tree("result", result)));
    }

    @Test
    void keepsTheOrderOfTheFirstAndAppendsWhatIsNew() {
        assertThat(merge("{b: 1, a: 1}", "{c: 2, a: 2, d: 2, b: 2}").keys()).containsExactly("b", "a", "c", "d");
    }

    @Test
    void placesWhatWasReplacedWhereItIsReplaced() {
        YamlNode.Mapping merged = merge("s: {a: 1, b: 1}", "s: {b: 2}");
        YamlNode.Mapping section = (YamlNode.Mapping) merged.get("s");

        assertThat(section.entries().get("a").value().place()).hasToString("base:1:8");
        assertThat(section.entries().get("b").value().place()).hasToString("over:1:8");
        assertThat(section.entries().get("b").place()).hasToString("over:1:5");
    }

    @Test
    void neverShowsWhatWasReplaced() {
        YamlNode.Mapping merged = merge("a: hunter2\nb: {c: [t0ken]}\nd: shown", "a: 1\nb: {c: x}");
        YamlSource base = merged.place().source();

        assertThat(Excerpt.of(base.at(1, 1))).startsWith("    1 | a: ****\n");
        assertThat(Excerpt.of(base.at(2, 1))).startsWith("    2 | b: {c: ****}\n");
        assertThat(Excerpt.of(base.at(3, 1))).startsWith("    3 | d: shown\n");
    }

    /** Where a key means the same kind of value in all files, as it does in configurations, the grouping cannot matter. */
    @Test
    void givesTheSameHoweverTheFilesAreGrouped() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            YamlNode.Mapping a = tree("a", YamlWriter.inline(map(random, 3)));
            YamlNode.Mapping b = tree("b", YamlWriter.inline(map(random, 3)));
            YamlNode.Mapping c = tree("c", YamlWriter.inline(map(random, 3)));
            YamlNode.Mapping left = merger.merge(merger.merge(a, b, ""), c, "");
            YamlNode.Mapping right = merger.merge(a, merger.merge(b, c, ""), "");

            assertThat(Plain.of(left)).as("seed %d", seed).isEqualTo(Plain.of(right));
            assertThat(left.keys()).as("seed %d", seed).isEqualTo(right.keys());
            assertThat(Plain.of(merger.merge(a, a, ""))).as("seed %d", seed).isEqualTo(Plain.of(a));
            assertThat(Plain.of(merger.merge(a, tree("none", "{}"), "")))
                    .as("seed %d", seed)
                    .isEqualTo(Plain.of(a));
        }
    }

    private static Map<String, Object> map(SplittableRandom random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int number = random.nextInt(3);
            switch (random.nextInt(depth > 0 ? 3 : 2)) {
                case 0 -> map.put("scalar" + number, "v" + random.nextInt(100));
                case 1 -> {
                    List<Object> list = new ArrayList<>();
                    for (int j = random.nextInt(3); j > 0; j--) {
                        list.add("i" + random.nextInt(100));
                    }
                    map.put("list" + number, list);
                }
                default -> map.put("map" + number, map(random, depth - 1));
            }
        }
        return map;
    }
}
