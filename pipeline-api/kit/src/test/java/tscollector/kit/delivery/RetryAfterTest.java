package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final long NOW = 1_767_225_600L * 1_000_000_000L; // Thu, 1 Jan 2026 00:00:00 GMT

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                " 120 | PT2M",
                "86401 | PT24H",
                "99999999999999999999 | PT24H",
                "Thu, 1 Jan 2026 00:01:30 GMT | PT1M30S",
                "Thu, 01 Jan 2026 00:01:30 GMT | PT1M30S",
                "Wed, 31 Dec 2025 23:00:00 GMT | PT0S",
                "Fri, 1 Jan 2027 00:00:00 GMT | PT24H"
            })
    void readsSecondsAndDates(String header, Duration expected) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(expected);
    }

    @Test
    void aDateIsNeverReachedTooEarly() {
        assertThat(RetryAfter.parse("Thu, 1 Jan 2026 00:00:05 GMT", NOW + 300_000_000L))
                .isEqualTo(Duration.ofMillis(4700));
    }

    @Test
    void whatCannotBeReadIsNoWish() {
        assertThat(RetryAfter.parse(null, NOW)).isNull();
        assertThat(RetryAfter.parse("", NOW)).isNull();
        assertThat(RetryAfter.parse("-5", NOW)).isNull();
        assertThat(RetryAfter.parse("soon", NOW)).isNull();
        assertThat(RetryAfter.parse("1.5", NOW)).isNull();
    }
}
