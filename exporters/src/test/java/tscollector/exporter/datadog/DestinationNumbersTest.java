package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.component.Status;
import tscollector.kit.delivery.Delivery;
import tscollector.signal.ExposedType;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.RecordingTelemetry;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.IntakeAnswer;

/** R34: what an operator can ask one destination, asked while its intake is down, up again, and refuses the key. */
class DestinationNumbersTest {
    private final Destination destination = new Destination("");
    private final RecordingTelemetry all = destination.test.telemetry();
    private final RecordingTelemetry metrics = all.of(Signal.METRICS);
    private final RecordingTelemetry logs = all.of(Signal.LOGS);

    @Test
    @DisplayName(
            "R34: down: queue bytes, queue items, oldest age and retries of each signal, and the last status of each route")
    void whileTheIntakeIsDown() {
        destination.caller.away(true);
        destination.start();
        assertThat(all.levels())
                .containsOnlyKeys(
                        "metrics queue items",
                        "metrics queue bytes",
                        "metrics queue oldest",
                        "logs queue items",
                        "logs queue bytes",
                        "logs queue oldest");
        assertThat(all.levels().values()).containsOnly(0L);

        destination.send(gauges(5));
        destination.advance(Duration.ofSeconds(100));
        destination.send(gauges(2));
        destination.send(new Records().log("a").log("b").log("c").batch());
        destination.advance(Duration.ofSeconds(80));

        assertThat(all.levels())
                .containsEntry("metrics queue items", 7L)
                .containsEntry("metrics queue oldest", 180L)
                .containsEntry("logs queue items", 3L)
                .containsEntry("logs queue oldest", 80L);
        assertThat(all.levels().get("metrics queue bytes")).isBetween(7 * 48L, 7 * 200L);
        assertThat(all.levels().get("logs queue bytes")).isPositive();
        assertThat(metrics.count(Delivery.RETRIES)).isBetween(3L, 8L);
        assertThat(logs.count(Delivery.RETRIES)).isBetween(2L, 6L);
        assertThat(all.count(Delivery.RETRIES))
                .isEqualTo(metrics.count(Delivery.RETRIES) + logs.count(Delivery.RETRIES));
        assertThat(all.states())
                .containsEntry("series", "no answer")
                .containsEntry("logs", "no answer")
                .containsEntry("key validation", "no answer")
                .containsEntry("key", "not known yet");
    }

    @Test
    @DisplayName(
            "R34: up again: sent and dropped by reason of each signal, the last status of each route, the key is valid")
    void whenTheIntakeIsBack() {
        destination.caller.away(true);
        destination.start();
        destination.send(gauges(5));
        destination.send(new Records().log("a").batch());
        destination.advance(Duration.ofMinutes(59));
        destination.send(gauges(2, Duration.ofMinutes(59)));
        destination.advance(Duration.ofMinutes(3)); // the first five are too old for the intake now
        destination.caller.away(false);
        destination.advance(Duration.ofMinutes(1));
        destination.intake.script(Destination.LOGS, IntakeAnswer.of(400));
        destination.send(new Records().log("b").batch());
        destination.flush();

        assertThat(metrics.sent()).isEqualTo(2);
        assertThat(metrics.dropped()).containsOnly(Map.entry(DropReasons.TOO_OLD, 5L));
        assertThat(logs.sent()).isEqualTo(1);
        assertThat(logs.dropped()).containsOnly(Map.entry(Delivery.REFUSED, 1L));
        assertThat(all.sent()).isEqualTo(3);
        assertThat(all.levels().values()).containsOnly(0L);
        assertThat(all.states())
                .containsEntry("series", "202")
                .containsEntry("logs", "400")
                .containsEntry("key", "valid");
    }

    @Test
    @DisplayName(
            "R34: the key is refused: its validity shows at once, what waits too, and both are over when it is taken")
    void whileTheKeyIsRefused() {
        destination.start();
        assertThat(all.states()).containsEntry("key", "valid").containsEntry("key validation", "200");
        destination.intake.setKeys("another");

        destination.send(gauges(4));
        destination.flush();
        assertThat(all.states()).containsEntry("key", "refused").containsEntry("series", "403");
        assertThat(all.levels()).containsEntry("metrics queue items", 4L);
        assertThat(destination.test.host().statuses())
                .last()
                .extracting(Status::level)
                .isEqualTo(Status.Level.RECOVERABLE_ERROR);

        destination.intake.setKeys(DatadogIntake.KEY);
        destination.advance(Duration.ofMinutes(2));
        assertThat(all.states()).containsEntry("key", "valid").containsEntry("series", "202");
        assertThat(all.levels()).containsEntry("metrics queue items", 0L).containsEntry("metrics queue oldest", 0L);
    }

    @Test
    @DisplayName(
            "R34: what is lost at the stop is told by signal, and nothing is shown of an exporter that has stopped")
    void afterTheStop() {
        destination.caller.away(true);
        destination.start();
        destination.send(gauges(3));
        destination.send(new Records().log("a").batch());

        destination.shutdown();

        assertThat(metrics.dropped()).containsEntry(Delivery.STOPPED, 3L);
        assertThat(logs.dropped()).containsEntry(Delivery.STOPPED, 1L);
        assertThat(all.levels()).isEmpty();
    }

    private static MetricBatch gauges(int count) {
        return gauges(count, Duration.ZERO);
    }

    /** Gauges with points so long after the start of the test. */
    private static MetricBatch gauges(int count, Duration later) {
        long time = Batches.TIME + later.toNanos();
        Batches batch = new Batches();
        for (int i = 0; i < count; i++) {
            batch.add(
                    "g" + i,
                    MetricDataType.DOUBLE_GAUGE,
                    GaugeData.createDoubleGaugeData(
                            List.of(DoublePointData.create(time, time, Attributes.empty(), i, List.of()))),
                    ExposedType.GAUGE);
        }
        return batch.batch();
    }
}
