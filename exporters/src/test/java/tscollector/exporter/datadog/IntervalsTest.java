package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.at;
import static tscollector.exporter.datadog.SeriesFixture.batch;
import static tscollector.exporter.datadog.SeriesFixture.counts;
import static tscollector.exporter.datadog.SeriesFixture.gauges;
import static tscollector.exporter.datadog.SeriesFixture.metric;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.datadog.AcceptedSeries;
import tscollector.testkit.datadog.IntakeAnswer;

class IntervalsTest {
    private static final String UNKNOWN = "counts whose interval is not known";

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    @DisplayName("R10 a count has no interval by default, and its own with infer_interval; gauges never have one")
    void r10_inferInterval(String encoding) {
        Destination plain = Destination.started("metrics: {encoding: " + encoding + "}");
        Destination inferring = Destination.started("metrics: {infer_interval: true, encoding: " + encoding + "}");
        for (Destination each : List.of(plain, inferring)) {
            each.send(batch(counts("c", since(15, 30)), gauges("g", at(SECOND, 4))));
            each.flush();
        }

        assertThat(plain.intake.series())
                .extracting(AcceptedSeries::metric, AcceptedSeries::type, AcceptedSeries::interval)
                .containsExactly(tuple("c", AcceptedSeries.COUNT, 0L), tuple("g", AcceptedSeries.GAUGE, 0L));
        assertThat(inferring.intake.series())
                .extracting(AcceptedSeries::metric, AcceptedSeries::type, AcceptedSeries::interval)
                .containsExactly(tuple("c", AcceptedSeries.COUNT, 15L), tuple("g", AcceptedSeries.GAUGE, 0L));
        assertThat(inferring.intake.series().get(0).values()).containsExactly(Map.entry(SECOND, 30.0));
        assertThat(plain.test.telemetry().counts()).doesNotContainKey(UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "15000, 15, 15",
        "14950, 15, 15",
        "15050, 15, 15",
        "14949, 0, 15",
        "15051, 0, 15",
        "15499, 0, 15",
        "15500, 0, 16",
        "500, 0, 1",
        "499, 0, 0",
        "40, 0, 0", // within 0.05 s of no second at all
        "0, 0, 0",
        "-5000, 0, 0",
        "3600000, 3600, 3600"
    })
    @DisplayName("R10 the interval is end minus start: near a whole second to be inferred, the nearest one for rates")
    void r10_interval(long millis, long inferred, long rounded) {
        long time = SECOND * 1_000_000_000L;

        assertThat(Interval.inferred(time - millis * 1_000_000, time)).isEqualTo(inferred);
        assertThat(Interval.rounded(time - millis * 1_000_000, time)).isEqualTo(rounded);
    }

