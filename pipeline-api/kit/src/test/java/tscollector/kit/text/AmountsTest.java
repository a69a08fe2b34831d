package tscollector.kit.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0              | 0 B
            999            | 999 B
            1000           | 1.0 kB
            1234567        | 1.2 MB
            99949          | 99.9 kB
            99950          | 100 kB
            999499         | 999 kB
            999500         | 1.0 MB
            9223372036854775807 | 9223372 TB
            -2500          | -2.5 kB
            """)
    void writesBytes(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void writesNumbersWithCommas() {
        assertThat(Amounts.number(8192)).isEqualTo("8,192");
        assertThat(Amounts.number(7)).isEqualTo("7");
    }

    @Test
    void writesTheTwoLargestUnitsOfATime() {
        assertThat(Amounts.time(Duration.ofMillis(2560))).isEqualTo("2.5 s");
        assertThat(Amounts.time(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
        assertThat(Amounts.time(Duration.ofMinutes(72))).isEqualTo("1 h 12 min");
    }
}
