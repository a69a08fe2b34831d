package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class YamlWriterTest {
    private static final String[] PIECES = {
        "a",
        "B",
        "0",
        " ",
        ":",
        ": ",
        "#",
        " #",
        "-",
        "- ",
        "'",
        "\"",
        "\\",
        "\n",
        "\t",
        "$",
        "${x}",
        "{",
        "]",
        ",",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "~",
        "null",
        "true",
        "1e3",
        "0x1",
        "=",
        "é",
        "\uD83D\uDE00",
        "\u0000",
        "\u2028",
        "<<",
        "?"
    };

    @Test
    void writesForPeople() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("endpoint", "http://a:1/x");
        values.put("text", "007");
        values.put("size", "16MiB");
        values.put("none", List.of());
        values.put("list", List.of("a", Map.of("b", 1)));
        values.put("section", Map.of("on", true));
        values.put("money", "$5");

        assertThat(YamlWriter.block(values)).isEqualTo("""
                        endpoint: http://a:1/x
                        text: "007"
                        size: 16MiB
                        none: []
                        list:
                          - a
                          - b: 1
                        section:
                          on: true
                        money: "$$5"
                        """);
    }

    @Test
    void writesWhatReadsBackToTheSame() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            Map<String, Object> values = map(random, 3);
            String yaml = YamlWriter.block(values);
            Mistakes mistakes = new Mistakes();
            YamlNode read = new YamlReader(mistakes).read(mistakes.source("f", yaml.isEmpty() ? "{}" : yaml));
            assertThat(mistakes.fatal()).as("seed %d: %s", seed, yaml).isEmpty();
            YamlNode tree = new Variables(Surroundings.of(Map.of()), mistakes).expand(read, "");
            assertThat(mistakes.fatal()).as("seed %d: %s", seed, yaml).isEmpty();
            assertThat(plain(tree)).as("seed %d: %s", seed, yaml).isEqualTo(values);
        }
    }

    private static Map<String, Object> map(SplittableRandom random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text(random), value(random, depth - 1));
        }
        return map;
    }

    private static Object value(SplittableRandom random, int depth) {
        int kind = random.nextInt(depth > 0 ? 4 : 2);
        if (kind == 2) {
            return map(random, depth);
        }
        if (kind == 3) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(value(random, depth - 1));
            }
            return list;
        }
        return text(random);
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static Object plain(YamlNode node) {
        if (node instanceof YamlNode.Mapping map) {
            Map<String, Object> values = new LinkedHashMap<>();
            map.entries().forEach((key, entry) -> values.put(key, plain(entry.value())));
            return values;
        }
        if (node instanceof YamlNode.Sequence list) {
            return list.items().stream().map(YamlWriterTest::plain).toList();
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        assertThat(scalar.kind()).isEqualTo(ScalarKind.TEXT);
        return scalar.text();
    }
}
