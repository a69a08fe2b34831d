package tscollector.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final int SCALE = 3;

    private static Buckets ours(int offset, long... counts) {
        return new Buckets(offset, counts);
    }

    private static ExponentialHistogramBuckets next(int offset, long... counts) {
        return ExponentialHistogramBuckets.create(SCALE, offset, Scrapes.longs(counts));
    }

    @Test
    void addsByIndexWhereverTheOthersBegin() {
        assertThat(ours(2, 1, 2).plus(next(2, 10, 20))).isEqualTo(next(2, 11, 22));
        assertThat(ours(2, 1, 2).plus(next(5, 7))).as("behind a gap").isEqualTo(next(2, 1, 2, 0, 7));
        assertThat(ours(5, 7).plus(next(2, 1, 2))).as("before a gap").isEqualTo(next(2, 1, 2, 0, 7));
        assertThat(ours(1, 1, 1, 1, 1).plus(next(2, 5, 5))).as("within").isEqualTo(next(1, 1, 6, 6, 1));
        assertThat(ours(2, 5, 5).plus(next(1, 1, 1, 1, 1))).as("around").isEqualTo(next(1, 1, 6, 6, 1));
        assertThat(ours(-2, 1, 2).plus(next(-1, 3, 4))).as("below one").isEqualTo(next(-2, 1, 5, 4));
    }

    @Test
    void whatIsEmptyAddsNothingWhereverItBegins() {
        assertThat(ours(4, 1, 2).plus(next(-100))).isEqualTo(next(4, 1, 2));
        assertThat(ours(-100).plus(next(4, 1, 2))).isEqualTo(next(4, 1, 2));
        assertThat(Buckets.NONE.plus(next(7))).isEqualTo(next(7));
    }

    @Test
    void subtractsByIndexWithinWhatComesNext() {
        assertThat(ours(2, 1, 2).subtractFrom(next(2, 3, 5))).isEqualTo(next(2, 2, 3));
        assertThat(ours(2, 1, 2).subtractFrom(next(1, 9, 3, 5, 9))).isEqualTo(next(1, 9, 2, 3, 9));
        assertThat(ours(1, 0, 1, 0).subtractFrom(next(2, 3)))
                .as("empty buckets left out")
                .isEqualTo(next(2, 2));
    }

    @Test
    void aBucketThatIsMissingFromWhatComesNextHasFallenToZero() {
        assertThat(ours(2, 1, 2).canBecome(next(2, 1, 2)))
                .as("nothing happened")
                .isTrue();
        assertThat(ours(2, 1, 2).canBecome(next(2, 1))).isFalse();
        assertThat(ours(2, 1, 2).canBecome(next(3, 9))).isFalse();
        assertThat(ours(2, 0, 2, 0).canBecome(next(3, 2)))
                .as("empty ones may be left out")
                .isTrue();
    }

    @Test
    void halfTheResolutionJoinsNeighbours() {
        assertThat(ours(2, 1, 2, 4).coarser(1)).satisfies(wider -> {
            assertThat(wider.offset()).isEqualTo(1);
            assertThat(wider.counts()).containsExactly(3, 4);
        });
        assertThat(ours(-3, 1, 2, 4).coarser(1)).satisfies(wider -> {
            assertThat(wider.offset()).isEqualTo(-2);
            assertThat(wider.counts()).containsExactly(1, 6);
        });
        assertThat(ours(-1, 1, 2).coarser(100)).satisfies(wider -> {
            assertThat(wider.offset()).isEqualTo(-1);
            assertThat(wider.counts()).as("1 is a bound at every resolution").containsExactly(1, 2);
        });
    }
}
