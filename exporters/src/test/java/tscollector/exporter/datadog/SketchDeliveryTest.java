package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.batch;
import static tscollector.exporter.datadog.SeriesFixture.histogram;
import static tscollector.exporter.datadog.SeriesFixture.histograms;
import static tscollector.exporter.datadog.SeriesFixture.metric;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.datadog.FakeIntake.Sketch;
import tscollector.kit.http.HttpFailure;
import tscollector.signal.MetricBatch;

class SketchDeliveryTest {
    private final SeriesFixture exporter = SeriesFixture.withDefaults();

    @Test
    @DisplayName("R19 a histogram is a sketch with exact count and sum, and its values between their bounds")
    void r19_histogram() {
        exporter.send(batch(histograms("h", histogram(SECOND, 42.5, List.of(10.0, 20.0), List.of(0L, 4L, 0L)))));

        assertThat(exporter.intake.sketches())
                .containsExactly(new Sketch(
                        "h",
                        "this-host",
                        List.of(),
                        SECOND,
                        4,
                        10,
                        20,
                        42.5 / 4,
                        42.5,
                        List.of(1487, 1502, 1514, 1524),
                        List.of(1, 1, 1, 1)));
        assertThat(exporter.test.telemetry().sent()).isEqualTo(1);
    }

    @Test
    @DisplayName("R19 the outer buckets go to the bound they have")
    void r19_outerBuckets() {
        exporter.send(batch(histograms("h", histogram(SECOND, 20, List.of(0.0), List.of(11L, 19L)))));

        Sketch sketch = exporter.intake.sketches().get(0);
        assertThat(sketch.keys()).containsExactly(0);
        assertThat(sketch.counts()).containsExactly(30);
        assertThat(sketch.min()).isZero();
        assertThat(sketch.max()).isZero();
    }

    @Test
    void leastAndGreatestValueAreExactWhereTheyAreKnown() {
        HistogramPointData known = HistogramPointData.create(
                0, SECOND * 1_000_000_000L, Attributes.empty(), 30, true, 3, true, 17, List.of(10.0), List.of(1L, 1L));
        HistogramPointData single = histogram(SECOND, 12.5, List.of(10.0, 20.0), List.of(0L, 1L, 0L));
        HistogramPointData boundless = histogram(SECOND, 12, List.of(), List.of(3L));

        exporter.send(
                batch(histograms("known", known), histograms("single", single), histograms("boundless", boundless)));

        assertThat(exporter.intake.sketches())
                .extracting(Sketch::min, Sketch::max)
                .containsExactly(
                        tuple(3.0, 17.0),
                        tuple(12.5, 12.5),
                        tuple(SketchKeys.value(SketchKeys.of(4)), SketchKeys.value(SketchKeys.of(4))));
    }

    @Test
    @DisplayName("R12 a cumulative histogram becomes the sketch of what came since the last one")
    void r12_cumulativeHistogram() {
        exporter.send(cumulative(SECOND - 20, 10, List.of(2L, 3L)));
        exporter.send(cumulative(SECOND - 10, 19, List.of(2L, 6L)));
        exporter.send(cumulative(SECOND, 4, List.of(1L, 1L)));

        assertThat(exporter.intake.sketches())
                .extracting(Sketch::second, Sketch::count, Sketch::sum)
                .containsExactly(tuple(SECOND - 10, 3L, 9.0), tuple(SECOND, 2L, 4.0));
    }

    @Test
    void anIntervalWithoutObservationsNeedsNoSketch() {
        exporter.send(batch(histograms("h", histogram(SECOND, 0, List.of(1.0), List.of(0L, 0L)))));

        assertThat(exporter.intake.tries()).isZero();
        assertThat(exporter.test.telemetry().dropped()).isEmpty();
        assertThat(exporter.test.telemetry().counts()).containsEntry("empty histograms", 1L);
        assertThat(exporter.accounted()).isEqualTo(1);
    }

    @Test
    void bucketsThatGrowByAFactorAreSpreadToo() {
        ExponentialHistogramPointData point = ExponentialHistogramPointData.create(
                0,
                110,
                2,
                true,
                -8,
                true,
                16,
                ExponentialHistogramBuckets.create(0, 2, List.of(0L, 10L)), // 8 to 16
                ExponentialHistogramBuckets.create(0, 2, List.of(3L)), // -4 to -8
                0,
                SECOND * 1_000_000_000L,
                Attributes.empty(),
                List.of());

        exporter.send(batch(metric(
                "e",
                MetricDataType.EXPONENTIAL_HISTOGRAM,
                ExponentialHistogramData.create(AggregationTemporality.DELTA, List.of(point)))));

        Sketch sketch = exporter.intake.sketches().get(0);
        assertThat(sketch.count()).isEqualTo(15);
        assertThat(sketch.counts().stream().mapToInt(Integer::intValue).sum()).isEqualTo(15);
        assertThat(sketch.keys().get(0)).isBetween(SketchKeys.of(-8), SketchKeys.of(-4));
        assertThat(sketch.keys()).contains(0).allMatch(key -> key <= SketchKeys.of(16));
        assertThat(sketch.keys().stream().filter(key -> key > 0)).allMatch(key -> key >= SketchKeys.of(8));
    }

