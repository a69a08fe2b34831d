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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.exporter.datadog.FakeIntake.Point;
import tscollector.kit.delta.DeltaRules;
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
    @DisplayName("R13 a counter that nobody reports for series_ttl is forgotten, and what is tracked is reported")
    void r13_expiry() {
        Destination destination = Destination.started("series_ttl: 1h\napi_key_check: off");
        destination.send(counter(SECOND, 100));
        destination.send(counter(SECOND + 15, 130));
        destination.flush();
        assertThat(tracked(destination)).isEqualTo(1);

        destination.advance(Duration.ofMinutes(62));
        assertThat(tracked(destination)).isZero();
        destination.send(counter(SECOND + 3720, 500)); // what it counted since its start, not since 130
        destination.flush();

        assertThat(destination.intake.series().stream().flatMap(series -> series.values().values().stream()))
                .containsExactly(30.0, 500.0);
        assertThat(tracked(destination)).isEqualTo(1);
        assertThat(destination.accountsFor(3)).isTrue();
    }

    @Test
    @DisplayName("R13 the number of tracked series is bounded: further ones are dropped, counted and told")
    void r13_bound() {
        int most = DeltaRules.DEFAULT_MAX_SERIES;
        List<DoublePointData> points = new ArrayList<>();
        for (int i = 0; i < most + 3; i++) {
            points.add(DoublePointData.create(
                    SECOND * 1_000_000_000L,
                    SECOND * 1_000_000_000L,
                    Attributes.builder().put("i", i).build(),
                    i,
                    List.of()));
        }
        Destination destination = Destination.started("api_key_check: off");

        destination.send(SeriesFixture.batch(SeriesFixture.metric(
                "c",
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, points))));

        assertThat(tracked(destination)).isEqualTo(most);
        assertThat(destination.dropped("too many series")).isEqualTo(3);
        assertThat(destination.test.telemetry().warnings()).anyMatch(line -> line.contains("limit=" + most));
        assertThat(destination.accountsFor(most + 3)).isTrue();
    }

    private static long tracked(Destination destination) {
        return destination.test.telemetry().count("series remembered")
                - destination.test.telemetry().count("series forgotten");
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
