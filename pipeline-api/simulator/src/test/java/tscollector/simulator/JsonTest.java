package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void indentsByTwoAndKeepsTheOrderOfKeys() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("b", 1);
        tree.put("a", List.of(true, 2.0, "x"));

        assertThat(Json.pretty(tree)).isEqualTo("{\n  \"b\": 1,\n  \"a\": [\n    true,\n    2.0,\n    \"x\"\n  ]\n}");
    }

    @Test
    void writesEmptyThingsOnOneLine() {
        assertThat(Json.pretty(Map.of("a", List.of()))).isEqualTo("{\n  \"a\": []\n}");
        assertThat(Json.pretty(List.of(Map.of()))).isEqualTo("[\n  {}\n]");
    }

    @Test
    void escapesWhatJsonMustAndNothingElse() {
        assertThat(Json.pretty("\"\\\n\r\t\b\f\u0001\u2028")).isEqualTo("\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u2028\"");
        assertThat(Json.pretty("<a href='x'>&=/ \u6f22 \ud83d\ude00"))
                .isEqualTo("\"<a href='x'>&=/ \u6f22 \ud83d\ude00\"");
        assertThat(Json.pretty(Map.of("text/plain; version=0.0.4", 1))).contains("version=0.0.4");
    }
}
