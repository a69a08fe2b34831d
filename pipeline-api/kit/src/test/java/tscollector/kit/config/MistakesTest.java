package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakesTest {
    private final Mistakes mistakes = new Mistakes();

    @Test
    void sortsBySourceThenLineThenColumn() {
        YamlSource first = mistakes.source("z", "a\nb\nc");
        YamlSource second = mistakes.source("a", "a");
        mistakes.add(second.at(1, 1), "", "5");
        mistakes.add(first.at(10, 1), "", "4");
        mistakes.add(first.at(2, 5), "", "3");
        mistakes.add(first.at(2, 1), "", "1");
        mistakes.add(first.at(2, 1), "", "2");

        assertThat(mistakes.fatal()).extracting(Mistake::text).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void saysTheSameOnce() {
        YamlSource source = mistakes.source("f", "a: b");
        mistakes.add(source.at(1, 1), "a", "is odd");
        mistakes.add(source.at(1, 1), "a", "is odd");
        mistakes.warn(source.at(1, 1), "a", "is odd");

        assertThat(mistakes.count()).isEqualTo(1);
        assertThat(mistakes.warnings()).hasSize(1);
    }

    @Test
    void startsInSpiteOfWarnings() {
        mistakes.warn(mistakes.source("f", "a").at(1, 1), "a", "is old");

        assertThat(mistakes.any()).isFalse();
        assertThat(mistakes.fatal()).isEmpty();
    }

    @Test
    void printsPlacePathAndTextAndTheLine() {
        YamlSource source = mistakes.source("f.yaml", "a: b");
        Mistake mistake = new Mistake(new Place(source, 1, 4, 1), "x.a", "is odd");

        assertThat(mistake.block()).isEqualTo("f.yaml:1:4: x.a is odd\n    1 | a: b\n      |    ^\n");
        assertThat(new Mistake(source.at(9, 1), "", "ends").block()).isEqualTo("f.yaml:9:1: ends\n");
    }

    @Test
    void changesNothingInATerminal() {
        Mistake mistake = new Mistake(mistakes.source("f", "").at(1, 1), "a\u001B[2J", "was \"\r\n\u202E\"");

        assertThat(mistake.sentence()).isEqualTo("a\uFFFD[2J was \"  \uFFFD\"");
    }

    @Test
    void endsAfterTheLastCharacter() {
        assertThat(mistakes.source("f", "a\nbc\uD83D\uDE00").end()).hasToString("f:2:4");
        assertThat(mistakes.source("f", "").end()).hasToString("f:1:1");
        assertThat(mistakes.source("f", "\uFEFFab").end()).hasToString("f:1:3");
        assertThat(mistakes.source("f", "\uFEFFab").text()).isEqualTo("ab");
    }

    @Test
    void readsUtf8UpToTheFirstWrongByte() {
        byte[] good = "a\u00E9\u6A21\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
        assertThat(YamlSource.decode(good)).isEqualTo(new YamlSource.Decoded("a\u00E9\u6A21\uD83D\uDE00", true));
        assertThat(YamlSource.decode(new byte[0])).isEqualTo(new YamlSource.Decoded("", true));
        assertThat(YamlSource.decode(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo(new YamlSource.Decoded("a", false));
        for (int cut = 1; cut < 4; cut++) {
            byte[] torn = java.util.Arrays.copyOf(good, good.length - cut);
            assertThat(YamlSource.decode(torn)).isEqualTo(new YamlSource.Decoded("a\u00E9\u6A21", false));
        }
    }

    @Test
    void readsAnyBytesWithoutFailing() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            String lenient = new String(bytes, StandardCharsets.UTF_8);
            YamlSource.Decoded decoded = YamlSource.decode(bytes);

            assertThat(lenient).as("seed %d", seed).startsWith(decoded.text());
            if (decoded.whole()) {
                assertThat(decoded.text().getBytes(StandardCharsets.UTF_8))
                        .as("seed %d", seed)
                        .isEqualTo(bytes);
            } else {
                assertThat(lenient).as("seed %d", seed).contains("\uFFFD");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``, NULL", "~, NULL", "null, NULL", "NULL, NULL", "nULL, TEXT", "true, BOOLEAN", "FALSE, BOOLEAN",
                "yes, TEXT", "on, TEXT", "0, INTEGER", "-12, INTEGER", "+1, INTEGER", "010, INTEGER", "0x1f, INTEGER",
                "0o17, INTEGER", "0b1, TEXT", "1_000, TEXT", "1.5, FLOAT", ".5, FLOAT", "1e3, FLOAT", ".inf, FLOAT",
                ".NaN, FLOAT", "1.2.3, TEXT", "12:30, TEXT", "2026-01-01, TEXT", "15s, TEXT"
            })
    void takesPlainTextForWhatYaml12Says(String text, ScalarKind kind) {
        assertThat(ScalarKind.of(text)).isEqualTo(kind);
    }

    @Test
    void takesVeryLongNumbersForText() {
        assertThat(ScalarKind.of("1".repeat(100))).isEqualTo(ScalarKind.INTEGER);
        assertThat(ScalarKind.of("1".repeat(101))).isEqualTo(ScalarKind.TEXT);
    }
}
