package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.batch;
import static tscollector.exporter.datadog.SeriesFixture.gauges;
import static tscollector.exporter.datadog.SeriesFixture.histograms;
import static tscollector.exporter.datadog.SeriesFixture.metric;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.signal.Metric;
import tscollector.testkit.Batches;
import tscollector.testkit.datadog.AcceptedSketch;

class HistogramModesTest {
    private static final List<Double> BOUNDS = List.of(0.0, 0.25, 10.0);
    private static final List<Long> COUNTS = List.of(1L, 0L, 3L, 2L);

    @Test
    @DisplayName("R19 distributions, the default: a sketch and nothing else")
    void r19_distributions() {
        Destination destination = sent("{}", delta("h", COUNTS, 42.5));

        assertThat(series(destination)).isEmpty();
        assertThat(destination.intake.sketches())
                .extracting(AcceptedSketch::metric, AcceptedSketch::count)
                .containsExactly(tuple("h", 6L));
    }

    @Test
    @DisplayName("R19 distributions with aggregation metrics: the sketch stays")
    void r19_distributionsWithAggregations() {
        Destination destination = sent("{send_aggregation_metrics: true}", delta("h", COUNTS, 42.5));

        assertThat(series(destination)).containsExactly("h.count [m:x] count 6", "h.sum [m:x] count 42.5");
        assertThat(destination.intake.sketches()).hasSize(1);
    }

    @Test
    @DisplayName("R19 counters: a count for each bucket alone, tagged with both its bounds as Datadog prints them")
    void r19_counters() {
        Destination destination = sent("{mode: counters}", delta("h", COUNTS, 42.5));

        assertThat(series(destination))
                .containsExactly(
                        "h.bucket [lower_bound:-inf, m:x, upper_bound:0] count 1",
                        "h.bucket [lower_bound:0, m:x, upper_bound:0.25] count 0",
                        "h.bucket [lower_bound:0.25, m:x, upper_bound:10.0] count 3",
                        "h.bucket [lower_bound:10.0, m:x, upper_bound:inf] count 2");
        assertThat(destination.intake.sketches()).isEmpty();
        assertThat(destination.test.telemetry().count("further points made of summaries and histograms"))
                .isEqualTo(3);
        assertThat(destination.accountsFor(1 + 3)).isTrue();
    }

    @Test
    @DisplayName("R19 agent_buckets: each bucket with all below it, tagged with its upper bound, without the last")
    void r19_agentBuckets() {
        Destination destination = sent("{mode: agent_buckets}", delta("h", COUNTS, 42.5));

        assertThat(series(destination))
                .containsExactly(
                        "h.bucket [m:x, upper_bound:0] count 1",
                        "h.bucket [m:x, upper_bound:0.25] count 1",
                        "h.bucket [m:x, upper_bound:10.0] count 4");
        assertThat(destination.accountsFor(1 + 2)).isTrue();
    }

    @Test
    @DisplayName("R19 nobuckets: the aggregation metrics alone")
    void r19_nobuckets() {
        Destination destination =
                sent("{mode: nobuckets, send_aggregation_metrics: true}", delta("h", COUNTS, 42.5), bounded("b"));

        assertThat(series(destination))
                .containsExactly(
                        "h.count [m:x] count 6",
                        "h.sum [m:x] count 42.5",
                        "b.count [m:x] count 2",
                        "b.sum [m:x] count 5",
                        "b.min [m:x] gauge 1.5",
                        "b.max [m:x] gauge 3.5");
        assertThat(destination.accountsFor(2 + 4)).isTrue();
    }

    @Test
    @DisplayName("R19 aggregation metrics stand beside buckets, and other metrics stay as they are")
    void r19_countersWithAggregations() {
        Destination destination = sent(
                "{mode: agent_buckets, send_aggregation_metrics: true}",
                gauges("g", SeriesFixture.at(SECOND, 1)),
                bounded("b"));

        assertThat(series(destination))
                .containsExactly(
                        "g [] gauge 1",
                        "b.bucket [m:x, upper_bound:2.0] count 1",
                        "b.count [m:x] count 2",
                        "b.sum [m:x] count 5",
                        "b.min [m:x] gauge 1.5",
                        "b.max [m:x] gauge 3.5");
    }

    @ParameterizedTest
    @CsvSource({"counters, 'h.bucket [lower_bound:-inf, m:x, upper_bound:inf] count 4'", "agent_buckets, ''"})
    @DisplayName("R19 a histogram without bounds has one bucket; agent_buckets has none of it, which is counted")
    void r19_withoutBounds(String mode, String expected) {
        Destination destination = sent("{mode: " + mode + "}", withoutBounds());

        assertThat(series(destination)).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
        assertThat(destination.dropped("histogram without bounds")).isEqualTo(expected.isEmpty() ? 1 : 0);
        assertThat(destination.accountsFor(1)).isTrue();
    }

    @Test
    @DisplayName(
            "R19 an exponential histogram is a sketch in every mode, with the aggregation metrics if they are wanted")
    void r19_exponential() {
        Destination counters = sent("{mode: counters}", exponential());
        Destination all = sent("{mode: nobuckets, send_aggregation_metrics: true}", exponential());

        assertThat(counters.intake.sketches()).extracting(AcceptedSketch::count).containsExactly(5L);
        assertThat(series(counters)).isEmpty();
        assertThat(all.intake.sketches()).hasSize(1);
        assertThat(series(all))
                .containsExactly("e.count [m:x] count 5", "e.sum [m:x] count 50", "e.max [m:x] gauge 16");
        assertThat(all.accountsFor(1 + 3)).isTrue();
    }

