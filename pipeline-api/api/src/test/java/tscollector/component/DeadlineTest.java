package tscollector.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void runsDownToNothingAndStaysThere() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(5), clock);
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(5));

        clock.nanos += 4_999_999_999L;
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(1));
        assertThat(deadline.hasPassed()).isFalse();

        clock.nanos += 1;
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.hasPassed()).isTrue();

        clock.nanos += 1_000_000_000_000L;
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.hasPassed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -5_000_000_000L})
    void hasPassedFromTheBeginningWhenThereIsNoTime(long nanos) {
        Deadline deadline = Deadline.in(Duration.ofNanos(nanos), clock);

        assertThat(deadline.hasPassed()).isTrue();
        assertThat(deadline.remaining()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void worksWhereverTheMonotonicClockBegan(long origin) {
        clock.nanos = origin;
        Deadline deadline = Deadline.in(Duration.ofSeconds(1), clock);
        assertThat(deadline.hasPassed()).isFalse();
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(1));

        clock.nanos += 1_000_000_000L;
        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void takesTheLongestDurationThatAConfigurationMayHave() {
        clock.nanos = 1_000;
        Deadline deadline = Deadline.in(Duration.ofNanos(Long.MAX_VALUE), clock);

        assertThat(deadline.hasPassed()).isFalse();
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void doesNotLookAtTheWallClock() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(5), clock);
        clock.wall = Long.MAX_VALUE;

        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(5));
    }

    private static final class ManualClock implements Clock {
        private long nanos;
        private long wall;

        @Override
        public long now() {
            return wall;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }
    }
}
