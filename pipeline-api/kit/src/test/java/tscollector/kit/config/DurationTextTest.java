package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "15s, PT15S",
        "1h30m, PT1H30M",
        "1.5s, PT1.5S",
        "100us, PT0.0001S",
        "7ns, PT0.000000007S",
        "0s, PT0S",
        "-2s, PT-2S",
        "90m, PT1H30M"
    })
    void reads(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "1 s", "1d", "PT5S", "1s1", "1,5s", "+1s", "1e3s", "99999999999999999h"})
    void refuses(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageStartingWith("must be a duration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "0", "1.5", "-3"})
    void asksForTheUnit(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessage("needs a unit, such as " + text + "s or " + text + "ms");
    }

    @Test
    void printsWhatReadsBackToTheSame() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            Duration duration = Duration.ofNanos(random.nextLong(Long.MAX_VALUE) >> random.nextInt(63));
            assertThat(DurationText.parse(DurationText.print(duration)))
                    .as("seed %d", seed)
                    .isEqualTo(duration);
        }
        assertThat(DurationText.print(Duration.ofSeconds(90))).isEqualTo("1m30s");
        assertThat(DurationText.print(Duration.ZERO)).isEqualTo("0s");
        assertThat(DurationText.print(Duration.ofMillis(-200))).isEqualTo("-200ms");
    }
}