    @Test
    @DisplayName("R10 without a start time nobody knows the interval")
    void r10_noStart() {
        assertThat(Interval.inferred(0, SECOND * 1_000_000_000L)).isZero();
        assertThat(Interval.rounded(0, SECOND * 1_000_000_000L)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    @DisplayName("R10 a count of count_as_rate leaves as rate with its interval, exactly named or by a pattern")
    void r10_rates(String encoding) {
        Destination destination =
                Destination.started("metrics: {count_as_rate: [named, 'a.*.count'], encoding: " + encoding + "}");

        destination.send(batch(
                counts("named", since(15, 30)),
                counts("a.b.c.count", since(10, 5)),
                counts("a.b.count.not", since(10, 5)),
                gauges("a.gauge.count", at(SECOND, 7))));
        destination.flush();

        assertThat(destination.intake.series())
                .extracting(
                        AcceptedSeries::metric,
                        AcceptedSeries::type,
                        AcceptedSeries::interval,
                        series -> series.values().get(SECOND))
                .containsExactly(
                        tuple("named", AcceptedSeries.RATE, 15L, 2.0),
                        tuple("a.b.c.count", AcceptedSeries.RATE, 10L, 0.5),
                        tuple("a.b.count.not", AcceptedSeries.COUNT, 0L, 5.0),
                        tuple("a.gauge.count", AcceptedSeries.GAUGE, 0L, 7.0));
    }

    @Test
    @DisplayName("R10 a count whose interval cannot be inferred stays a count, and is counted")
    void r10_unknownInterval() {
        Destination destination = Destination.started("metrics: {count_as_rate: [c]}");

        destination.send(batch(counts(
                "c",
                at(SECOND, 8, "start", "none"),
                since(0, 9, "start", "is the time"),
                since(-4, 10, "start", "is later"))));
        destination.flush();

        assertThat(destination.intake.series())
                .extracting(
                        AcceptedSeries::type,
                        AcceptedSeries::interval,
                        series -> series.values().get(SECOND))
                .containsExactly(
                        tuple(AcceptedSeries.COUNT, 0L, 8.0),
                        tuple(AcceptedSeries.COUNT, 0L, 9.0),
                        tuple(AcceptedSeries.COUNT, 0L, 10.0));
        assertThat(destination.test.telemetry().counts()).containsEntry(UNKNOWN, 3L);
    }

    @Test
    @DisplayName("R10 counters that we make counts of have the interval since their last point")
    void r10_ownDeltas() {
        Destination destination = Destination.started("metrics: {count_as_rate: ['*']}");
        destination.send(counter(SECOND - 40, 100));
        destination.send(counter(SECOND - 30, 130));
        destination.send(counter(SECOND, 190));
        destination.flush();

        assertThat(destination.intake.series())
                .extracting(AcceptedSeries::type, AcceptedSeries::interval, AcceptedSeries::values)
                .containsExactly(
                        tuple(AcceptedSeries.RATE, 10L, Map.of(SECOND - 30, 3.0)),
                        tuple(AcceptedSeries.RATE, 30L, Map.of(SECOND, 2.0)));
    }

    @Test
    @DisplayName("R10 R14 points of one series and second are added up whatever their intervals, so that none is lost")
    void r10_r14_sameSecond() {
        Destination destination = Destination.started("metrics: {count_as_rate: [c], infer_interval: true}");

        destination.send(batch(
                counts("c", since(10, 30), since(0, 20), since(20, 50)), counts("other", since(10, 1), since(20, 2))));
        destination.flush();

        assertThat(destination.intake.series())
                .extracting(AcceptedSeries::metric, AcceptedSeries::interval, AcceptedSeries::values)
                .containsExactly(tuple("c", 10L, Map.of(SECOND, 10.0)), tuple("other", 10L, Map.of(SECOND, 3.0)));
        assertThat(destination.accountsFor(5)).isTrue();
    }

    @Test
    @DisplayName("R10 a rate that is halved after a 413 keeps interval and value")
    void r10_afterHalving() {
        Destination destination = Destination.started("metrics: {count_as_rate: [c]}");
        destination.intake.script("/api/v2/series", IntakeAnswer.of(413));

        destination.send(batch(counts("c", since(10, 30), point(SECOND - 70, SECOND - 60, 40))));
        destination.flush();

        assertThat(destination.intake.series())
                .extracting(AcceptedSeries::interval, AcceptedSeries::values)
                .containsExactlyInAnyOrder(tuple(10L, Map.of(SECOND, 3.0)), tuple(10L, Map.of(SECOND - 60, 4.0)));
    }

    /** A point of {@link SeriesFixture#SECOND}. */
    private static DoublePointData since(long seconds, double value, String... attributes) {
        return point(SECOND - seconds, SECOND, value, attributes);
    }

    private static DoublePointData point(long start, long second, double value, String... attributes) {
        return DoublePointData.create(
                start * 1_000_000_000L, second * 1_000_000_000L, Batches.attributes(attributes), value, List.of());
    }

    private static MetricBatch counter(long second, double value) {
        return batch(metric(
                "c",
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(
                        true,
                        AggregationTemporality.CUMULATIVE,
                        List.of(DoublePointData.create(
                                (SECOND - 40) * 1_000_000_000L,
                                second * 1_000_000_000L,
                                Attributes.empty(),
                                value,
                                List.of())))));
    }
}
