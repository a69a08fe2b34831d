package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private final Mistakes mistakes = new Mistakes();

    @Test
    void hidesSecretsAmongTheParametersOfAnAddress() {
        YamlSource source = mistakes.source("f", "url: http://h:1/m?name[]=a&access_token=abc%20d&API-Key=e#f");

        assertThat(Excerpt.of(source.at(1, 1)))
                .startsWith("    1 | url: http://h:1/m?name[]=a&access_token=****&API-Key=****#f\n");
        assertThat(Excerpt.withoutUserInfo("http://u:p@h/m?tok=abc&page=2"))
                .isEqualTo("http://****@h/m?tok=****&page=2");
        assertThat(Formats.was("http://h/?sig=1")).isEqualTo(", was \"http://h/?sig=****\"");
    }

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
    void masksPasswordsThatShouldHaveBeenWrittenOtherwise() {
        YamlSource source = mistakes.source(
                "f",
                "url: \"http://me:pa ss@host:1\"\nurl: http://me:p/s@host:1\nurl: http://me:p@s@host:1\nurl: me:pass@host:1");
        assertThat(Excerpt.of(source.at(1, 1))).startsWith("    1 | url: \"http://****@host:1\"\n");
        assertThat(Excerpt.of(source.at(2, 1))).startsWith("    2 | url: http://****@host:1\n");
        assertThat(Excerpt.of(source.at(3, 1))).startsWith("    3 | url: http://****@host:1\n");
        assertThat(Excerpt.of(source.at(4, 1))).startsWith("    4 | url: ****@host:1\n");
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

    @Test
    void showsTheLastLineWithoutABreakAndWithoutTheReturnsOfWindows() {
        YamlSource source = mistakes.source("f", "a: 1\r\nlast: x");

        assertThat(Excerpt.of(source.at(1, 4))).isEqualTo("    1 | a: 1\n      |    ^\n");
        assertThat(Excerpt.of(source.at(2, 7))).isEqualTo("    2 | last: x\n      |       ^\n");
    }

    @Test
    void pointsBehindTheEndOfALine() {
        YamlSource source = mistakes.source("f", "a: [");
        assertThat(Excerpt.of(source.at(1, 5))).isEqualTo("    1 | a: [\n      |     ^\n");
        assertThat(Excerpt.of(source.at(1, 500))).isEqualTo("    1 | a: [\n      |     ^\n");
    }

    @Test
    void saysNothingOfTheLengthOfASecret() {
        YamlSource source = mistakes.source("f", "key: x\nkey: " + "x".repeat(300));
        source.hide(new YamlSource.Span(1, 6, 1, 7));
        source.hide(new YamlSource.Span(2, 6, 2, 306));

        assertThat(Excerpt.of(source.at(1, 6))).isEqualTo("    1 | key: ****\n      |      ^^^^\n");
        assertThat(Excerpt.of(new Place(source, 2, 6, 300))).startsWith("    2 | key: ****");
        assertThat(Excerpt.of(new Place(source, 2, 250, 1))).doesNotContain("x");
    }

    /** Whatever is hidden, and whatever stands around it: nothing of it is in the excerpt of any place. */
    @Test
    void showsNothingThatIsHiddenWhereverOnePoints() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            int lines = 1 + random.nextInt(4);
            for (int line = 0; line < lines; line++) {
                for (int n = random.nextInt(random.nextInt(8) == 0 ? 300 : 30); n > 0; n--) {
                    text.appendCodePoint(" ab:-\uD83D\uDE00\u6A21".codePointAt(random.nextInt(6)));
                }
                text.append(line < lines - 1 || random.nextBoolean() ? "\n" : "");
            }
            String[] before = text.toString().split("\n", -1);
            int line = random.nextInt(lines);
            int from = random.nextInt(before[line].codePointCount(0, before[line].length()) + 1);
            int offset = before[line].offsetByCodePoints(0, from);
            before[line] = before[line].substring(0, offset) + "SECRET" + before[line].substring(offset);
            YamlSource source = mistakes.source("f", String.join("\n", before));
            source.hide(new YamlSource.Span(line + 1, from + 1, line + 1, from + 7));

            for (int n = 0; n < 10; n++) {
                String excerpt = Excerpt.of(
                        new Place(source, 1 + random.nextInt(lines), 1 + random.nextInt(320), random.nextInt(40)));
                assertThat(excerpt).as("seed %d", seed).doesNotContainPattern("[SECRT]");
                assertThat(excerpt.lines().count()).as("seed %d", seed).isIn(0L, 2L);
                assertThat(excerpt.isEmpty() || excerpt.contains("^"))
                        .as("seed %d: a caret in %s", seed, excerpt)
                        .isTrue();
            }
        }
    }
}