    @Test
    @DisplayName("R12 R19 a cumulative histogram is made a delta first, and any falling bucket begins all of it again")
    void r12_r19_cumulative() {
        Destination destination = Destination.started(
                "metrics: {histograms: {mode: agent_buckets," + " send_aggregation_metrics: true}}");
        destination.send(batch(cumulative(SECOND - 30, List.of(5L, 5L), 10)));
        destination.send(batch(cumulative(SECOND - 20, List.of(7L, 6L), 14)));
        destination.send(batch(cumulative(SECOND - 10, List.of(6L, 9L), 16))); // the first bucket fell
        destination.send(batch(cumulative(SECOND, List.of(6L, 9L), 16)));
        destination.flush();

        assertThat(series(destination))
                .containsExactly(
                        "h.bucket [upper_bound:1.0] count 2 6 0", "h.count [] count 3 15 0", "h.sum [] count 4 16 0");
        assertThat(destination.dropped("first value of a series")).isEqualTo(1);
        assertThat(destination.accountsFor(4 + 3 * 2)).isTrue();
    }

    @Test
    @DisplayName(
            "R19 a cumulative histogram has no least and greatest value of an interval, not even when all of it counts")
    void r19_cumulativeHasNoExtremes() {
        Destination destination = Destination.started("metrics: {histograms: {mode: nobuckets,"
                + " send_aggregation_metrics: true}, sums: {initial_cumulative_monotonic_value: keep}}");
        destination.send(batch(cumulative(SECOND - 10, List.of(5L, 5L), 10)));
        destination.send(batch(cumulative(SECOND, List.of(7L, 6L), 14)));
        destination.flush();

        assertThat(series(destination)).containsExactly("h.count [] count 10 3", "h.sum [] count 10 4");
        assertThat(destination.accountsFor(2 + 2)).isTrue();
    }

    @Test
    @DisplayName("R12 a sum that fell because of negative values is no count, nor is one that is not a number")
    void r12_sums() {
        Destination destination = sent(
                "{mode: nobuckets, send_aggregation_metrics: true}",
                delta("negative", COUNTS, -4),
                delta("nan", COUNTS, Double.NaN));

        assertThat(series(destination)).containsExactly("negative.count [m:x] count 6", "nan.count [m:x] count 6");
        assertThat(destination.dropped("negative count")).isEqualTo(1);
        assertThat(destination.dropped("not a number")).isEqualTo(1);
    }

    @Test
    @DisplayName("R10 the counts of a histogram have its interval")
    void r10_interval() {
        Destination destination = Destination.started(
                "metrics: {histograms: {mode: counters}, infer_interval: true, count_as_rate: [h.bucket]}");
        destination.send(batch(delta("h", COUNTS, 1)));
        destination.flush();

        assertThat(destination.intake.series()).allSatisfy(one -> {
            assertThat(one.type()).isEqualTo(2);
            assertThat(one.interval()).isEqualTo(15);
        });
        assertThat(series(destination)).contains("h.bucket [lower_bound:0.25, m:x, upper_bound:10.0] rate 0.2");
    }

    private static Destination sent(String histograms, Metric... metrics) {
        Destination destination = Destination.started("metrics: {histograms: " + histograms + "}");
        destination.send(batch(metrics));
        destination.flush();
        assertThat(destination.intake.refusals()).isEmpty();
        return destination;
    }

    /** Name, tags, type and values of each series in the order they came. */
    private static List<String> series(Destination destination) {
        return destination.intake.series().stream()
                .map(one -> one.metric() + " " + one.tags() + " "
                        + List.of("", "count", "rate", "gauge").get(one.type())
                        + one.values().values().stream()
                                .map(value -> " "
                                        + (value == Math.rint(value) ? Long.toString((long) (double) value) : value))
                                .reduce("", String::concat))
                .toList();
    }

    private static Metric delta(String name, List<Long> counts, double sum) {
        return histograms(name, point(15, sum, false, BOUNDS, counts));
    }

    private static Metric bounded(String name) {
        return histograms(name, point(15, 5, true, List.of(2.0), List.of(1L, 1L)));
    }

    private static Metric withoutBounds() {
        return histograms("h", point(15, 5, false, List.of(), List.of(4L)));
    }

    private static HistogramPointData point(
            long seconds, double sum, boolean bounded, List<Double> bounds, List<Long> counts) {
        return HistogramPointData.create(
                (SECOND - seconds) * 1_000_000_000L,
                SECOND * 1_000_000_000L,
                Batches.attributes("m", "x"),
                sum,
                bounded,
                1.5,
                bounded,
                3.5,
                bounds,
                counts);
    }

    private static Metric cumulative(long second, List<Long> counts, double sum) {
        return metric(
                "h",
                MetricDataType.HISTOGRAM,
                HistogramData.create(
                        AggregationTemporality.CUMULATIVE,
                        List.of(HistogramPointData.create(
                                0,
                                second * 1_000_000_000L,
                                Batches.attributes(),
                                sum,
                                true,
                                0.5,
                                true,
                                1.5,
                                List.of(1.0),
                                counts))));
    }

    private static Metric exponential() {
        return metric(
                "e",
                MetricDataType.EXPONENTIAL_HISTOGRAM,
                ExponentialHistogramData.create(
                        AggregationTemporality.DELTA,
                        List.of(ExponentialHistogramPointData.create(
                                0,
                                50,
                                1,
                                false,
                                0,
                                true,
                                16,
                                ExponentialHistogramBuckets.create(0, 2, List.of(0L, 4L)),
                                ExponentialHistogramBuckets.create(0, 0, List.of()),
                                (SECOND - 15) * 1_000_000_000L,
                                SECOND * 1_000_000_000L,
                                Batches.attributes("m", "x"),
                                List.of()))));
    }
}
