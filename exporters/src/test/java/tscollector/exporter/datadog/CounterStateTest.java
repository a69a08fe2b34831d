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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.exporter.datadog.FakeIntake.Point;
import tscollector.signal.MetricBatch;
import tscollector.testkit.FakeHost;
import tscollector.testkit.MemoryStorage;

class CounterStateTest {
    private final MemoryStorage disk = new MemoryStorage();
    private final FakeHost host = new FakeHost().with("file_storage", disk);

    @Test
    @DisplayName("R11 with storage a restart of this process makes neither a gap nor a spike")
    void r11_restart() throws Exception {
        SeriesFixture before = SeriesFixture.withStorage("file_storage");
        before.sender.start(host);
        before.send(counter(SECOND, 100));
        before.send(counter(SECOND + 15, 130));
        before.sender.shutdown(
                Deadline.in(Duration.ofSeconds(5), before.test.scheduler().clock()));

        SeriesFixture after = SeriesFixture.withStorage("file_storage");
        after.sender.start(host);
        after.send(counter(SECOND + 45, 170));

        assertThat(before.intake.points()).extracting(Point::value).containsExactly(30.0);
        assertThat(after.intake.points()).extracting(Point::value).containsExactly(40.0);
    }

    @Test
    @DisplayName("R11 what was stored every ten seconds survives a kill")
    void r11_kill() throws Exception {
        SeriesFixture before = SeriesFixture.withStorage("file_storage");
        before.sender.start(host);
        before.send(counter(SECOND, 100));
        before.advance(Duration.ofSeconds(11));

        SeriesFixture after = SeriesFixture.withStorage("file_storage");
        after.sender.start(host);
        after.send(counter(SECOND + 15, 130));

        assertThat(after.intake.points()).extracting(Point::value).containsExactly(30.0);
    }

    @Test
    void aStorageThatIsNotThereKeepsTheExporterFromStarting() {
        SeriesFixture exporter = SeriesFixture.withStorage("nowhere");

        assertThatThrownBy(() -> exporter.sender.start(host)).isInstanceOf(StartException.class);
    }

    private static MetricBatch counter(long second, double value) {
        DoublePointData point = DoublePointData.create(
                SECOND * 1_000_000_000L, second * 1_000_000_000L, Attributes.empty(), value, List.of());
        return SeriesFixture.batch(SeriesFixture.metric(
                "c",
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, List.of(point))));
    }
}
