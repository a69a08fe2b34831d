package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.exporter.datadog.SeriesFixture.HEALTH;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.at;
import static tscollector.exporter.datadog.SeriesFixture.batch;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.exporter.datadog.FakeIntake.Check;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;

class ServiceCheckTest {
    private static final String OPENMETRICS = "torchserve.openmetrics.health";

    private final SeriesFixture exporter = SeriesFixture.withDefaults();

    @Test
    @DisplayName("R23 a health gauge is a check run with its message, and no metric")
    void r23_healthIsACheck() {
        exporter.send(health(
                SECOND,
                2,
                "endpoint",
                "http://h:8082/metrics",
                "torchserve.api.state",
                "unreachable",
                "error.type",
                "connection_refused",
                "error.message",
                "h:8082 refuses connections"));

        assertThat(exporter.intake.checks())
                .containsExactly(new Check(
                        OPENMETRICS,
                        "this-host",
                        List.of("endpoint:http://h:8082/metrics"),
                        2,
                        SECOND,
                        "h:8082 refuses connections"));
        assertThat(exporter.intake.points()).isEmpty();
        assertThat(exporter.test.telemetry().sent()).isEqualTo(1);
    }

    @Test
    @DisplayName("R23 a check without tags, host and message has an empty list, an empty host and no message")
    void r23_bareCheck() {
        Resource nowhere = Resource.create(Batches.attributes("datadog.host.name", ""));
        exporter.send(health(nowhere, SECOND, 0));

        assertThat(exporter.intake.checks()).containsExactly(new Check(OPENMETRICS, "", List.of(), 0, SECOND, null));
    }

    @Test
    @DisplayName("R23 checks older than ten minutes are dropped, also while they wait for their next try")
    void r23_oldChecks() {
        exporter.intake.fail(Route.CHECK_RUN, FakeIntake.busy());
        exporter.send(health(SECOND - 700, 0));
        exporter.send(health(SECOND - 599, 1));
        exporter.send(health(SECOND, 2));

        exporter.advance(Duration.ofMinutes(1));

        assertThat(exporter.intake.checks()).extracting(Check::status).containsExactly(2);
        assertThat(exporter.test.telemetry().dropped()).containsEntry("too old", 2L);
        assertThat(exporter.accounted()).isEqualTo(3);
    }

    @Test
    @DisplayName(
            "R23 unknown is never sent for a server that has not answered yet, but where the user's mapping says so")
    void r23_unknown() {
        exporter.send(health(SECOND, 3, "torchserve.api.state", "starting"));
        exporter.send(health(SECOND, 3, "phase", "odd"));

        assertThat(exporter.intake.checks()).extracting(Check::tags).containsExactly(List.of("phase:odd"));
        assertThat(exporter.test.telemetry().dropped()).containsEntry("no answer yet", 1L);
    }

    @Test
    @DisplayName("R23 what is no status is dropped and counted")
    void r23_noStatus() {
        exporter.send(health(SECOND, 4));
        exporter.send(health(SECOND, -1));
        exporter.send(health(SECOND, 0.5));
        exporter.send(health(SECOND, Double.NaN));
        exporter.send(batch(SeriesFixture.metric(
                SeriesFixture.SERVER,
                HEALTH,
                OPENMETRICS,
                MetricDataType.HISTOGRAM,
                HistogramData.create(
                        AggregationTemporality.DELTA,
                        List.of(SeriesFixture.histogram(SECOND, 1, List.of(), List.of(1L)))))));

        assertThat(exporter.intake.tries()).isZero();
        assertThat(exporter.test.telemetry().dropped())
                .containsEntry("not a check status", 4L)
                .containsEntry("not a number", 1L);
    }

    private static MetricBatch health(long second, double status, String... attributes) {
        return health(SeriesFixture.SERVER, second, status, attributes);
    }

    private static MetricBatch health(Resource resource, long second, double status, String... attributes) {
        return batch(SeriesFixture.metric(
                resource,
                HEALTH,
                OPENMETRICS,
                MetricDataType.DOUBLE_GAUGE,
                GaugeData.createDoubleGaugeData(List.of(at(second, status, attributes)))));
    }
}
