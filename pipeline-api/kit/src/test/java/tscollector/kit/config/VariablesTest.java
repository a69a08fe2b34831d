package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "A",
            "one",
            "B",
            "two",
            "EMPTY",
            "",
            "NAME",
            "A",
            "INNER",
            "<${env:A}>",
            "DOLLARS",
            "$$ ${A} $A",
            "OPEN",
            "${env:A",
            "NESTED",
            "${env:INNER}"));
    private final Map<String, byte[]> files = new HashMap<>();
    private final Mistakes mistakes = new Mistakes();
    private final Variables variables = new Variables(new InMemory(), mistakes);

    private YamlNode.Scalar expand(String text) {
        YamlSource source = mistakes.source("f", text);
        YamlNode.Scalar scalar = new YamlNode.Scalar(
                source.at(1, 1),
                new YamlSource.Span(1, 1, 1, text.length() + 1),
                text,
                true,
                YamlNode.Expansion.NONE,
                null);
        return (YamlNode.Scalar) variables.expand(scalar, "p");
    }

    private List<String> sentences() {
        return mistakes.fatal().stream().map(Mistake::sentence).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | plain | NONE",
                "${env:A} | one | WHOLE",
                "${A} | one | WHOLE",
                "x${A}y | xoney | PART",
                "${A}${B} | onetwo | PART",
                "${A} | one | WHOLE",
                "$${A} | ${A} | NONE",
                "$$$${A} | $${A} | NONE",
                "$$${A} | $one | PART",
                "$A | $A | NONE",
                "5$ | 5$ | NONE",
                "a$b$ | a$b$ | NONE",
                "${env:NOT:-d} | d | WHOLE",
                "${NOT:-d} | d | WHOLE",
                "${NOT:-} | `` | WHOLE",
                "${EMPTY:-d} | d | WHOLE",
                "${EMPTY} | `` | WHOLE",
                "${A:-d} | one | WHOLE",
                "${NOT:-a:-b} | a:-b | WHOLE",
                "${NOT:-http://h:1} | http://h:1 | WHOLE",
                "${NOT:-${B}} | two | WHOLE",
                "${NOT:-${ALSO_NOT:-${A}!}?} | one!? | WHOLE",
                "${NOT:-{a: b}} | {a: b} | WHOLE",
                "${NOT:-$$5} | $5 | WHOLE",
                "${INNER} | <one> | WHOLE",
                "${NESTED} | <one> | WHOLE",
                "${DOLLARS} | $$ ${A} $A | WHOLE",
            })
    void replaces(String text, String result, YamlNode.Expansion expansion) {
        YamlNode.Scalar scalar = expand(text);

        assertThat(sentences()).isEmpty();
        assertThat(scalar.text()).isEqualTo(result);
        assertThat(scalar.expansion()).isEqualTo(expansion);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${} | p has ${}, which is not the name of a variable; write $$ for a plain $",
                "${env:} | p has ${}, which is not the name of a variable; write $$ for a plain $",
                "${:-x} | p has ${}, which is not the name of a variable; write $$ for a plain $",
                "${a b} | p has ${a b}, which is not the name of a variable; write $$ for a plain $",
                "${1A} | p has ${1A}, which is not the name of a variable; write $$ for a plain $",
                "${env:A-B} | p has ${A-B}, which is not the name of a variable; write $$ for a plain $",
                "${ | p has \"${\" without \"}\"; write $$ for a plain $",
                "x${A | p has \"${\" without \"}\"; write $$ for a plain $",
                "${NOT:-${A} | p has \"${\" without \"}\"; write $$ for a plain $",
                "${OPEN} | p has \"${\" without \"}\"; write $$ for a plain $",
                "${NOT} | p needs the variable NOT, which is not set; set it, or give a default: ${env:NOT:-default}",
                "${a}${b} | p needs the variable a, which is not set; set it, or give a default: ${env:a:-default}",
                "${fil:x} | p has the unknown scheme \"fil\" in ${fil:...}; known are env, file; did you mean \"file\"?",
                "${http://a} | p has the unknown scheme \"http\" in ${http:...}; known are env, file",
                "${file:} | p names the file , which is not there",
            })
    void saysOnceWhatIsWrongAndCountsTheValueAsNotSet(String text, String sentence) {
        YamlNode.Scalar scalar = expand(text);

        assertThat(sentences()).containsExactly(sentence);
        assertThat(scalar.isUnset()).isTrue();
        assertThat(scalar.expansion()).isEqualTo(YamlNode.Expansion.FAILED);
        assertThat(scalar.text()).isEmpty();
    }

    @Test
    void takesVariablesForPlainTextInQuotesToo() {
        YamlReader reader = new YamlReader(mistakes);
        environment.put("N", "12");
        YamlNode tree = variables.expand(
                reader.read(mistakes.source("f", "{a: '${N}', b: 'x${N}', c: '12', d: \"${N}\"}")), "");

        assertThat(((YamlNode.Mapping) tree)
                        .entries().values().stream()
                                .map(entry -> ((YamlNode.Scalar) entry.value()).kind())
                                .toList())
                .containsExactly(ScalarKind.INTEGER, ScalarKind.TEXT, ScalarKind.TEXT, ScalarKind.INTEGER);
    }

    @Test
    void replacesWithinListsAndMapsAndNotInKeys() {
        YamlNode tree = variables.expand(
                new YamlReader(mistakes).read(mistakes.source("f", "${A}: [x, '${A}']\nb: {c: \"${B}\"}\nd: ${NOT}")),
                "");

        assertThat(Plain.of(tree)).isEqualTo(Map.of("${A}", List.of("x", "one"), "b", Map.of("c", "two"), "d", ""));
        assertThat(mistakes.fatal())
                .extracting(Mistake::headline)
                .containsExactly(
                        "f:3:4: d needs the variable NOT, which is not set; set it, or give a default: ${env:NOT:-default}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "text\n", "text\r\n"})
    void takesOneFinalLineFeedOffAFile(String content) {
        files.put("f", content.getBytes(StandardCharsets.UTF_8));

        assertThat(expand("${file:f}").text()).isEqualTo("text");
        assertThat(expand("<${file:f}>").text()).isEqualTo("<text>");
    }

    @Test
    void takesNoMoreOffAFileThanThat() {
        files.put("two", "text \n\n".getBytes(StandardCharsets.UTF_8));
        files.put("none", new byte[0]);

        assertThat(expand("${file:two}").text()).isEqualTo("text \n");
        assertThat(expand("${file:none}").isUnset()).isTrue();
        assertThat(sentences()).isEmpty();
    }

    @Test
    void takesTheTextOfAFileAsItIs() {
        files.put("f", "${env:A} $$ ${file:f}".getBytes(StandardCharsets.UTF_8));

        assertThat(expand("${file:f}").text()).isEqualTo("${env:A} $$ ${file:f}");
    }

    @Test
    void replacesVariablesInTheNameOfAFile() {
        files.put("dir/one:-x", new byte[] {'y'});

        assertThat(expand("${file:dir/${env:A}:-x}").text()).isEqualTo("y");
    }

    @Test
    void followsAFileNamedByAnEnvironmentVariable() {
        files.put("/run/token", new byte[] {'t'});
        environment.put("TOKEN", "${file:/run/token}");

        assertThat(expand("${env:TOKEN}").text()).isEqualTo("t");
    }

    @Test
    void saysWhyAFileCannotBeUsed() {
        files.put("latin", new byte[] {'a', (byte) 0xE4});
        files.put("big", new byte[(1 << 20) + 1]);
        for (String name : List.of("gone", "latin", "big")) {
            assertThat(expand("${file:" + name + "}").isUnset()).isTrue();
        }

        assertThat(sentences())
                .containsExactly(
                        "p names the file gone, which is not there",
                        "p names the file latin, which is not UTF-8",
                        "p names the file big, which is larger than 1MiB");
    }

    @Test
    void stopsVariablesThatNameThemselves() {
        environment.put("LOOP", "${env:LOOP}");
        environment.put("PING", "x${env:PONG}");
        environment.put("PONG", "x${env:PING}");
        environment.put("MANY", "${env:MANY}${env:MANY}");

        for (String name : List.of("LOOP", "PING", "MANY")) {
            assertThat(expand("${env:" + name + "}").isUnset()).isTrue();
        }
        assertThat(sentences()).containsOnly("p leads to more than 100 replacements; does a variable name itself?");
    }

    @Test
    void allowsAHundredVariablesInOneValue() {
        assertThat(expand("${A}".repeat(100)).text()).isEqualTo("one".repeat(100));
        assertThat(sentences()).isEmpty();

        assertThat(expand("${A}".repeat(101)).isUnset()).isTrue();
        assertThat(sentences()).hasSize(1);
    }

    @Test
    void survivesDefaultsWithinDefaults() {
        int deep = 5_000;

        assertThat(expand("${N:-".repeat(deep) + "x" + "}".repeat(deep)).isUnset())
                .isTrue();
        assertThat(sentences()).containsExactly("p leads to more than 100 replacements; does a variable name itself?");
    }

    @Test
    void boundsTheLengthOfAValue() {
        files.put("f", filled(1 << 20));

        assertThat(expand("${file:f}").text()).hasSize(1 << 20);
        assertThat(expand("${file:f}${file:f}").isUnset()).isTrue();
        assertThat(sentences()).containsExactly("p becomes longer than 1MiB");
    }

    @Test
    void readsListsAndMapsOutOfAVariableWhereOneIsWanted() {
        environment.put("LIST", "[a, '${env:A}', $$]");
        YamlNode.Scalar list = expand("${env:LIST}");

        assertThat(Plain.of(variables.structure(list, "p"))).isEqualTo(List.of("a", "one", "$"));
        assertThat(variables.structure(list, "p").place()).isEqualTo(list.place());
        assertThat(variables.structure(expand("${env:A}"), "p")).isInstanceOf(YamlNode.Scalar.class);
        assertThat(variables.structure(expand("x${env:LIST}"), "p")).isInstanceOf(YamlNode.Scalar.class);
        assertThat(variables.structure(expand("[a]"), "p")).isInstanceOf(YamlNode.Scalar.class);
        assertThat(sentences()).isEmpty();
    }

    @Test
    void placesMistakesOfAFileInTheFile() {
        files.put("tls.yaml", "a: 1\nb: ${env:NOT}\n".getBytes(StandardCharsets.UTF_8));

        assertThat(Plain.of(variables.structure(expand("${file:tls.yaml}"), "p")))
                .isEqualTo(Map.of("a", "1", "b", ""));
        assertThat(mistakes.fatal().get(0).headline())
                .startsWith("tls.yaml:2:4: p.b needs the variable NOT, which is not set");
    }

    @Test
    void keepsTextThatIsNoYamlAsText() {
        environment.put("TEXT", "[a");

        assertThat(variables.structure(expand("${env:TEXT}"), "p")).isInstanceOf(YamlNode.Scalar.class);
        assertThat(sentences()).isEmpty();
    }

    @Test
    void stopsFilesThatLeadToFilesWithoutEnd() {
        files.put("loop.yaml", "a: ${file:loop.yaml}\n".getBytes(StandardCharsets.UTF_8));
        YamlNode node = expand("${file:loop.yaml}");
        for (int i = 0; i < 200 && sentences().isEmpty(); i++) {
            node = variables.structure(node, "p");
            if (node instanceof YamlNode.Mapping map) {
                node = map.entries().get("a").value();
            }
        }

        assertThat(sentences()).containsExactly("p stands for a file that leads to more than 100 others");
    }

    private static byte[] filled(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    /** The maps of this test. */
    private final class InMemory implements Surroundings {
        @Override
        public String variable(String name) {
            return environment.get(name);
        }

        @Override
        public byte[] read(String path, int limit) throws IOException {
            byte[] bytes = files.get(path);
            if (bytes == null) {
                throw new IOException("is not there");
            }
            if (bytes.length > limit) {
                throw new IOException("is larger than " + (limit >> 20) + "MiB");
            }
            return bytes;
        }

        @Override
        public String obstacle(String path) {
            return files.containsKey(path) ? null : "is not there";
        }
    }
}
