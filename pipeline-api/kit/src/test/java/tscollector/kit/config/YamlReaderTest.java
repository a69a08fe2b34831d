package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private final Mistakes mistakes = new Mistakes();

    private YamlNode read(String yaml) {
        return new YamlReader(mistakes).read(mistakes.source("f", yaml));
    }

    private List<String> headlines() {
        return mistakes.fatal().stream().map(Mistake::headline).toList();
    }

    private YamlNode at(String yaml, String path) {
        YamlPath.Found found = YamlPath.find(read(yaml), null, path);
        assertThat(found.exact()).as(path).isTrue();
        return found.value();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1 | a | 1:4+1",
                "a: 'two words' | a | 1:4+11",
                "{a: {b: [x, yy]}} | a.b[1] | 1:13+2",
                "a: [x, \uD83D\uDE00, zz] | a[2] | 1:11+2",
                "\uD83D\uDE00: v | \uD83D\uDE00 | 1:4+1",
                "a: &x {b: 1} | a | 1:4+1",
                "- a | [0] | 1:3+1",
                "a: \"q\\tq\" | a | 1:4+6",
            })
    void knowsWhereAValueStandsInCharacters(String yaml, String path, String place) {
        Place found = at(yaml, path).place();

        assertThat(found.line() + ":" + found.column() + "+" + found.length()).isEqualTo(place);
        assertThat(headlines()).isEmpty();
    }

    @Test
    void endsThePlaceOfAValueOfSeveralLinesWithItsFirstLine() {
        Place block = at("a: |\n  one\n  two\nb: 1", "a").place();
        Place quoted = at("a: 'one\n  two'  \nb: 1", "a").place();

        assertThat(block.line()).isEqualTo(1);
        assertThat(block.length()).isEqualTo(1);
        assertThat(quoted.length()).isEqualTo("'one".length());
    }

    @Test
    void pointsAnAliasToWhatItStandsFor() {
        YamlNode alias = at("a: &x {n: 1}\nb: *x", "b.n");

        assertThat(alias.place().line()).isEqualTo(1);
        assertThat(((YamlNode.Scalar) alias).text()).isEqualTo("1");
    }

    @Test
    void readsTextOfYaml12() {
        YamlNode.Mapping map =
                (YamlNode.Mapping) read("a: yes\nb: 010\nc: !!str 12\nd: '~'\ne: ~\nf:\ng: 0b1\nh: 2026-01-01");

        assertThat(map.keys().stream()
                        .map(key -> ((YamlNode.Scalar) map.entries().get(key).value()).kind())
                        .toList())
                .containsExactly(
                        ScalarKind.TEXT,
                        ScalarKind.INTEGER,
                        ScalarKind.TEXT,
                        ScalarKind.TEXT,
                        ScalarKind.NULL,
                        ScalarKind.NULL,
                        ScalarKind.TEXT,
                        ScalarKind.TEXT);
        assertThat(headlines()).isEmpty();
    }

    @Test
    void keepsTheOrderOfKeys() {
        assertThat(((YamlNode.Mapping) read("z: 1\na: 2\nm: 3")).keys()).containsExactly("z", "a", "m");
    }

    @Test
    void readsWindowsLines() {
        YamlNode node = at("a: 1\r\nb:\r\n  c: two\r\n", "b.c");

        assertThat(((YamlNode.Scalar) node).text()).isEqualTo("two");
        assertThat(node.place().line()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | f:1:1: the file is empty",
                "`# only this` | f:1:1: the file is empty",
                "`a: 1\n---\nb: 2` | f:3:1: a second document begins here; a file has one (give --config several files)",
                "`a: 1\na: 2` | f:2:1: a is there twice; the first is in line 1",
                "`x: {a: 1, 'a': 2}` | f:1:11: x.a is there twice; the first is in line 1",
                "`? [a]\n: 1` | f:1:3: has a key that is a list or a map; keys are text",
                "`x:\n  <<: {a: 1}` | f:2:3: x has the merge key \"<<\", which is not supported; write the settings out, or use an alias (*name) as a whole value",
                "`a: !mine 1` | f:1:4: a has the tag !mine, which is not supported",
                "`a: !!set {b}` | f:1:4: a has the tag !!set, which is not supported",
                "`a: !mine [1]` | f:1:4: a has the tag !mine, which is not supported",
                "`a: *nobody` | f:1:4: the alias *nobody is not defined; write &name before the value it stands for",
                "`a:\n\tb: 1\n\tc: 2` | f:2:1: the line is indented by a tab; YAML wants spaces;f:3:1: the line is indented by a tab; YAML wants spaces",
                "`a: b: c` | f:1:5: a \": \" stands where none can be; put the value in quotes, or check the indentation",
                "`a: [1, 2` | f:1:9: a bracket or brace is not closed, or a comma is missing",
                "`a: 'x` | f:1:4: a quote is not closed",
                "`a: @b` | f:1:4: a value begins with a character that has a meaning in YAML; put it in quotes",
                "`a: \"\\q\"` | f:1:6: a backslash in double quotes is followed by something that has no meaning there; use single quotes",
                "`a: [${b}]` | f:1:6: the text is not valid YAML here; within [ ] and { } a ${...} must stand in quotes",
            })
    void saysWhatIsNoConfiguration(String yaml, String headlines) {
        Object unused = read(yaml);

        assertThat(headlines()).containsExactly(headlines.split(";(?=f:)"));
    }

    @Test
    void placesAForbiddenCharacterBehindWideOnes() {
        assertThat(read("a: 1\nb: \u00E9\uD83D\uDE00\u0001")).isNull();
        assertThat(headlines()).containsExactly("f:2:6: the character U+0001 cannot stand in YAML");
    }

    @Test
    void allowsTheDeepestLevelAndNoDeeper() {
        assertThat(read("[".repeat(64) + "x" + "]".repeat(64))).isNotNull();
        assertThat(headlines()).isEmpty();

        assertThat(read("[".repeat(65) + "x" + "]".repeat(65))).isNull();
        assertThat(headlines()).containsExactly("f:1:66: the value is nested deeper than 64 levels");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 20_000, 500_000})
    void survivesBracketsWithoutEnd(int depth) {
        assertThat(read("[".repeat(depth))).isNull();
        assertThat(headlines()).hasSize(1);
    }

    @Test
    void refusesAnAliasThatContainsItself() {
        assertThat(read("a: &x [*x]")).isNull();
        assertThat(headlines()).hasSize(1).first().asString().contains("alias").contains("itself");
    }

    @Test
    void countsAliasesWhereTheyAreUsed() {
        String thousand = IntStream.range(0, 1000).mapToObj(i -> "x").collect(Collectors.joining(",", "[", "]"));
        String yaml = "a: &a " + thousand + "\nb: &b [" + "*a,".repeat(50) + "*a]\nc: [*b, *b, *b, *b]";

        assertThat(read(yaml)).isNull();
        assertThat(headlines())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("the file has more than 200000 values; aliases count where they are used");
    }

    @Test
    void stopsABombOfAliasesAtOnce() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(8) + "*a" + (i - 1) + "]\n");
        }

        assertThat(read(bomb.toString())).isNull();
        assertThat(headlines()).hasSize(1).first().asString().contains("aliases");
    }

    @Test
    void boundsTheLengthOfAFile() {
        String line = "#" + "x".repeat(126) + "\n";
        String comment = line.repeat(YamlReader.LONGEST_DOCUMENT / line.length() - 1) + "#" + "x".repeat(122) + "\n";

        assertThat(read(comment + "a: 1")).isNotNull();
        assertThat(read(comment + "a: 12")).isNull();
        assertThat(headlines()).containsExactly("f:1:1: the file is larger than 8MiB");
    }

    @Test
    void hidesValuesThatNobodyWillLookAt() {
        Object unused = read("a: 1\na: s3cret\n<<: {t: t0ken}\n? [k]\n: hunter2\n");

        assertThat(mistakes.fatal()).hasSize(3);
        for (int line = 1; line <= 5; line++) {
            assertThat(Excerpt.of(mistakes.fatal().get(0).place().source().at(line, 1)))
                    .doesNotContain("s3cret", "t0ken", "hunter2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1 | {a: 1}",
                "a.b.c=[x, y] | {a: {b: {c: [x, y]}}}",
                "a.b={c: d} | {a: {b: {c: d}}}",
                "a=x=y | {a: x=y}",
                "a= | {a: \"\"}",
                "a=http://h:1/?x=1 | {a: \"http://h:1/?x=1\"}",
                "exporters.otlp/x.endpoint=e | {exporters: {otlp/x: {endpoint: e}}}",
                "exporters.\"otlp/a.b\".endpoint=e | {exporters: {otlp/a.b: {endpoint: e}}}",
                "exporters.otlp/a\\.b.endpoint=\"e\" | {exporters: {otlp/a.b: {endpoint: e}}}",
                "x.headers.\"a=b\"=c.d=e | {x: {headers: {a=b: c.d=e}}}",
                "x.a\\=b\\\\=1 | {x: {'a=b\\': 1}}",
                "resource_attributes.\"service.name\"=ts | {resource_attributes: {service.name: ts}}",
            })
    void readsAnAssignmentAsMaps(String assignment, String expected) {
        YamlNode given = new YamlReader(mistakes).readAssignment(mistakes.source("--set", assignment));

        assertThat(headlines()).isEmpty();
        assertThat(Plain.of(given)).isEqualTo(Plain.of(read(expected)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "=1",
                ".a=1",
                "a.=1",
                "a..b=1",
                "token s3cret",
                "\"\"=1",
                "a.\"b=1",
                "a\\=1",
                "a.\"\".b=1"
            })
    void refusesWhatIsNoAssignmentAndDoesNotShowIt(String assignment) {
        assertThat(new YamlReader(mistakes).readAssignment(mistakes.source("--set", assignment)))
                .isNull();
        assertThat(headlines())
                .containsExactly(
                        "--set:1:1: must be a path, \"=\" and a value, such as service.telemetry.logs.level=debug");
        assertThat(mistakes.fatal().get(0).block()).doesNotContain("s3cret");
    }

    @Test
    void placesAllMistakesOfAnAssignmentAtItsPathAndHidesTheValue() {
        assertThat(new YamlReader(mistakes).readAssignment(mistakes.source("--set", "a.b=[s3cret")))
                .isNull();

        assertThat(mistakes.fatal()).hasSize(1);
        assertThat(mistakes.fatal().get(0).block())
                .startsWith("--set:1:1: a.b has a value that is no YAML: ")
                .contains("^^^")
                .doesNotContain("s3cret");
    }
}
