package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    private final Mistakes mistakes = new Mistakes();

    @Test
    void putsCaretsBelowWhatIsMeant() {
        YamlSource source = mistakes.source("f", "one\n  key: value\n");
        assertThat(Excerpt.of(new Place(source, 2, 3, 3)))
                .isEqualTo(
                        "    2 |   key: value\n" //
                                + "      |   ^^^\n");
    }

    @Test
    void movesCaretsWithWhatIsMasked() {
        YamlSource source = mistakes.source("f", "{a: secret, b: other, c: x}");
        source.hide(new YamlSource.Span(1, 5, 1, 11));
        source.hide(new YamlSource.Span(1, 16, 1, 21));
        assertThat(Excerpt.of(new Place(source, 1, 23, 1)))
                .isEqualTo(
                        "    1 | {a: ****, b: ****, c: x}\n" //
                                + "      |                    ^\n");
        assertThat(Excerpt.of(new Place(source, 1, 5, 6)))
                .isEqualTo(
                        "    1 | {a: ****, b: ****, c: x}\n" //
                                + "      |     ^^^^\n");
    }

    @Test
    void masksEachLineOfALongSecret() {
        YamlSource source = mistakes.source("f", "pem: |\n  AAA\n  BBB\nnext: 1");
        source.hide(new YamlSource.Span(1, 6, 4, 1));
        assertThat(Excerpt.of(new Place(source, 2, 3, 1))).startsWith("    2 |   ****\n");
        assertThat(Excerpt.of(new Place(source, 4, 1, 4))).startsWith("    4 | next: 1\n");
    }

    @Test
    void masksUsersAndPasswordsOfAddresses() {
        YamlSource source = mistakes.source("f", "url: http://me:pass@host:1/x?a@b");
        assertThat(Excerpt.of(new Place(source, 1, 1, 3))).startsWith("    1 | url: http://****@host:1/x?a@b\n");
    }

    @Test
    void showsAWindowOfALongLine() {
        YamlSource source = mistakes.source("f", "x".repeat(1000) + "HERE" + "y".repeat(1000));
        String excerpt = Excerpt.of(new Place(source, 1, 1001, 4));

        assertThat(excerpt.lines().toList().get(0))
                .hasSizeLessThan(140)
                .contains("...x")
                .contains("HERE")
                .endsWith("y...");
        int caret = excerpt.lines().toList().get(1).indexOf("^^^^");
        assertThat(excerpt.lines().toList().get(0).substring(caret, caret + 4)).isEqualTo("HERE");
    }

    @Test
    void countsCharactersAndNotHalvesOfThem() {
        YamlSource source = mistakes.source("f", "\uD83D\uDE00: b");
        assertThat(Excerpt.of(new Place(source, 1, 4, 1))).isEqualTo("    1 | \uD83D\uDE00: b\n      |    ^\n");
    }

    @Test
    void showsNoControlCharacters() {
        YamlSource source = mistakes.source("f", "a\tb\u001B[31m\u202E");
        assertThat(Excerpt.of(new Place(source, 1, 1, 1))).startsWith("    1 | a b\uFFFD[31m\uFFFD\n");
    }

    @Test
    void showsOnlyKeysOfATextThatIsNoYaml() {
        YamlSource source = mistakes.source("f", "token: secret\nsecret\n- secret\nkey:\n  }");
        source.markUnreadable();
        assertThat(Excerpt.of(source.at(1, 1))).startsWith("    1 | token: ****\n");
        assertThat(Excerpt.of(source.at(2, 1))).startsWith("    2 | ****\n");
        assertThat(Excerpt.of(source.at(3, 1))).startsWith("    3 | - ****\n");
        assertThat(Excerpt.of(source.at(4, 1))).startsWith("    4 | key:\n");
        assertThat(Excerpt.of(source.at(5, 3))).startsWith("    5 |   }\n");
    }

    @Test
    void isNothingForALineThatIsNotThere() {
        assertThat(Excerpt.of(mistakes.source("f", "").at(1, 1))).isEmpty();
    }
}
