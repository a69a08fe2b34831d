package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SketchKeysTest {
    /** The first three were computed with Datadog's formula elsewhere; the others are its limits. */
    @ParameterizedTest
    @CsvSource({
        "1, 1338",
        "10, 1487",
        "0.001, 892",
        "-10, -1487",
        "100, 1635",
        "0, 0",
        "-0.0, 0",
        "1e-10, 0",
        "1e-9, 1",
        "Infinity, 32767",
        "-Infinity, -32767"
    })
    void valuesHaveTheKeysOfTheAgent(double value, int key) {
        assertThat(SketchKeys.of(value)).isEqualTo(key);
    }

    @Test
    void theKeyOfABinsValueIsTheBin() {
        for (int key = -32766; key <= 32766; key++) {
            double value = SketchKeys.value(key);
            if (!Double.isInfinite(value)) {
                assertThat(SketchKeys.of(value)).as("%s", value).isEqualTo(key);
            }
        }
    }

    @Test
    void aBinsValueIsWithinOnePercentOfWhatIsInIt() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            double value = Math.exp(random.nextDouble() * 60 - 20);
            double bin = SketchKeys.value(SketchKeys.of(value));
            assertThat(Math.abs(bin - value) / value)
                    .as("seed %d, value %s", seed, value)
                    .isLessThan(1 / 128.0);
        }
    }
}
