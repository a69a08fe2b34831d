package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;
import tscollector.testkit.datadog.AcceptedSeries;
import tscollector.testkit.datadog.IntakeAnswer;

/** What holds in every mode, whatever comes in. */
class ModesPropertyTest {
    private static final String[] HISTOGRAMS = {
        "{mode: distributions}",
        "{mode: distributions, send_aggregation_metrics: true}",
        "{mode: counters}",
        "{mode: agent_buckets}",
        "{mode: agent_buckets, send_aggregation_metrics: true}",
        "{mode: nobuckets, send_aggregation_metrics: true}"
    };

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    @RepeatedTest(20)
    @DisplayName("R27 R12 every point is accounted for in every mode, and nothing negative is ever sent")
    void r27_everyPointIsAccountedFor() {
        Destination destination = Destination.started(settings("protobuf"));
        Shape shape = new Shape();
        long received = 0;
        for (int round = 0; round < 12; round++) {
            destination.intake.script(anyPath(), IntakeAnswer.of(oneOf(202, 400, 413, 503)));
            MetricBatch batch = batch(shape, SECOND + 15L * round);
            received += batch.itemCount();
            destination.send(batch);
            destination.advance(Duration.ofSeconds(15));
            assertThat(destination.accountsFor(received + made(destination)))
                    .as("seed %d", seed)
                    .isTrue();
        }
        destination.advance(Duration.ofHours(2));

        assertThat(destination.intake.refusals()).as("seed %d", seed).isEmpty();
        assertThat(destination.accountsFor(received + made(destination)))
                .as("seed %d", seed)
                .isTrue();
        assertThat(destination.intake.series())
                .as("seed %d", seed)
                .filteredOn(series -> series.type() != AcceptedSeries.GAUGE)
                .flatExtracting(AcceptedSeries::points)
                .allMatch(point -> point.value() >= 0);
    }

    @RepeatedTest(10)
    @DisplayName("R8 both encodings say the same in every mode")
    void r8_bothEncodings() {
        String settings = settings("json");
        Destination json = Destination.started(settings);
        Destination protobuf = Destination.started(settings.replace("json", "protobuf"));
        Shape shape = new Shape();
        for (int round = 0; round < 5; round++) {
            MetricBatch batch = batch(shape, SECOND + 15L * round);
            for (Destination each : List.of(json, protobuf)) {
                each.send(batch);
                each.advance(Duration.ofSeconds(15));
            }
        }

        assertThat(json.intake.refusals()).as("seed %d", seed).isEmpty();
        assertThat(json.intake.series())
                .as("seed %d", seed)
                .isEqualTo(protobuf.intake.series())
                .isNotEmpty();
        assertThat(json.intake.sketches()).as("seed %d", seed).isEqualTo(protobuf.intake.sketches());
    }

    @RepeatedTest(20)
    @DisplayName("R10 rates times their intervals are what was counted, second for second")
    void r10_ratesUndone() {
        Destination destination = Destination.started("metrics: {count_as_rate: ['*'], infer_interval: true}");
        Map<Long, Double> expected = new TreeMap<>();
        List<DoublePointData> points = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long time = (SECOND - random.nextInt(30)) * 1_000_000_000L + random.nextInt(1_000_000_000);
            long start = time - random.nextLong(-2_000_000_000L, 40_000_000_000L);
            double value = random.nextInt(1000);
            points.add(DoublePointData.create(
                    random.nextInt(5) == 0 ? 0 : start, time, Batches.attributes(), value, List.of()));
            expected.merge(Math.floorDiv(time, 1_000_000_000L), value, Double::sum);
        }

        destination.send(SeriesFixture.batch(SeriesFixture.counts("c", points.toArray(DoublePointData[]::new))));
        destination.flush();

        Map<Long, Double> counted = new TreeMap<>();
        for (AcceptedSeries series : destination.intake.series()) {
            assertThat(series.type() == AcceptedSeries.RATE)
                    .as("seed %d: %s", seed, series)
                    .isEqualTo(series.interval() > 0);
            series.points().forEach(point -> {
                Double twice = counted.put(point.timestamp(), point.value() * Math.max(1, series.interval()));
                assertThat(twice).as("seed %d: two points of one second", seed).isNull();
            });
        }
        assertThat(counted.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
        expected.forEach((second, value) ->
                assertThat(counted.get(second)).as("seed %d", seed).isCloseTo(value, within(1e-6)));
    }

    private String settings(String encoding) {
        return "api_key_check: off\nmetrics: {encoding: " + encoding + ", histograms: "
                + HISTOGRAMS[random.nextInt(HISTOGRAMS.length)]
                + ", sums: "
                + oneOf("{cumulative_monotonic_mode: raw_value}", "{initial_cumulative_monotonic_value: keep}")
                + ", summaries: " + oneOf("{mode: gauges}", "{mode: noquantiles}")
                + ", infer_interval: " + random.nextBoolean() + ", count_as_rate: "
                + oneOf("[]", "['*.count']") + "}";
    }

    private static long made(Destination destination) {
        return destination.test.telemetry().count("further points made of summaries and histograms");
    }

    private String anyPath() {
        return oneOf(Route.SERIES, Route.SKETCHES).path();
    }

    /** Counters that grow or begin again, histograms of both temporalities, a summary. */
    private MetricBatch batch(Shape shape, long second) {
        List<Metric> metrics = List.of(
                SeriesFixture.metric(
                        "counter",
                        MetricDataType.DOUBLE_SUM,
                        SumData.createDoubleSumData(
                                true,
                                AggregationTemporality.CUMULATIVE,
                                List.of(number(second, "a"), number(second, "b")))),
                SeriesFixture.metric(
                        "cumulative",
                        MetricDataType.HISTOGRAM,
                        HistogramData.create(AggregationTemporality.CUMULATIVE, List.of(histogram(second)))),
                SeriesFixture.metric(
                        "delta",
                        MetricDataType.HISTOGRAM,
                        HistogramData.create(
                                AggregationTemporality.DELTA, List.of(histogram(second), histogram(second - 1)))),
                SeriesFixture.metric(
                        "summary",
                        MetricDataType.SUMMARY,
                        SummaryData.create(List.of(SummaryPointData.create(
                                0,
                                second * 1_000_000_000L,
                                Batches.attributes(),
                                random.nextInt(100),
                                random.nextInt(100),
                                List.of(ValueAtQuantile.create(oneOf(0.5, 0.9), 1)))))));
        return new MetricBatch(
                List.of(MetricGroup.of(metrics.get(0).resource(), metrics.get(0).scope(), metrics, shape)));
    }

    private DoublePointData number(long second, String tag) {
        return DoublePointData.create(
                0,
                second * 1_000_000_000L,
                Batches.attributes("k", tag),
                oneOf(Double.NaN, 1.0, (double) random.nextInt(100), 1000.0),
                List.of());
    }

    private HistogramPointData histogram(long second) {
        List<Double> bounds = oneOf(List.of(), List.of(1.0), List.of(1.0, 2.5));
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i <= bounds.size(); i++) {
            counts.add((long) random.nextInt(4));
        }
        boolean bounded = random.nextBoolean();
        return HistogramPointData.create(
                (second - 15) * 1_000_000_000L,
                second * 1_000_000_000L,
                Batches.attributes("m", "x"),
                oneOf(Double.NaN, -1.0, 5.0),
                bounded,
                1,
                bounded,
                2,
                bounds,
                counts);
    }

    @SafeVarargs
    private final <T> T oneOf(T... all) {
        return all[random.nextInt(all.length)];
    }
}
