package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final RetryConfig DEFAULTS = RetryConfig.defaults();

    @Test
    void growsByTheMultiplierUpToTheLongestWait() {
        Backoff backoff = new Backoff(DEFAULTS, 0, () -> 0.5);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            waits.add(backoff.next(0, null).toMillis());
        }

        assertThat(waits).containsExactly(5_000L, 7_500L, 11_250L, 16_875L, 25_312L, 30_000L, 30_000L);
    }

    @Test
    void isSpreadByTheRandomizationFactorUpAndDown() {
        assertThat(new Backoff(DEFAULTS, 0, () -> 0.0).next(0, null)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(new Backoff(DEFAULTS, 0, () -> 1.0).next(0, null)).isEqualTo(Duration.ofMillis(7_500));
    }

    @Test
    void takesTheLongerOfItsOwnAndTheGivenWait() {
        Backoff backoff = new Backoff(DEFAULTS, 0, () -> 0.5);

        assertThat(backoff.next(0, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.next(0, Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void countsTheElapsedTimeFromTheFirstTry() {
        long start = 1_000_000_000_000L;
        long at295 = start + Duration.ofSeconds(295).toNanos();

        assertThat(new Backoff(DEFAULTS, start, () -> 0.5).next(at295, null)).isEqualTo(Duration.ofSeconds(5));
        assertThat(new Backoff(DEFAULTS, start, () -> 0.5).next(at295 + 1, null))
                .isNull();
    }
}
