package tscollector.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.kit.delta.Scrapes.A;
import static tscollector.kit.delta.Scrapes.at;
import static tscollector.kit.delta.Scrapes.exponential;
import static tscollector.kit.delta.Scrapes.histogram;
import static tscollector.kit.delta.Scrapes.number;
import static tscollector.kit.delta.Scrapes.values;

import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tscollector.kit.delta.DeltaRules.InitialValue;
import tscollector.signal.MetricBatch;
import tscollector.testkit.TestContext;

/** A series to which nothing happens stays at zero; taken for one that began again it would be counted anew at every scrape. */
class UnchangedDeltasTest {
    private static final List<Double> BOUNDS = List.of(1.0, 10.0);

    private static CounterDeltas deltas(InitialValue rule) throws Exception {
        CounterDeltas deltas = new CounterDeltas(new TestContext("cumulativetodelta").build(), DeltaRules.of(rule));
        deltas.start(null);
        return deltas;
    }

    @ParameterizedTest
    @EnumSource(InitialValue.class)
    void theSameNumbersAreADeltaOfZero(InitialValue rule) throws Exception {
        CounterDeltas deltas = deltas(rule);
        deltas.convert(scrape(2));

        List<PointData> points = Scrapes.points(deltas.convert(scrape(3)));

        assertThat(points).hasSize(4).allSatisfy(point -> {
            assertThat(point.getStartEpochNanos()).isEqualTo(at(2));
            assertThat(point.getEpochNanos()).isEqualTo(at(3));
        });
        assertThat(values(deltas.convert(
                        new Scrapes().counter("c", number(1, 4, A, 7)).batch())))
                .containsExactly(0.0);
        assertThat(((LongPointData) points.get(1)).getValue()).isZero();
        HistogramPointData plain = (HistogramPointData) points.get(2);
        assertThat(plain.getCounts()).containsExactly(0L, 0L, 0L);
        assertThat(plain.getSum()).isZero();
        ExponentialHistogramPointData exponential = (ExponentialHistogramPointData) points.get(3);
        assertThat(exponential.getCount()).isZero();
        assertThat(exponential.getSum()).isZero();
        assertThat(exponential.getPositiveBuckets().getBucketCounts()).containsExactly(0L, 0L, 0L);
    }

    private static MetricBatch scrape(double time) {
        return new Scrapes()
                .counter("c", number(1, time, A, 7))
                .counter("whole", LongPointData.create(at(1), at(time), A, 7))
                .histogram("h", histogram(1, time, 50, BOUNDS, 5, 3, 2))
                .exponential("e", exponential(1, time, 3, 50, 2, 4, 5, 0, 3))
                .batch();
    }

    @Test
    void aSumThatStaysAtZeroIsNoNewBeginning() throws Exception {
        CounterDeltas deltas = deltas(InitialValue.KEEP);
        deltas.convert(new Scrapes()
                .histogram("h", histogram(1, 2, 0, BOUNDS, 0, 0, 0))
                .batch());

        List<PointData> points = Scrapes.points(deltas.convert(new Scrapes()
                .histogram("h", histogram(1, 3, 0, BOUNDS, 1, 0, 0))
                .batch()));

        assertThat(((HistogramPointData) points.get(0)).getCounts()).containsExactly(1L, 0L, 0L);
        assertThat(points.get(0).getStartEpochNanos()).as("a difference").isEqualTo(at(2));
    }

    @Test
    void aHistogramTakesRoomByItsBuckets() {
        HistogramSeries plain = new HistogramSeries(new SeriesKey(1, 2));
        plain.remember(histogram(1, 2, 0, List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0), 0, 0, 0, 0, 0, 0, 0, 0));
        ExponentialSeries exponential = new ExponentialSeries(new SeriesKey(3, 4));
        exponential.remember(ExponentialHistogramPointData.create(
                0,
                0,
                0,
                false,
                0,
                false,
                0,
                ExponentialHistogramBuckets.create(0, 0, Scrapes.longs(0, 0, 0, 0, 0, 0)),
                ExponentialHistogramBuckets.create(0, 0, Scrapes.longs(0, 0, 0)),
                at(1),
                at(2),
                A,
                List.of()));

        assertThat(plain.weight()).as("2, and 8 buckets").isEqualTo(4);
        assertThat(exponential.weight()).as("2, and 6 and 3 buckets").isEqualTo(4);
        assertThat(new LongSeries(new SeriesKey(5, 6)).weight()).isEqualTo(1);
    }
}
