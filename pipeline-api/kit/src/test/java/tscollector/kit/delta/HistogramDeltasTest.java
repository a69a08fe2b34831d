package tscollector.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.kit.delta.Scrapes.exponential;
import static tscollector.kit.delta.Scrapes.histogram;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.kit.delta.DeltaRules.InitialValue;
import tscollector.signal.MetricBatch;
import tscollector.testkit.TestContext;

/** Histograms: what begins again is whole, and nothing is ever negative. */
class HistogramDeltasTest {
    private static final List<Double> BOUNDS = List.of(1.0, 10.0);

    private final TestContext test = new TestContext("cumulativetodelta");
    private CounterDeltas deltas = new CounterDeltas(test.build(), DeltaRules.of(InitialValue.AGENT));

    @BeforeEach
    void aFirstPoint() throws Exception {
        deltas.start(null);
        assertThat(next(histogram(1, 1, 50, BOUNDS, 5, 3, 2))).isEmpty();
        assertThat(next(exponential(1, 1, 3, 50, 2, 4, 5, 0, 3))).isEmpty();
    }

    private List<PointData> next(HistogramPointData point) {
        return Scrapes.points(
                deltas.convert(new Scrapes().histogram("latency", point).batch()));
    }

    private List<PointData> next(ExponentialHistogramPointData point) {
        return Scrapes.points(
                deltas.convert(new Scrapes().exponential("latency", point).batch()));
    }

    private static HistogramPointData only(List<PointData> points) {
        assertThat(points).hasSize(1);
        return (HistogramPointData) points.get(0);
    }

    private static ExponentialHistogramPointData onlyExponential(List<PointData> points) {
        assertThat(points).hasSize(1);
        return (ExponentialHistogramPointData) points.get(0);
    }

    @Test
    void theDifferenceIsTakenBucketByBucket() {
        HistogramPointData delta = only(next(histogram(1, 2, 63, BOUNDS, 6, 3, 4)));

        assertThat(delta.getCounts()).containsExactly(1L, 0L, 2L);
        assertThat(delta.getCount()).isEqualTo(3);
        assertThat(delta.getSum()).isEqualTo(13);
        assertThat(delta.getBoundaries()).isEqualTo(BOUNDS);
        assertThat(delta.hasMin())
                .as("nobody knows the least of the difference")
                .isFalse();
        assertThat(delta.hasMax()).isFalse();
        assertThat(delta.getStartEpochNanos()).isEqualTo(Scrapes.at(1));
        assertThat(delta.getEpochNanos()).isEqualTo(Scrapes.at(2));
    }

    @Test
    void theTemporalityIsDelta() {
        MetricBatch out = deltas.convert(new Scrapes()
                .histogram("latency", histogram(1, 2, 63, BOUNDS, 6, 3, 4))
                .exponential("latency", exponential(1, 2, 3, 55, 2, 4, 5, 0, 4))
                .batch());

        assertThat(out).isNotNull();
        assertThat(out.groups().get(0).metrics())
                .extracting(metric -> metric.data() instanceof io.opentelemetry.sdk.metrics.data.HistogramData plain
                        ? plain.getAggregationTemporality()
                        : metric.getExponentialHistogramData().getAggregationTemporality())
                .containsExactly(AggregationTemporality.DELTA, AggregationTemporality.DELTA);
    }

    @Test
    @DisplayName("R12 the count falls (mapping-go #617: no negative counts after a restart)")
    void r12TheCountFalls() {
        HistogramPointData whole = only(next(histogram(1, 2, 12, BOUNDS, 1, 1, 1)));

        assertThat(whole.getCounts()).containsExactly(1L, 1L, 1L);
        assertThat(whole.getSum()).isEqualTo(12);
        assertThat(whole.getStartEpochNanos())
                .as("no overlap with what was sent")
                .isEqualTo(Scrapes.at(1));
    }

    @Test
    @DisplayName("R12 one bucket falls though count and sum rise (contrib #41752: no wrapped bucket counts)")
    void r12OneBucketFalls() {
        HistogramPointData whole = only(next(histogram(1, 2, 900, BOUNDS, 2, 30, 40)));

        assertThat(whole.getCounts()).containsExactly(2L, 30L, 40L);
        assertThat(whole.getSum()).isEqualTo(900);
    }

    @Test
    @DisplayName("R12 the sum falls though every bucket rises")
    void r12TheSumFalls() {
        HistogramPointData whole = only(next(histogram(1, 2, 20, BOUNDS, 6, 4, 3)));

        assertThat(whole.getCounts()).containsExactly(6L, 4L, 3L);
        assertThat(whole.getSum()).isEqualTo(20);
    }

    @Test
    @DisplayName("R12 a sum that may be negative may fall")
    void r12ASumOfNegativeNumbersMayFall() {
        List<Double> below = List.of(-1.0, 1.0);
        next(histogram(1, 2, 5, below, 1, 1, 1));

        HistogramPointData delta = only(next(histogram(1, 3, 2, below, 2, 1, 1)));

        assertThat(delta.getCounts()).containsExactly(1L, 0L, 0L);
        assertThat(delta.getSum()).isEqualTo(-3);
    }

