package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.config.DataSize;

class SingleValuesTest {
    private static Object read(ValueType.Single type, String text) {
        return Ranges.bound(type, text);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 2147483647, 2147483647",
        "INT, -2147483648, -2147483648",
        "INT, 0x7fffffff, 2147483647",
        "INT, 0o17, 15",
        "INT, 017, 17",
        "INT, +5, 5",
        "LONG, 9223372036854775807, 9223372036854775807",
        "LONG, -9223372036854775808, -9223372036854775808",
        "DOUBLE, 3, 3.0",
        "DOUBLE, 0x10, 16.0",
        "DOUBLE, -2.5e-3, -0.0025",
        "BOOLEAN, True, true",
        "BOOLEAN, false, false",
    })
    void readsNumbersAsYamlWritesThem(ValueType.Single type, String text, String value) {
        assertThat(read(type, text)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 2147483648, 'must be a whole number from -2147483648 to 2147483647, was \"2147483648\"'",
        "INT, -2147483649, 'must be a whole number from -2147483648 to 2147483647, was \"-2147483649\"'",
        "LONG, 9223372036854775808,"
                + " 'must be a whole number from -9223372036854775808 to 9223372036854775807, was \"9223372036854775808\"'",
        "INT, 1.0, 'must be a whole number, was \"1.0\"'",
        "DOUBLE, .inf, 'must be a number, was \".inf\"'",
        "DOUBLE, .nan, 'must be a number, was \".nan\"'",
        "DOUBLE, 1e400, 'must be a number, was \"1e400\"'",
        "BOOLEAN, yes, 'must be true or false, was \"yes\"'",
        "BOOLEAN, 1, 'must be true or false, was \"1\"'",
    })
    void saysWhatHasNoPlaceInTheType(ValueType.Single type, String text, String message) {
        assertThatThrownBy(() -> read(type, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void comparesWhatHasAnOrderByIt() {
        assertThat(SingleValues.compare(ValueType.Single.INT, -1, 1)).isNegative();
        assertThat(SingleValues.compare(ValueType.Single.LONG, 1L << 40, 1L)).isPositive();
        assertThat(SingleValues.compare(ValueType.Single.DOUBLE, 0.5, 0.25)).isPositive();
        assertThat(SingleValues.compare(ValueType.Single.DURATION, Duration.ofSeconds(90), Duration.ofMinutes(1)))
                .isPositive();
        assertThat(SingleValues.compare(ValueType.Single.SIZE, DataSize.parse("1MiB"), DataSize.parse("1024KiB")))
                .isZero();
        assertThatThrownBy(() -> SingleValues.compare(ValueType.Single.TEXT, "a", "b"))
                .isInstanceOf(IllegalStateException.class);
    }
}
