package tscollector.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntakeTimesTest {
    private static final long NOW = 1_700_000_000L;
    private final IntakeTimes hour = IntakeTimes.around(NOW * 1_000_000_000L + 999_999_999L, Duration.ofHours(1));

    @Test
    void takesAnHourBackAndTenMinutesAheadToTheSecond() {
        assertThat(hour.objection(NOW - 3600)).isNull();
        assertThat(hour.objection(NOW - 3601)).isEqualTo("too old");
        assertThat(hour.objection(NOW + 600)).isNull();
        assertThat(hour.objection(NOW + 601)).isEqualTo("too far in the future");
    }

    @Test
    void cutsNanosecondsAsTheWireDoes() {
        assertThat(hour.objectionToNanos((NOW - 3600) * 1_000_000_000L)).isNull();
        assertThat(hour.objectionToNanos((NOW - 3600) * 1_000_000_000L - 1)).isEqualTo("too old");
        assertThat(hour.objectionToNanos((NOW + 600) * 1_000_000_000L + 999_999_999L))
                .isNull();
        assertThat(hour.objectionToNanos(-1)).as("before 1970").isEqualTo("too old");
    }

    @Test
    void withoutAnAgeOnlyTheFutureIsTooFar() {
        IntakeTimes any = IntakeTimes.around(NOW * 1_000_000_000L, Duration.ZERO);

        assertThat(any.objection(Long.MIN_VALUE)).isNull();
        assertThat(any.objection(NOW + 601)).isEqualTo("too far in the future");
    }
}