    @Test
    void theMedianOfASketchIsThatOfTheValues() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<Double> bounds = new ArrayList<>();
        for (double bound = 1; bound < 1000; bound *= 1.5) {
            bounds.add(bound);
        }
        Long[] counts = new Long[bounds.size() + 1];
        java.util.Arrays.fill(counts, 0L);
        double[] values = new double[2001];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 + random.nextDouble() * 800;
            int bucket = 0;
            while (bucket < bounds.size() && values[i] > bounds.get(bucket)) {
                bucket++;
            }
            counts[bucket]++;
        }
        java.util.Arrays.sort(values);

        exporter.send(batch(histograms("h", histogram(SECOND, 1, bounds, List.of(counts)))));

        Sketch sketch = exporter.intake.sketches().get(0);
        int below = 0;
        int bin = -1;
        while (below <= 1000) {
            below += sketch.counts().get(++bin);
        }
        double median = SketchKeys.value(sketch.keys().get(bin));
        assertThat(median).as("seed %d", seed).isCloseTo(values[1000], within(values[1000] * 0.1));
    }

    @Test
    @DisplayName("R15 sketches out of the intake's window are dropped before each try")
    void r15_oldSketches() {
        exporter.intake.fail(Route.SKETCHES, FakeIntake.busy(), FakeIntake.busy());
        exporter.send(batch(histograms(
                "h",
                histogram(SECOND - 3700, 1, List.of(1.0), List.of(1L, 0L)),
                histogram(SECOND - 3598, 2, List.of(1.0), List.of(2L, 0L)),
                histogram(SECOND, 3, List.of(1.0), List.of(3L, 0L)),
                histogram(SECOND + 700, 4, List.of(1.0), List.of(4L, 0L)))));
        assertThat(exporter.test.telemetry().dropped())
                .containsEntry("too old", 1L)
                .containsEntry("too far in the future", 1L);

        exporter.advance(Duration.ofMinutes(2));

        assertThat(exporter.test.telemetry().dropped()).containsEntry("too old", 2L);
        assertThat(exporter.intake.sketches()).extracting(Sketch::count).containsExactly(3L);
        assertThat(exporter.accounted()).isEqualTo(4);
    }

    @Test
    @DisplayName("R33 a sketch that may have arrived is sent again once, then dropped")
    void r33_unknownOutcome() {
        exporter.intake.fail(
                Route.SKETCHES,
                FakeIntake.noAnswer(HttpFailure.Type.TIMEOUT),
                FakeIntake.noAnswer(HttpFailure.Type.CONNECTION_RESET));

        exporter.send(one());
        exporter.advance(Duration.ofMinutes(2));

        assertThat(exporter.intake.tries()).isEqualTo(2);
        assertThat(exporter.intake.sketches()).isEmpty();
        assertThat(exporter.test.telemetry().dropped()).containsEntry("outcome unknown", 1L);
    }

    @Test
    @DisplayName("R33 what certainly did not arrive is tried as long as it is young")
    void r33_knownOutcome() {
        exporter.intake.fail(
                Route.SKETCHES,
                FakeIntake.busy(),
                FakeIntake.noAnswer(HttpFailure.Type.CONNECTION_REFUSED),
                FakeIntake.noAnswer(HttpFailure.Type.TIMEOUT),
                FakeIntake.busy());

        exporter.send(one());
        exporter.advance(Duration.ofMinutes(10));

        assertThat(exporter.intake.sketches()).hasSize(1);
    }

    @Test
    @DisplayName("R33 with 0 a sketch that may have arrived is not sent again")
    void r33_never() {
        FakeIntake intake = new FakeIntake().fail(Route.SKETCHES, FakeIntake.noAnswer(HttpFailure.Type.TIMEOUT));
        SeriesFixture careful = SeriesFixture.of(
                intake, SeriesFixture.metrics(MetricsConfig.Encoding.PROTOBUF, Duration.ofHours(1), false, 0));

        careful.send(one());
        careful.advance(Duration.ofMinutes(2));

        assertThat(intake.tries()).isEqualTo(1);
        assertThat(careful.test.telemetry().dropped()).containsEntry("outcome unknown", 1L);
    }

    @Test
    @DisplayName("R30 sketches are halved as series are")
    void r30_sketches() throws DeliveryException {
        FakeIntake intake = new FakeIntake().refuseAsTooLarge(sketches -> sketches > 3);
        SeriesFixture small = SeriesFixture.of(intake);
        HistogramPointData[] points = new HistogramPointData[11];
        for (int i = 0; i < points.length; i++) {
            points[i] = histogram(SECOND - i, i, List.of(1.0), List.of(1L, 1L));
        }

        small.send(batch(histograms("h", points)));

        assertThat(intake.sketches()).hasSize(11).doesNotHaveDuplicates();
        assertThat(small.test.telemetry().sent()).isEqualTo(11);
    }

    private static MetricBatch one() {
        return batch(histograms("h", histogram(SECOND, 3, List.of(1.0), List.of(1L, 1L))));
    }

    private static MetricBatch cumulative(long second, double sum, List<Long> counts) {
        HistogramPointData point = HistogramPointData.create(
                second < SECOND - 10 ? second * 1_000_000_000L : (second - 10) * 1_000_000_000L,
                second * 1_000_000_000L,
                Attributes.empty(),
                sum,
                false,
                0,
                false,
                0,
                List.of(1.0),
                counts);
        return batch(metric(
                "h",
                MetricDataType.HISTOGRAM,
                HistogramData.create(AggregationTemporality.CUMULATIVE, List.of(point))));
    }
}
