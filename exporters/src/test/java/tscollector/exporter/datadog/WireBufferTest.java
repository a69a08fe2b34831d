package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireBufferTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, 1_767_225_600L, Long.MAX_VALUE, -1})
    void theSizeOfAVarintIsWhatItTakes(long value) {
        assertThat(new WireBuffer(1).varint(value).size()).isEqualTo(WireBuffer.varintSize(value));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0.0",
        "5, 5",
        "-5, -5",
        "0.1, 0.1",
        "1e300, 1.0E300",
        "9007199254740992, 9.007199254740992E15"
    })
    void numbersAreShortAndExact(double value, String json) {
        assertThat(text(new WireBuffer().jsonNumber(value))).isEqualTo(json);
        assertThat(Double.parseDouble(json)).isEqualTo(value);
    }

    @Test
    void anyTextIsReadBackFromJson() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            StringBuilder any = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                int codePoint = random.nextInt(8) == 0 ? random.nextInt(0x10000, 0x110000) : random.nextInt(0x300);
                any.appendCodePoint(codePoint);
            }
            byte[] json = new WireBuffer(1).jsonText(any.toString()).toBytes();
            assertThat(TestJson.read(json)).as("seed %d", seed).isEqualTo(any.toString());
        }
    }

    @Test
    void anUnpairedSurrogateIsNoReasonToFail() {
        assertThat(TestJson.read(new WireBuffer().jsonText("a\ud800b").toBytes()))
                .isEqualTo("a?b");
    }

    @Test
    void whatIsCutIsGone() {
        WireBuffer buffer = new WireBuffer(1).ascii("abc");
        buffer.cut(1);

        assertThat(text(buffer.decimal(-12).decimal(0).decimal(1234567890123L))).isEqualTo("a-1201234567890123");
    }

    private static String text(WireBuffer buffer) {
        return new String(buffer.toBytes(), StandardCharsets.UTF_8);
    }
}
