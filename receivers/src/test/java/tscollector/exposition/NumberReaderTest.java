package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberReaderTest {
    private final NumberReader reader = new NumberReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "-0.0",
                "1",
                "1.0",
                "83.13",
                "298206.0",
                "5.",
                ".5",
                "+7",
                "1.23456789E7",
                "1.0E-7",
                "1e22",
                "1e23",
                "9007199254740992",
                "9007199254740993",
                "9007199254740993.0",
                "123456789012345678",
                "1234567890123456789",
                "999999999999999999999999",
                "0.1e-7",
                "1e308",
                "1.8e308",
                "1e309",
                "-1e400",
                "4.9e-324",
                "2.4703282292062327e-324",
                "1e-400",
                "2.2250738585072011e-308",
                "0e999999999",
                "1e99999999999",
                "1e-99999999999",
                "00000000000000000000000000001.5",
                "0.00000000000000000000000000000000000000015",
                "107.06270599365234",
                "131.79601669311523",
                "1.7976931348623157E308",
                "12345678901234567890e-5"
            })
    void readsDecimalsAsTheJdkDoes(String text) {
        assertThat(read(text)).isEqualTo(Double.valueOf(text));
    }

    @ParameterizedTest
    @CsvSource({
        "NaN,NaN",
        "nan,NaN",
        "+Inf,Infinity",
        "-Inf,-Infinity",
        "Inf,Infinity",
        "inf,Infinity",
        "+infinity,Infinity"
    })
    void readsTheWordsOfPrometheus(String text, Double expected) {
        assertThat(read(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "+", "-", ".", "-.", "e5", "1e", "1e+", "1e5.0", "1.2.3", "1_000", "0x10", "1f", "1d", "1L", " 1",
                "1 ", "--1", "+-1", "Na", "NaNs", "Infin", ".inf", "1,5", "1e5e5", "\u0661"
            })
    void refusesWhatIsNoNumber(String text) {
        assertThat(read(text)).isNull();
    }

    @Test
    void refusesNumbersLongerThanAnyDouble() {
        assertThat(read("1" + "0".repeat(309))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(read("0.".concat("0".repeat(390)).concat("1"))).isZero();
        assertThat(read("1".repeat(401))).isNull();
    }

    @Test
    void givesTheSameBitsAsTheJdkForAnyDoubleInAnyForm() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300_000; i++) {
            double value = value(random);
            String text = text(value, random);
            Double read = read(text);
            assertThat(read).as("%s with seed %d", text, seed).isNotNull();
            assertThat(Double.doubleToRawLongBits(read))
                    .as("%s with seed %d", text, seed)
                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
    }

    private static double value(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong(1_000_000_000_000L);
            case 1 -> random.nextInt(1_000_000) / 1000.0;
            case 2 -> random.nextDouble(-1e6, 1e6);
            default -> {
                double any = Double.longBitsToDouble(random.nextLong());
                yield Double.isFinite(any) ? any : 0;
            }
        };
    }

    private static String text(double value, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> String.format(Locale.ROOT, "%." + random.nextInt(20) + "e", value);
            case 1 ->
                Math.abs(value) < 1e40
                        ? new BigDecimal(value).toPlainString().substring(0, 1) + random.nextInt(99)
                        : "1";
            case 2 -> Math.abs(value) < 1e40 ? cut(new BigDecimal(value).toPlainString()) : "2";
            default -> Double.toString(value);
        };
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), 60));
    }

    private Double read(String text) {
        byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
        return reader.read(bytes, 1, bytes.length - 1) ? reader.value() : null;
    }
}
