package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.component.ComponentId;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** Where the mistakes that a binding finds are shown, and what its excerpts show. */
class PlacesTest {
    record Sizes(
            @Setting(doc = "Now.") int size,
            @Setting(doc = "At most.", max = "100") int sizeLimit,
            @Setting(doc = "Off.") @Nullable Part part,
            @Setting(doc = "Words.") List<String> words,
            @Setting(doc = "Numbers.") Map<String, Integer> numbers)
            implements Config {
        static Sizes defaults() {
            return new Sizes(1, 10, null, List.of(), Map.of());
        }

        @Override
        public void validate(Problems problems) {
            problems.check("size", size % 2 == 1, "must be odd");
            problems.check("words[1]", words.size() < 2 || !words.get(1).equals("no"), "must not be no");
            problems.check("", size != 13, "is unlucky");
        }
    }

    record Part(@Setting(doc = "A name.", required = true) String name) implements Config {
        static Part defaults() {
            return new Part("");
        }
    }

    private final Mistakes mistakes = new Mistakes();

    private Sizes sizes(String yaml) {
        return bind(Sizes.class, Sizes.defaults(), yaml, "");
    }

    private <C extends Config> C bind(Class<C> type, C defaults, String yaml, String path) {
        Surroundings surroundings = Surroundings.of(Map.of("KEY", "s3cret", "BAD", "lots"));
        Variables variables = new Variables(surroundings, mistakes);
        YamlSource source = mistakes.source("f", yaml);
        YamlNode read = variables.expand(new YamlReader(mistakes).read(source), path);
        return new RecordBinder(variables, surroundings, mistakes, UnaryOperator.identity())
                .bind(type, defaults, read, source.at(1, 1), path);
    }

    private List<String> headlines() {
        return mistakes.fatal().stream().map(Mistake::headline).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`size: x` | f:1:7: size must be a whole number, was \"x\"",
                "`{words: [a], size: x}` | f:1:20: size must be a whole number, was \"x\"",
                "`siz: 3` | f:1:1: siz is not a known setting; did you mean \"size\"?",
                "`{siz: 3}` | f:1:2: siz is not a known setting; did you mean \"size\"?",
                "`size: 4` | f:1:7: size must be odd",
                "`size: 13` | f:1:1: is unlucky",
                "`words: [yes, no]` | f:1:14: words[1] must not be no",
                "`words:\n- yes\n- no` | f:3:3: words[1] must not be no",
                "`words:\n  - [a]` | f:2:5: words[0] must be text, not a list",
                "`words:\n  a: b` | f:2:3: words must be a list, such as [a, b], not a map",
                "`numbers: {a: 1, b: x}` | f:1:20: numbers.b must be a whole number, was \"x\"",
                "`numbers:\n  a: ~` | ``",
                "`part: {}` | f:1:1: part.name is required: A name.",
                "`part:\n` | f:1:1: part.name is required: A name.",
                "`part: {name: }` | f:1:8: part.name is required: A name.",
                "`part: {nam: x}` | f:1:1: part.name is required: A name.;f:1:8: part.nam is not a known setting; did you mean \"name\"?",
                "`part: x` | f:1:7: part must be a map of settings, not a single value",
                "`size: ${env:BAD}` | f:1:7: size must be a whole number, was \"lots\"",
                "`part: ${env:NOT:-}` | ``",
                "`part: ~` | ``",
                "`{}` | ``",
            })
    void pointsAtWhatTheUserHasToChange(String yaml, String headlines) {
        Object unused = sizes(yaml);

        List<String> expected = headlines.isEmpty() ? List.of() : List.of(headlines.split(";(?=f:)"));
        assertThat(headlines()).isEqualTo(expected);
    }

    @Test
    void saysWhatIsWrongWithASettingWhoseNameBeginsThatOfAnotherWrongOne() {
        Object unused = sizes("size: 4\nsize_limit: 200");

        assertThat(headlines())
                .containsExactly("f:1:7: size must be odd", "f:2:13: size_limit must be at most 100, was \"200\"");
    }

    @Test
    void saysNothingMoreAboutAListWithAWrongElement() {
        Object unused = sizes("words: [a, [b]]\nsize: 4");

        assertThat(headlines()).containsExactly("f:1:12: words[1] must be text, not a list", "f:2:7: size must be odd");
    }

    @Test
    void putsTheComponentsPathBeforeTheSettings() {
        Object unused = bind(Sizes.class, Sizes.defaults(), "size: 4\npart: {}", "receivers.sizes/a.b");

        assertThat(mistakes.fatal())
                .extracting(Mistake::path)
                .containsExactly("receivers.sizes/a.b.size", "receivers.sizes/a.b.part.name");
    }

    @Test
    void bindsNothingAtAllToTheDefaults() {
        assertThat(new RecordBinder(
                                new Variables(Surroundings.of(Map.of()), mistakes),
                                Surroundings.of(Map.of()),
                                mistakes,
                                UnaryOperator.identity())
                        .bind(
                                Sizes.class,
                                Sizes.defaults(),
                                null,
                                mistakes.source("f", "").at(1, 1),
                                ""))
                .isEqualTo(Sizes.defaults());
        assertThat(headlines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`endpoint: x\npassword: s3cret`",
                "`endpoint: x\npassword: [s3cret]`",
                "`endpoint: x\npassword:\n  s3cret: s3cret`",
                "`endpoint: x\nheaders: {a: s3cret, b: [s3cret]}`",
                "`endpoint: x\nheaders: s3cret`",
                "`endpoint: x\nheaders: [s3cret]`",
                "`{endpoint: x, password: s3cret, headers: {a: s3cret}}`",
                "`endpoint: x\npasswort: s3cret`",
                "`{endpoint: x, passwort: {deep: [s3cret]}}`",
                "`endpoint: x\npassword: >\n  s3cret\n  s3cret`",
                "`endpoint: x\npassword: ${env:KEY}`",
                "`endpoint: x\nheaders: '${env:KEY}'`",
                "`endpoint: http://me:s3cret@/x`",
                "`{endpoint: ftp://me:s3cret@h, workers: x}`",
            })
    void showsNoSecretInAnyLine(String yaml) {
        Object unused = bind(SampleConfig.class, SampleConfig.defaults(), yaml, "");

        assertThat(mistakes.fatal()).isNotEmpty();
        YamlSource source = mistakes.fatal().get(0).place().source();
        for (int line = 1; source.hasLine(line); line++) {
            assertThat(Excerpt.of(source.at(line, 1))).doesNotContain("s3cret");
        }
        mistakes.fatal().forEach(mistake -> assertThat(mistake.block()).doesNotContain("s3cret"));
    }

    @Test
    void remembersWhereComponentsAreNamed() {
        Surroundings surroundings = Surroundings.of(Map.of());
        Variables variables = new Variables(surroundings, mistakes);
        YamlSource source = mistakes.source("f", "endpoint: http://h\nstorage: Files/a");
        RecordBinder binder =
                new RecordBinder(variables, surroundings, mistakes, id -> new ComponentId("file_storage", id.name()));
        SampleConfig bound = binder.bind(
                SampleConfig.class,
                SampleConfig.defaults(),
                new YamlReader(mistakes).read(source),
                source.at(1, 1),
                "x");

        assertThat(bound.storage()).isEqualTo(ComponentId.parse("file_storage/a"));
        assertThat(binder.references())
                .containsExactly(new RecordBinder.Reference(
                        ComponentId.parse("file_storage/a"), new Place(source, 2, 10, 7), "x.storage"));
    }
}
