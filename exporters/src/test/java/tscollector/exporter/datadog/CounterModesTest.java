package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.batch;
import static tscollector.exporter.datadog.SeriesFixture.metric;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;
import tscollector.testkit.datadog.AcceptedSeries;

class CounterModesTest {
    private static final String FIRST = "first value of a series";

    /** The process of the tests begins at {@link SeriesFixture#SECOND}. */
    @ParameterizedTest
    @CsvSource({
        "agent, -30, 5 4",
        "agent, 2, 5 4",
        "agent, 10, 4", // begins with its first point
        "agent, none, 4",
        "auto, -30, 4",
        "auto, 2, 5 4",
        "auto, 10, 4",
        "auto, none, 4",
        "keep, -30, 5 4",
        "keep, 10, 5 4",
        "keep, none, 5 4",
        "drop, -30, 4",
        "drop, 2, 4",
        "drop, 10, 4",
        "drop, none, 4"
    })
    @DisplayName("R11 each rule for first values, 5 then 9")
    void r11_firstValues(String rule, String start, String sent) {
        Destination destination = with("initial_cumulative_monotonic_value: " + rule);
        long from = start.equals("none") ? 0 : SECOND + Long.parseLong(start);

        destination.send(batch(counter("c", point(from, SECOND + 10, 5))));
        destination.send(batch(counter("c", point(from, SECOND + 20, 9))));
        destination.flush();

        assertThat(values(destination)).isEqualTo(numbers(sent));
        assertThat(destination.accountsFor(2)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"agent, 5 7 9", "keep, 5 7 9", "auto, 5 7 9", "drop, ''"})
    @DisplayName("R11 the rule holds for every point of a batch, not just the first (mapping-go #277)")
    void r11_everyPoint(String rule, String sent) {
        Destination destination = with("initial_cumulative_monotonic_value: " + rule);

        destination.send(batch(counter(
                "c",
                point(SECOND + 1, SECOND + 10, 5, "k", "a"),
                point(SECOND + 1, SECOND + 10, 7, "k", "b"),
                point(SECOND + 1, SECOND + 10, 9, "k", "c"))));
        destination.flush();

        assertThat(values(destination)).isEqualTo(numbers(sent));
        assertThat(destination.accountsFor(3)).isTrue();
        if (sent.isEmpty()) {
            assertThat(destination.dropped(FIRST)).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("R11 both columns of datadog-intake.md 7.3: 5 9 2 4, then a label set that appears with 7")
    void r11_bothColumns() {
        for (String rule : List.of("agent", "auto")) {
            Destination destination = with("initial_cumulative_monotonic_value: " + rule);
            boolean knowsStarts = rule.equals("agent"); // the other column has a scrape without start times
            long first = knowsStarts ? SECOND : 0;
            long restarted = knowsStarts ? SECOND + 20 : 0;
            destination.send(batch(counter("c", point(first, SECOND, 5))));
            destination.send(batch(counter("c", point(first, SECOND + 10, 9))));
            destination.send(batch(counter("c", point(restarted, SECOND + 25, 2))));
            destination.send(batch(counter(
                    "c",
                    point(restarted, SECOND + 35, 4),
                    point(knowsStarts ? SECOND + 25 : 0, SECOND + 35, 7, "k", "new"))));
            destination.flush();

            assertThat(values(destination)).describedAs(rule).isEqualTo(numbers(knowsStarts ? "4 2 2 7" : "4 2"));
            assertThat(destination.accountsFor(5)).isTrue();
        }
    }

    @Test
    @DisplayName("R11 raw_value sends counters as gauges, each point as it is, and deltas as counts all the same")
    void r11_rawValue() {
        Destination destination = with("cumulative_monotonic_mode: raw_value");
        Metric delta = metric(
                "d",
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(
                        true, AggregationTemporality.DELTA, List.of(point(SECOND - 10, SECOND + 20, 3))));

        destination.send(batch(counter("c", point(0, SECOND + 10, 5))));
        destination.send(batch(counter("c", point(0, SECOND + 20, 9)), delta));
        destination.send(batch(counter("c", point(0, SECOND + 30, 2))));
        destination.flush();

        assertThat(destination.intake.series())
                .extracting(AcceptedSeries::metric, AcceptedSeries::type)
                .contains(tuple("c", AcceptedSeries.GAUGE), tuple("d", AcceptedSeries.COUNT));
        assertThat(destination.intake.series().stream()
                        .filter(series -> series.metric().equals("c"))
                        .flatMap(series -> series.values().values().stream()))
                .containsExactly(5.0, 9.0, 2.0);
        assertThat(destination.dropped()).isZero();
        assertThat(destination.accountsFor(4)).isTrue();
    }

    @Test
    @DisplayName("R11 raw values of one second are gauges: the last stays, and none is held back")
    void r11_rawValuesOfOneSecond() {
        Destination destination = with("cumulative_monotonic_mode: raw_value");
        Shape shape = new Shape();

        for (int value = 5; value <= 6; value++) {
            Metric counter = counter("c", point(0, SECOND, value));
            destination.send(new MetricBatch(
                    List.of(MetricGroup.of(counter.resource(), counter.scope(), List.of(counter), shape))));
        }
        destination.flush();

        assertThat(values(destination)).containsExactly(6.0);
        assertThat(destination.test.telemetry().counts()).doesNotContainKey("counters asked more than once a second");
    }

    @Test
    @DisplayName(
            "R11 raw_value leaves what is in summaries and histograms differences, as the reference translator does")
    void r11_rawValueOfTheRest() {
        Destination destination = with("cumulative_monotonic_mode: raw_value");

        destination.send(batch(summary(SECOND + 10, 4, 10), histogram(SECOND + 10, 2)));
        destination.send(batch(summary(SECOND + 20, 6, 13), histogram(SECOND + 20, 5)));
        destination.flush();

        assertThat(destination.intake.series())
                .extracting(
                        AcceptedSeries::metric,
                        AcceptedSeries::type,
                        series -> series.values().get(SECOND + 20))
                .containsExactlyInAnyOrder(
                        tuple("s.count", AcceptedSeries.COUNT, 2.0), tuple("s.sum", AcceptedSeries.COUNT, 3.0));
        assertThat(destination.intake.sketches())
                .singleElement()
                .satisfies(sketch -> assertThat(sketch.count()).isEqualTo(3));
    }

    private static Destination with(String sums) {
        return Destination.started("metrics: {sums: {" + sums + "}, summaries: {mode: noquantiles}}");
    }

    private static List<Double> values(Destination destination) {
        List<Double> values = new ArrayList<>();
        destination
                .intake
                .series()
                .forEach(series -> values.addAll(series.values().values()));
        return values;
    }

    private static List<Double> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
    }

    private static DoublePointData point(long start, long second, double value, String... attributes) {
        return DoublePointData.create(
                start * 1_000_000_000L, second * 1_000_000_000L, Batches.attributes(attributes), value, List.of());
    }

    private static Metric counter(String name, DoublePointData... points) {
        return metric(
                name,
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, List.of(points)));
    }

    private static Metric summary(long second, long count, double sum) {
        return metric(
                "s",
                MetricDataType.SUMMARY,
                SummaryData.create(List.of(SummaryPointData.create(
                        0,
                        second * 1_000_000_000L,
                        Attributes.empty(),
                        count,
                        sum,
                        List.of(ValueAtQuantile.create(0.5, 1))))));
    }

    private static Metric histogram(long second, long count) {
        return metric(
                "h",
                MetricDataType.HISTOGRAM,
                HistogramData.create(
                        AggregationTemporality.CUMULATIVE,
                        List.of(HistogramPointData.create(
                                0,
                                second * 1_000_000_000L,
                                Attributes.empty(),
                                (double) count,
                                false,
                                0,
                                false,
                                0,
                                List.of(1.0),
                                List.of(count, 0L)))));
    }
}
