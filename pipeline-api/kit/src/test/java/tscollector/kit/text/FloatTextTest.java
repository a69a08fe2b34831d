package tscollector.kit.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTextTest {
    /** The right column is what Python 3 prints. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "0.005, 0.005",
        "5, 5.0",
        "-1, -1.0",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1e-7, 1e-07",
        "1000000, 1000000.0",
        "12345678901, 12345678901.0",
        "1e15, 1000000000000000.0",
        "1e16, 1e+16",
        "1e22, 1e+22",
        "-1.5e-9, -1.5e-09",
        "2e-323, 2e-323",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "0.1, 0.1",
        "Infinity, inf",
        "-Infinity, -inf"
    })
    void writesAsPythonDoes(double bound, String text) {
        assertThat(FloatText.of(bound)).isEqualTo(text);
    }

    @Test
    void readsBackAsTheSameNumber() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            double bound = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(bound)) {
                assertThat(Double.parseDouble(FloatText.of(bound)))
                        .as("seed " + seed + ", " + bound)
                        .isEqualTo(bound);
            }
        }
    }
}
