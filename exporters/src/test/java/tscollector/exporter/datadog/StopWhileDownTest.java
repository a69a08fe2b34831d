package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.kit.delivery.Delivery;
import tscollector.signal.MetricBatch;
import tscollector.testkit.MemoryStorage;
import tscollector.testkit.TestContext;
import tscollector.testkit.datadog.AcceptedSeries;
import tscollector.testkit.datadog.IntakeAnswer;

/** A stop while the intake is away: what was counted comes with the next life, if the intake surely does not have it. */
class StopWhileDownTest {
    private static final String SERIES = "/api/v2/series";
    private static final String KEPT = "deltas kept for the next batch";

    private final MemoryStorage disk = new MemoryStorage();

    @Test
    @DisplayName(
            "R32 stopped with the intake down and started again: nothing that was counted is lost, and nothing is twice")
    void r32NothingIsLostAndNothingTwice() {
        Destination before = life("storage: file_storage");
        before.send(counter(0, 100)); // remembered
        before.send(counter(15, 130));
        before.flush();
        before.caller.away(true);
        before.send(counter(30, 150));
        before.flush();
        before.send(counter(45, 157));
        before.send(counter(60, 160));
        before.shutdown();

        Destination after = life("storage: file_storage");
        after.send(counter(90, 172));
        after.flush();

        assertThat(values(before)).containsExactly(30.0);
        assertThat(values(after)).containsExactly(20.0 + 7.0 + 3.0 + 12.0);
        assertThat(before.test.telemetry().count(KEPT)).isEqualTo(3);
        assertThat(before.test.telemetry().dropped()).containsOnlyKeys("first value of a series");
        assertThat(before.accountsFor(5 - 3)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("R32 an answer that says that nothing was taken keeps it, too")
    @ValueSource(ints = {403, 404, 429, 503})
    void r32RefusedForNow(int status) {
        Destination before = life("storage: file_storage");
        before.intake.always(SERIES, IntakeAnswer.of(status));

        assertThat(overTheStop(before)).containsExactly(30.0 + 12.0);
        assertThat(before.dropped(Delivery.STOPPED)).isZero();
    }

    @ParameterizedTest
    @DisplayName("R32 what the intake may have taken is not sent again: lost, and counted")
    @ValueSource(ints = {0, 408, 500, 502, 504})
    void r32OutcomeUnknown(int status) {
        Destination before = life("storage: file_storage");
        before.intake.always(SERIES, status == 0 ? IntakeAnswer.none() : IntakeAnswer.of(status));

        assertThat(overTheStop(before)).containsExactly(12.0);
        assertThat(before.dropped(Delivery.STOPPED)).isEqualTo(1);
        assertThat(before.test.telemetry().count(KEPT)).isZero();
    }

    @Test
    @DisplayName("R32 one answer of many tries that leaves it open is enough")
    void r32OnceUnknownAlwaysUnknown() {
        Destination before = life("storage: file_storage");
        before.intake.always(SERIES, IntakeAnswer.of(503));
        before.intake.script(SERIES, IntakeAnswer.of(503), IntakeAnswer.of(504), IntakeAnswer.of(503));
        before.send(counter(0, 100));
        before.send(counter(15, 130));
        before.advance(Duration.ofMinutes(2));
        before.shutdown();

        assertThat(before.dropped(Delivery.STOPPED)).isEqualTo(1);
        assertThat(before.test.telemetry().count(KEPT)).isZero();
    }

    @Test
    @DisplayName("R32 a gauge cannot be told later: it is lost and counted, beside a counter that is kept")
    void r32GaugesAreLost() {
        Destination before = life("storage: file_storage");
        before.send(counter(0, 100));
        before.flush();
        before.caller.away(true);
        before.send(counter(15, 130));
        before.send(SeriesFixture.batch(SeriesFixture.metric(
                "g", MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(List.of(point(15, 1))))));
        before.flush();
        before.shutdown();

        assertThat(before.dropped(Delivery.STOPPED)).isEqualTo(1);
        assertThat(before.test.telemetry().count(KEPT)).isEqualTo(1);
    }

    @Test
    @DisplayName("R32 without a storage nothing outlives the process, and all is counted as lost")
    void r32WithoutStorage() {
        Destination before = life("");
        before.send(counter(0, 100));
        before.caller.away(true);
        before.send(counter(15, 130));
        before.flush();
        before.shutdown();

        assertThat(before.dropped(Delivery.STOPPED)).isEqualTo(1);
        assertThat(before.test.telemetry().count(KEPT)).isZero();
    }

    @Test
    @DisplayName("R32 what was lost as too old is not sent after all")
    void r32TooOldStaysLost() {
        Destination before = life("storage: file_storage");
        before.send(counter(0, 100));
        before.flush();
        before.caller.away(true);
        before.send(counter(15, 130)); // in a request of its own
        before.flush();
        before.advance(Duration.ofMinutes(59));
        before.send(counter(3540, 137));
        before.advance(Duration.ofMinutes(3));
        before.shutdown();

        assertThat(before.dropped(DropReasons.TOO_OLD)).isEqualTo(1);
        assertThat(before.test.telemetry().count(KEPT)).isEqualTo(1);
        Destination after = life("storage: file_storage");
        after.advance(Duration.ofHours(1));
        after.send(counter(3700, 138));
        after.flush();
        assertThat(values(after)).containsExactly(7.0 + 1.0);
    }

    @Test
    @DisplayName("R32 requests end before the time does, so that there is some for keeping what is left")
    void r32TimeForKeeping() {
        assertThat(DatadogExporter.timeToSend(Duration.ofSeconds(8))).isEqualTo(Duration.ofSeconds(7));
        assertThat(DatadogExporter.timeToSend(Duration.ofSeconds(2))).isEqualTo(Duration.ofMillis(1500));
        assertThat(DatadogExporter.timeToSend(Duration.ZERO)).isZero();
    }

    /** Something is counted that is not delivered before the stop; returns what the next life sends. */
    private List<Double> overTheStop(Destination before) {
        before.send(counter(0, 100));
        before.send(counter(15, 130));
        before.flush();
        before.shutdown();

        Destination after = life("storage: file_storage");
        after.send(counter(90, 142));
        after.flush();
        return values(after);
    }

    private Destination life(String yaml) {
        TestContext test = new TestContext("datadog");
        test.host().with("file_storage", disk);
        Destination destination = new Destination(test, "api_key_check: off\n" + yaml + "\n");
        destination.start();
        return destination;
    }

    private static List<Double> values(Destination destination) {
        return destination.intake.series().stream()
                .flatMap(series -> series.points().stream())
                .map(AcceptedSeries.Point::value)
                .toList();
    }

    private static MetricBatch counter(long second, double value) {
        return SeriesFixture.batch(SeriesFixture.metric(
                "c",
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, List.of(point(second, value)))));
    }

    private static DoublePointData point(long second, double value) {
        return DoublePointData.create(
                SECOND * 1_000_000_000L, (SECOND + second) * 1_000_000_000L, Attributes.empty(), value, List.of());
    }
}
