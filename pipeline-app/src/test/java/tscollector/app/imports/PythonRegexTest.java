package tscollector.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tscollector.app.imports.PythonRegex.Unusable;

/** Against a table that Python 3.11 made: which expressions compile, and what they find where. */
@Timeout(60)
class PythonRegexTest {
    /** Python compiles them; Java has no equal. */
    private static final List<String> WITHOUT_EQUAL = List.of("(a)?(?(1)b|c)");

    private static JsonNode table() throws Exception {
        try (InputStream in = PythonRegexTest.class.getResourceAsStream("/imports/python-3.11-re.json")) {
            return JsonMapper.builder().build().readTree(in);
        }
    }

    static Stream<Arguments> rows() throws Exception {
        JsonNode table = table();
        List<String> texts = new ArrayList<>();
        table.get("texts").forEach(text -> texts.add(text.asString()));
        List<Arguments> rows = new ArrayList<>();
        table.get("rows")
                .forEach(row -> rows.add(Arguments.of(row.get("pattern").asString(), row, texts)));
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void findsWhatPythonFinds(String python, JsonNode row, List<String> texts) throws Exception {
        if (row.has("error") || WITHOUT_EQUAL.contains(python)) {
            assertThatThrownBy(() -> PythonRegex.toJava(python)).isInstanceOf(Unusable.class);
            return;
        }
        Pattern java = Pattern.compile(PythonRegex.toJava(python));
        for (int i = 0; i < texts.size(); i++) {
            Matcher matcher = java.matcher(texts.get(i));
            JsonNode found = row.get("found").get(String.valueOf(i));
            String expected = found == null ? "nothing" : found.get(0) + "-" + found.get(1);
            String actual = matcher.find() ? matcher.start() + "-" + matcher.end() : "nothing";
            assertThat(actual).as("%s as %s in %s", python, java, texts.get(i)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "^my_model$ ^my_model$",
                ".*_model$ .*_model$",
                "(?P<n>a) (?<n>a)",
                "(?P<my_n>a)(?P=my_n) (?<group1x>a)\\k<group1x>",
                "\\d+ (?U)\\d+",
                "a\\Z a\\z",
                "(?i)ä (?iu)ä",
                "a{,3} a{0,3}",
                "[[] [\\[]",
            })
    void leavesAloneWhatMeansTheSame(String python, String java) throws Exception {
        assertThat(PythonRegex.toJava(python)).isEqualTo(java);
    }

    @Test
    void namesWhatHasNoEqualHere() {
        assertThatThrownBy(() -> PythonRegex.toJava("(a)?(?(1)b|c)"))
                .hasMessage("has a condition (?(...)yes|no), which has no equal here");
        assertThatThrownBy(() -> PythonRegex.toJava("a{1,99999999999}"))
                .hasMessage("repeats something more often than Java can count");
        assertThatThrownBy(() -> PythonRegex.toJava("(".repeat(150) + ")".repeat(150)))
                .hasMessage("is nested deeper than 100 groups");
        assertThatThrownBy(() -> PythonRegex.toJava("a".repeat(10_001))).hasMessage("is longer than 10000 characters");
    }

    @Test
    void saysWherePythonStumbles() {
        assertThatThrownBy(() -> PythonRegex.toJava("(["))
                .hasMessage("is not a valid regular expression: unterminated character set at position 1");
        assertThatThrownBy(() -> PythonRegex.toJava("a\\p{L}"))
                .hasMessage("is not a valid regular expression: bad escape \\p at position 1");
    }

    @Test
    void findsAnyLiteralTextThatWasEscapedForPython() throws Exception {
        long seed = 20261123;
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "abz09_-.[](){}?*+|^$\\&~# <>=!:,/'\"%@;`\téß😀";
        int[] points = alphabet.codePoints().toArray();
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            StringBuilder escaped = new StringBuilder();
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                int point = points[random.nextInt(points.length)];
                text.appendCodePoint(point);
                escaped.append("()[]{}?*+-|^$\\.&~# \t".indexOf(point) >= 0 ? "\\" : "")
                        .appendCodePoint(point);
            }
            String java = PythonRegex.toJava(escaped.toString());
            assertThat(Pattern.compile(java).matcher(text).matches())
                    .as("seed %d, %s as %s", seed, escaped, java)
                    .isTrue();
        }
    }

    @Test
    void neverThrowsAnythingElse() {
        long seed = 4711;
        SplittableRandom random = new SplittableRandom(seed);
        String[] parts = {
            "(", ")", "[", "]", "{", "}", "?", "*", "+", "|", "^", "$", "\\", "a", "P", "<", ">", "=", "1", ",", "-",
            "i", ":", "#", "x", "\\d", "(?P<n>", "&&", "é", " "
        };
        int compiled = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder python = new StringBuilder();
            for (int i = random.nextInt(1, 14); i > 0; i--) {
                python.append(parts[random.nextInt(parts.length)]);
            }
            try {
                Pattern unused = Pattern.compile(PythonRegex.toJava(python.toString()));
                compiled++;
            } catch (Unusable e) {
                assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
            }
        }
        assertThat(compiled).isGreaterThan(500);
    }

    /** Found in random expressions, against Python 3.13; n stands for the end of a line. */
    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "(?m)^,'',0-0",
        "(?m)n^,an,1-2",
        "(?m)^$,'an',2-2",
        "(?m)a$,'an',0-1",
        "(?m:^)b,anb,2-3",
        "(?m)(?-m:^)b,anb,nothing",
        "(?m)b(?-m:$),'bna',nothing",
        "(?a)\\bb,\u00e4b,1-2",
        "\\bb,\u00e4b,nothing",
        "(?a)\\B,'',nothing",
        "(?a)b\\B,\u00e4bb,1-2",
        "(?a)\\B\u00e4,\u00e4,0-1",
        "(?a:\\bb)\\b,\u00e4b,1-2",
    })
    void findsBordersAsPythonDoes(String python, String text, String expected) throws Exception {
        Matcher matcher =
                Pattern.compile(PythonRegex.toJava(python.replace("n^", "\n^"))).matcher(text.replace('n', '\n'));

        assertThat(matcher.find() ? matcher.start() + "-" + matcher.end() : "nothing")
                .isEqualTo(expected);
    }
}