    @Test
    @DisplayName("R12 the bounds change (contrib #48278)")
    void r12TheBoundsChange() {
        HistogramPointData whole = only(next(histogram(1, 2, 70, List.of(1.0, 20.0), 6, 4, 3)));

        assertThat(whole.getCounts()).containsExactly(6L, 4L, 3L);
        assertThat(only(next(histogram(1, 3, 71, List.of(1.0), 20, 20))).getCounts())
                .as("another number of them")
                .containsExactly(20L, 20L);
    }

    @Test
    @DisplayName("R12 the start time changes")
    void r12TheStartTimeChanges() {
        HistogramPointData whole = only(next(histogram(1.5, 2, 70, BOUNDS, 6, 4, 3)));

        assertThat(whole.getCounts()).containsExactly(6L, 4L, 3L);
        assertThat(whole.getStartEpochNanos()).isEqualTo(Scrapes.at(1.5));
    }

    @Test
    @DisplayName("R12 a histogram that begins again with its own point is remembered only, by the Agent's rule")
    void r12BeginsWithItsPoint() {
        assertThat(next(histogram(2, 2, 12, BOUNDS, 1, 1, 1))).isEmpty();
        assertThat(only(next(histogram(2, 3, 13, BOUNDS, 2, 1, 1))).getCounts()).containsExactly(1L, 0L, 0L);
    }

    @Test
    @DisplayName("R12 a sum that is not a number and a negative bucket cost only their point")
    void r12BadNumbers() {
        assertThat(next(histogram(1, 2, Double.NaN, BOUNDS, 6, 4, 3))).isEmpty();
        assertThat(next(histogram(1, 2, Double.POSITIVE_INFINITY, BOUNDS, 6, 4, 3)))
                .isEmpty();
        assertThat(next(histogram(1, 2, 60, BOUNDS, 6, -4, 3))).isEmpty();
        assertThat(test.telemetry().dropped())
                .containsEntry("not a finite number", 2L)
                .containsEntry("negative counter", 1L);

        assertThat(only(next(histogram(1, 3, 60, BOUNDS, 6, 3, 2))).getCounts()).containsExactly(1L, 0L, 0L);
    }

    @Test
    void aWholePointKeepsItsLeastAndGreatest() {
        HistogramPointData whole = only(next(histogram(1.5, 2, 70, BOUNDS, 6, 4, 3)));

        assertThat(whole.hasMin()).isTrue();
        assertThat(whole.getMin()).isEqualTo(0.1);
        assertThat(whole.getMax()).isEqualTo(9);
    }

    @Test
    void exponentialBucketsAreSubtractedByIndex() {
        ExponentialHistogramPointData delta = onlyExponential(next(exponential(1, 2, 3, 60, 3, 3, 1, 5, 0, 4)));

        assertThat(delta.getPositiveBuckets().getOffset()).isEqualTo(3);
        assertThat(delta.getPositiveBuckets().getBucketCounts()).containsExactly(1L, 0L, 0L, 1L);
        assertThat(delta.getZeroCount()).isEqualTo(1);
        assertThat(delta.getSum()).isEqualTo(10);
        assertThat(delta.getCount()).isEqualTo(3);
    }

    @Test
    void aLowerResolutionIsComparedInTheLowerOne() {
        // 4, 5, 6 of scale 3 are 2, 2, 3 of scale 2
        ExponentialHistogramPointData delta = onlyExponential(next(exponential(1, 2, 2, 60, 2, 2, 6, 5)));

        assertThat(delta.getScale()).isEqualTo(2);
        assertThat(delta.getPositiveBuckets().getOffset()).isEqualTo(2);
        assertThat(delta.getPositiveBuckets().getBucketCounts()).containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("R12 exponential: a bucket, the zero count, the sum or the start changes, or the resolution rises")
    void r12ExponentialBeginsAgain() {
        List<ExponentialHistogramPointData> others = List.of(
                exponential(1, 2, 3, 60, 3, 4, 4, 9, 9), // the bucket at 4
                exponential(1, 3, 3, 70, 2, 4, 5, 9, 9), // the zeros
                exponential(1, 4, 3, 69, 2, 4, 5, 9, 9), // the sum
                exponential(3.5, 5, 3, 80, 2, 4, 5, 9, 9), // the start
                exponential(3.5, 6, 4, 90, 2, 8, 50, 50, 50)); // the scale
        for (ExponentialHistogramPointData point : others) {
            ExponentialHistogramPointData whole = onlyExponential(next(point));
            assertThat(whole.getPositiveBuckets()).isEqualTo(point.getPositiveBuckets());
            assertThat(whole.getSum()).isEqualTo(point.getSum());
            assertThat(whole.getZeroCount()).isEqualTo(point.getZeroCount());
        }
    }
}
