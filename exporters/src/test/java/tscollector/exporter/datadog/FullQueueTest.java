package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.consumer.DeliveryException;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.datadog.AcceptedSeries;

class FullQueueTest {
    private final Destination destination =
            Destination.started("api_key_check: off\nsending_queue: {sizer: items, queue_size: 2}\n");

    @Test
    @DisplayName(
            "R27: what was counted while the queue was full comes with the next batch, and is not counted as dropped")
    void aFullQueueLosesNoCounts() {
        destination.caller.away(true);
        destination.send(counter(0, 100)); // remembered
        destination.send(counter(15, 130));
        destination.send(counter(30, 150));
        assertThatThrownBy(() -> input(counter(45, 155))).isInstanceOfSatisfying(DeliveryException.class, refusal -> {
            assertThat(refusal.isRetryable()).isTrue();
            assertThat(refusal).hasMessage("exporter datadog: queue full");
        });
        assertThatThrownBy(() -> input(counter(60, 163))).isInstanceOf(DeliveryException.class);

        destination.caller.away(false);
        destination.advance(Duration.ofMinutes(2));
        destination.send(counter(75, 164));
        destination.advance(Duration.ofMinutes(2));

        assertThat(destination.intake.series().stream()
                        .flatMap(series -> series.points().stream())
                        .map(AcceptedSeries.Point::value))
                .containsExactly(30.0, 20.0, 14.0);
        assertThat(destination.test.telemetry().count("deltas kept for the next batch"))
                .isEqualTo(2);
        assertThat(destination.test.telemetry().dropped()).containsOnlyKeys("first value of a series");
        assertThat(destination.accountsFor(4)).isTrue(); // the other two are the caller's
    }

    private void input(MetricBatch batch) throws DeliveryException {
        Objects.requireNonNull(destination.exporter.inputs().get(Signal.METRICS))
                .consume(batch);
    }

    private static MetricBatch counter(long second, double value) {
        DoublePointData point = DoublePointData.create(
                SECOND * 1_000_000_000L, (SECOND + second) * 1_000_000_000L, Attributes.empty(), value, List.of());
        return SeriesFixture.batch(SeriesFixture.metric(
                "c",
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, List.of(point))));
    }
}
