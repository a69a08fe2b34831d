package tscollector.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.kit.delta.Scrapes.A;
import static tscollector.kit.delta.Scrapes.B;
import static tscollector.kit.delta.Scrapes.at;
import static tscollector.kit.delta.Scrapes.number;
import static tscollector.kit.delta.Scrapes.values;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.kit.delta.DeltaRules.InitialValue;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

class CounterDeltasTest {
    private static final DeltaRules AGENT = DeltaRules.of(InitialValue.AGENT);

    private final TestContext test = new TestContext("cumulativetodelta");

    private CounterDeltas deltas(DeltaRules rules) throws Exception {
        CounterDeltas deltas = new CounterDeltas(test.build(), rules);
        deltas.start(null);
        return deltas;
    }

    private static Scrapes scrape() {
        return new Scrapes();
    }

    @Test
    @DisplayName("R36 each delta starts at the time of the point before")
    void eachDeltaStartsAtThePointBefore() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        deltas.convert(scrape().counter("c", number(1, 1, A, 5)).batch());
        deltas.convert(scrape().counter("c", number(1, 2, A, 6)).batch());

        List<PointData> points = Scrapes.points(
                deltas.convert(scrape().counter("c", number(1, 4, A, 9)).batch()));

        assertThat(points).hasSize(1);
        assertThat(points.get(0).getStartEpochNanos()).isEqualTo(at(2));
        assertThat(points.get(0).getEpochNanos()).isEqualTo(at(4));
    }

    @Test
    @DisplayName("R36 a whole value starts where the series did, and never before the point that was sent last")
    void aWholeValueDoesNotOverlap() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        PointData first = Scrapes.points(
                        deltas.convert(scrape().counter("c", number(1, 3, A, 5)).batch()))
                .get(0);
        PointData fallen = Scrapes.points(
                        deltas.convert(scrape().counter("c", number(2, 4, A, 1)).batch()))
                .get(0);

        assertThat(first.getStartEpochNanos()).isEqualTo(at(1));
        assertThat(fallen.getStartEpochNanos()).isEqualTo(at(3));
    }

    @Test
    void whatHasNoDeltaPassesAsTheSameInstance() throws Exception {
        MetricBatch gauges = scrape().gauge("g", number(0, 1, A, 5)).batch();
        MetricBatch upDown = scrape().add(
                        "connections",
                        MetricDataType.LONG_SUM,
                        SumData.createLongSumData(
                                false,
                                AggregationTemporality.CUMULATIVE,
                                List.of(LongPointData.create(at(0), at(1), A, 3))))
                .batch();
        MetricBatch deltasAlready = scrape().add(
                        "d",
                        MetricDataType.LONG_SUM,
                        SumData.createLongSumData(
                                true, AggregationTemporality.DELTA, List.of(LongPointData.create(at(0), at(1), A, 3))))
                .batch();
        CounterDeltas deltas = deltas(AGENT);

        for (MetricBatch batch : List.of(gauges, upDown, deltasAlready)) {
            assertThat(deltas.convert(batch)).isSameAs(batch);
        }
        assertThat(deltas.size()).isZero();
    }

    @Test
    void otherMetricsOfAGroupAreTheSameInstances() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        MetricBatch batch = scrape().gauge("g", number(0, 2, A, 5))
                .counter("c", number(1, 2, A, 5))
                .batch();

        MetricBatch out = deltas.convert(batch);

        assertThat(out).isNotNull();
        MetricGroup group = out.groups().get(0);
        assertThat(group.metrics().get(0))
                .isSameAs(batch.groups().get(0).metrics().get(0));
        Metric counter = group.metrics().get(1);
        assertThat(counter.getDoubleSumData().getAggregationTemporality()).isEqualTo(AggregationTemporality.DELTA);
        assertThat(counter.getDoubleSumData().isMonotonic()).isTrue();
        assertThat(counter.data().getPoints().iterator().next().getAttributes()).isSameAs(A);
    }

    @Test
    void nothingIsLeftOfABatchOfFirstValues() throws Exception {
        assertThat(deltas(AGENT)
                        .convert(scrape().counter("c", number(1, 1, A, 5)).batch()))
                .isNull();
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry("first value of a series", 1L));
    }

    @Test
    void longCountersStayLong() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        deltas.convert(scrape().counter("c", LongPointData.create(at(1), at(1), A, Long.MAX_VALUE - 5))
                .batch());

        MetricBatch out = deltas.convert(scrape().counter("c", LongPointData.create(at(1), at(2), A, Long.MAX_VALUE))
                .batch());

        assertThat(out).isNotNull();
        LongPointData point = out.groups()
                .get(0)
                .metrics()
                .get(0)
                .getLongSumData()
                .getPoints()
                .iterator()
                .next();
        assertThat(point.getValue()).isEqualTo(5);
    }

    @Test
    void theOutputHasOneShapeAsLongAsAllPointsComeThroughAndAnotherWhileTheSameAreMissing() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        Shape shape = new Shape();
        List<Shape> out = new ArrayList<>();
        double[][] runs = {{1, 1}, {2, 2}, {3, Double.NaN}, {4, Double.NaN}, {5, 5}, {6, 6}};
        for (int run = 0; run < runs.length; run++) {
            MetricBatch converted = deltas.convert(
                    scrape().counter("c", number(0, run + 1, A, runs[run][0]), number(0, run + 1, B, runs[run][1]))
                            .batch(shape));
            assertThat(converted).isNotNull();
            out.add(converted.groups().get(0).shape());
        }

        assertThat(out.get(1)).isSameAs(out.get(0)).isSameAs(out.get(4)).isSameAs(out.get(5));
        assertThat(out.get(2)).isNotSameAs(out.get(1)).isSameAs(out.get(3));
    }

    @Test
    void otherMissingPointsMakeAnotherShape() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        Shape shape = new Shape();
        MetricBatch withoutA = deltas.convert(scrape().counter("c", number(0, 1, A, Double.NaN), number(0, 1, B, 1))
                .batch(shape));
        MetricBatch withoutB = deltas.convert(scrape().counter("c", number(0, 2, A, 2), number(0, 2, B, Double.NaN))
                .batch(shape));

        assertThat(withoutA).isNotNull();
        assertThat(withoutB).isNotNull();
        assertThat(withoutA.groups().get(0).shape())
                .isNotSameAs(withoutB.groups().get(0).shape());
    }

    @Test
    void aSeriesGoesOnInAnotherShape() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        deltas.convert(scrape().counter("c", number(1, 1, A, 5)).batch());

        assertThat(values(deltas.convert(scrape().counter("other", number(1, 2, A, 1))
                        .counter("c", number(1, 2, B, 1), number(1, 2, A, 8))
                        .batch())))
                .containsExactly(1.0, 1.0, 3.0);
    }

    @Test
    void anEqualResourceIsTheSameServerAndItsVersionMayBecomeKnown() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        Resource before = Resource.create(attributes("service.instance.id", "a"));
        Resource after = Resource.create(attributes("service.instance.id", "a", "service.version", "0.12.0"));
        deltas.convert(new Scrapes(before).counter("c", number(1, 1, A, 5)).batch());

        assertThat(values(deltas.convert(
                        new Scrapes(after).counter("c", number(1, 2, A, 8)).batch())))
                .containsExactly(3.0);
    }

    @Test
    void otherHostsTagsAndInstancesAreOtherSeries() throws Exception {
        CounterDeltas deltas = deltas(DeltaRules.of(InitialValue.DROP));
        List<Attributes> resources = List.of(
                attributes("service.instance.id", "a"),
                attributes("service.instance.id", "b"),
                attributes("service.instance.id", "a", "datadog.host.name", "h"),
                attributes("service.instance.id", "a", "datadog.host.name", ""),
                Attributes.of(AttributeKey.stringArrayKey("datadog.tags"), List.of("x:1", "y:2")),
                Attributes.of(AttributeKey.stringArrayKey("datadog.tags"), List.of("x:1,y:2")));
        for (Attributes resource : resources) {
            deltas.convert(new Scrapes(Resource.create(resource))
                    .counter("c", number(1, 1, A, 5))
                    .batch());
        }

        assertThat(deltas.size()).isEqualTo(resources.size());
    }

    @Test
    @DisplayName("R12 a counter that is no number or infinite costs only its point")
    void r12BadCounters() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        deltas.convert(scrape().counter("c", number(1, 1, A, 5)).batch());
        double time = 2;
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(deltas.convert(
                            scrape().counter("c", number(1, time++, A, bad)).batch()))
                    .isNull();
        }

        assertThat(values(
                        deltas.convert(scrape().counter("c", number(1, 9, A, 7)).batch())))
                .containsExactly(2.0);
        assertThat(test.telemetry().dropped()).containsEntry("not a finite number", 3L);
    }

    @Test
    @DisplayName("R12 of a counter below zero, such as a gauge read as one, only what it grew by is sent")
    void r12BelowZero() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        List<List<Double>> sent = new ArrayList<>();
        double time = 1;
        for (double value : new double[] {-2.5, -2.5, -1, -4, -3, 2}) {
            MetricBatch converted = deltas.convert(
                    scrape().counter("c", number(1, time++, A, value)).batch());
            sent.add(converted == null ? List.of() : values(converted));
        }

        assertThat(sent).containsExactly(List.of(), List.of(0.0), List.of(1.5), List.of(), List.of(1.0), List.of(5.0));
        assertThat(test.telemetry().dropped()).containsEntry("negative counter", 2L);
    }

    @Test
    @DisplayName("R12 a difference that no number can hold is no difference")
    void r12NothingWraps() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        deltas.convert(scrape().counter("n", LongPointData.create(at(1), at(1), A, -10))
                .counter("c", number(1, 1, A, -1e308))
                .batch());

        assertThat(values(deltas.convert(scrape().counter("n", LongPointData.create(at(1), at(2), A, Long.MAX_VALUE))
                        .counter("c", number(1, 2, A, 1e308))
                        .batch())))
                .containsExactly((double) Long.MAX_VALUE, 1e308);
    }

    @Test
    @DisplayName("R13 a point that is not newer than the last one is dropped and counted, and changes nothing")
    void r13NotNewer() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        deltas.convert(scrape().counter("c", number(1, 2, A, 5)).batch());

        assertThat(deltas.convert(scrape().counter("c", number(1, 2, A, 6)).batch()))
                .isNull();
        assertThat(deltas.convert(scrape().counter("c", number(1, 1.5, A, 900)).batch()))
                .isNull();

        assertThat(test.telemetry().dropped()).containsEntry("not newer than the last point", 2L);
        assertThat(values(
                        deltas.convert(scrape().counter("c", number(1, 3, A, 6)).batch())))
                .containsExactly(1.0);
    }

    @Test
    @DisplayName("R13 a series that has had no point for the whole ttl is forgotten")
    void r13Expiry() throws Exception {
        CounterDeltas deltas = deltas(AGENT.withTtl(Duration.ofMinutes(10)));
        deltas.convert(
                scrape().counter("c", number(1, 1, A, 5), number(1, 1, B, 5)).batch());
        test.scheduler().advance(Duration.ofMinutes(9));
        deltas.convert(scrape().counter("c", number(1, 540, A, 6)).batch());

        test.scheduler().advance(Duration.ofMinutes(2));

        assertThat(deltas.size()).isEqualTo(1);
        assertThat(test.telemetry().counts())
                .containsEntry("series remembered", 2L)
                .containsEntry("series forgotten", 1L);
        assertThat(values(deltas.convert(scrape().counter("c", number(1, 661, A, 8), number(661, 661, B, 9))
                        .batch())))
                .containsExactly(2.0);
    }

    @Test
    @DisplayName("R13 a shape that outlives its forgotten series has them remembered again")
    void r13AForgottenSeriesComesBack() throws Exception {
        CounterDeltas deltas = deltas(AGENT.withTtl(Duration.ofMinutes(10)));
        Shape shape = new Shape();
        deltas.convert(scrape().counter("c", number(1, 1, A, 5)).batch(shape));
        test.scheduler().advance(Duration.ofMinutes(11));
        assertThat(deltas.size()).isZero();

        assertThat(deltas.convert(scrape().counter("c", number(661, 661, A, 50)).batch(shape)))
                .isNull();
        assertThat(values(deltas.convert(
                        scrape().counter("c", number(661, 662, A, 51)).batch(shape))))
                .containsExactly(1.0);
        assertThat(deltas.size()).isEqualTo(1);
    }

    @Test
    void withoutATtlNothingIsForgotten() throws Exception {
        CounterDeltas deltas = deltas(AGENT.withTtl(Duration.ZERO));
        deltas.convert(scrape().counter("c", number(1, 1, A, 5)).batch());

        test.scheduler().advance(Duration.ofDays(30));

        assertThat(values(deltas.convert(
                        scrape().counter("c", number(1, 2_592_001, A, 6)).batch())))
                .containsExactly(1.0);
    }

    @Test
    @DisplayName("R13 beyond the bound, points of new series are dropped, counted and warned about; known series go on")
    void r13Bound() throws Exception {
        CounterDeltas deltas = deltas(AGENT.withMaxSeries(2).withTtl(Duration.ofMinutes(10)));
        Shape shape = new Shape();
        deltas.convert(
                scrape().counter("c", number(1, 1, A, 5), number(1, 1, B, 5)).batch());

        MetricBatch out = deltas.convert(scrape().counter("c", number(1, 2, A, 6), number(1, 2, B, 7))
                .counter("new", number(1, 2, A, 9), number(1, 2, B, 9))
                .batch(shape));

        assertThat(values(out)).containsExactly(1.0, 2.0);
        assertThat(deltas.size()).isEqualTo(2);
        assertThat(test.telemetry().dropped()).containsEntry("too many series", 2L);
        assertThat(test.telemetry().warnings()).hasSize(1).first().asString().contains("limit=2");

        test.scheduler().advance(Duration.ofMinutes(11));
        assertThat(deltas.convert(scrape().counter("c", number(661, 661, A, 6), number(661, 661, B, 7))
                        .counter("new", number(1, 661, A, 9), number(1, 661, B, 9))
                        .batch(shape)))
                .as("the same shape: those that come first get the room")
                .isNull();
    }

    @Test
    @DisplayName("R13 the same series twice in a batch is one series")
    void r13TheSameSeriesTwice() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        MetricBatch out =
                deltas.convert(scrape().counter("c", number(1, 2, A, 5), number(1, 2, attributes("model_name", "a"), 5))
                        .batch());

        assertThat(values(out)).containsExactly(5.0);
        assertThat(deltas.size()).isEqualTo(1);
        assertThat(test.telemetry().dropped()).containsEntry("not newer than the last point", 1L);
    }

    @Test
    void aHistogramTakesMoreRoomThanACounter() throws Exception {
        CounterDeltas deltas = deltas(AGENT.withMaxSeries(20));
        List<Double> bounds = new ArrayList<>();
        for (int i = 1; i <= 79; i++) {
            bounds.add((double) i);
        }
        deltas.convert(scrape().histogram("h", Scrapes.histogram(1, 1, 0, bounds, new long[80]))
                .batch());

        deltas.convert(scrape().counter("c", number(1, 1, A, 5)).batch());

        assertThat(test.telemetry().dropped()).containsEntry("too many series", 1L);
    }

    @Test
    void onlyTheMetricsThatAreChosenAreConverted() throws Exception {
        CounterDeltas deltas =
                deltas(AGENT.withSelection(metric -> metric.name().equals("yes")));
        MetricBatch out = deltas.convert(scrape().counter("yes", number(1, 2, A, 5))
                .counter("no", number(1, 2, A, 7))
                .batch());

        assertThat(out).isNotNull();
        assertThat(out.groups().get(0).metrics())
                .extracting(metric -> metric.getDoubleSumData().getAggregationTemporality())
                .containsExactly(AggregationTemporality.DELTA, AggregationTemporality.CUMULATIVE);
    }

    @Test
    void badBoundsAreRefused() {
        assertThatThrownBy(() -> AGENT.withMaxSeries(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AGENT.withTtl(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void targetsAreConvertedFromSeveralThreadsAtOnce() throws Exception {
        CounterDeltas deltas = deltas(AGENT);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Double>> totals = new ArrayList<>();
            for (int target = 0; target < 8; target++) {
                totals.add(threads.submit(total(deltas, "host" + target)));
            }
            for (Future<Double> total : totals) {
                assertThat(total.get()).isEqualTo(499.0);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Double> total(CounterDeltas deltas, String host) {
        return () -> {
            Resource resource = Resource.create(Batches.attributes("service.instance.id", host));
            double total = 0;
            for (int run = 1; run <= 500; run++) {
                for (double value : values(deltas.convert(new Scrapes(resource)
                        .counter("c", number(1, run, A, run))
                        .batch()))) {
                    total += value;
                }
            }
            return total;
        };
    }
}
