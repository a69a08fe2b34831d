package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.at;
import static tscollector.exporter.datadog.SeriesFixture.batch;
import static tscollector.exporter.datadog.SeriesFixture.counts;
import static tscollector.exporter.datadog.SeriesFixture.gauges;
import static tscollector.exporter.datadog.SeriesFixture.histogram;
import static tscollector.exporter.datadog.SeriesFixture.histograms;

import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.Progress;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.testkit.datadog.AcceptedCheck;
import tscollector.testkit.datadog.AcceptedSeries;
import tscollector.testkit.datadog.AcceptedSketch;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.IntakeAnswer;
import tscollector.testkit.datadog.IntakeRequest;

/** What is sent, before the double that refuses whatever Datadog's documents do not allow. */
class StrictIntakeTest {
    /** Posts to the double, without a network. */
    private static final class ToDouble implements Shipment.Post {
        private final DatadogIntake intake;

        ToDouble(DatadogIntake intake) {
            this.intake = intake;
        }

        @Override
        public Payload payload(Route route, String contentType, byte[] plain) {
            return Compression.GZIP.payload(contentType, plain);
        }

        @Override
        public void post(Route route, Payload payload) throws DeliveryException {
            Map<String, String> headers = new HashMap<>();
            headers.put("dd-api-key", DatadogIntake.KEY);
            headers.put("content-type", payload.contentType());
            headers.put("content-encoding", "gzip");
            headers.put("user-agent", "tscollector/test");
            IntakeAnswer answer = intake.answer(new IntakeRequest("POST", route.path(), headers, payload.body()));
            if (answer.status() != 202) {
                throw DeliveryException.permanent(answer.status() + answer.body());
            }
        }
    }

    private static final class Sum implements Progress {
        private final Map<String, Long> told = new TreeMap<>();

        @Override
        public void sent(long items) {
            told.merge("sent", items, Long::sum);
        }

        @Override
        public void dropped(String reason, long items) {
            told.merge(reason, items, Long::sum);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R8 R19 R23 a strict intake takes all kinds of metrics in both encodings")
    void r8_r19_r23_theStrictIntakeTakesEverything(MetricsConfig.Encoding encoding) throws Exception {
        SeriesFixture fixture = SeriesFixture.withDefaults();
        DatadogIntake intake = new DatadogIntake(fixture.test.scheduler().clock());
        SeriesSender sender = new SeriesSender(
                fixture.test.build(),
                SeriesFixture.config(SeriesFixture.metrics(encoding, Duration.ofHours(1), false, 1), "env:prod"),
                new ToDouble(intake),
                new HostNames("this-host"));
        Sum sum = new Sum();

        sender.begin(everything()).send(sum);

        assertThat(intake.refusals()).isEmpty();
        assertThat(sum.told).containsExactly(Map.entry("sent", 6L));
        assertThat(intake.series())
                .extracting(
                        AcceptedSeries::metric, AcceptedSeries::type, AcceptedSeries::host, AcceptedSeries::interval)
                .containsExactlyInAnyOrder(
                        tuple("c.count", 1, "this-host", 0L),
                        tuple("g_g", 3, "this-host", 0L),
                        tuple("g_g", 3, "this-host", 0L));
        assertThat(intake.checks()).extracting(AcceptedCheck::status).containsExactly(2);
        assertThat(intake.sketches()).extracting(AcceptedSketch::count).containsExactly(3L, 7L);
        assertThat(intake.sketches().get(1).bins()).containsEntry(1338, 7L);
    }

    /** A count, gauges, sketches and a check run. */
    static MetricBatch everything() {
        MetricGroup health = batch(SeriesFixture.metric(
                        SeriesFixture.SERVER,
                        SeriesFixture.HEALTH,
                        "torchserve.openmetrics.health",
                        MetricDataType.DOUBLE_GAUGE,
                        GaugeData.createDoubleGaugeData(List.of(at(SECOND, 2, "error.message", "no", "a", "b")))))
                .groups()
                .get(0);
        MetricGroup numbers = batch(
                        counts("c.count", at(SECOND, 1, "x", "")),
                        gauges(
                                "g-g",
                                at(SECOND, 0.25, "k", "caf\u00e9 \u6f22,\"\n"),
                                at(SECOND, 1, "k", "x".repeat(500))),
                        histograms(
                                "h",
                                histogram(SECOND, 5, List.of(1.0, 10.0), List.of(0L, 3L, 0L)),
                                histogram(SECOND, 5, List.of(1.0), List.of(4L, 3L))))
                .groups()
                .get(0);
        return new MetricBatch(List.of(numbers, health));
    }
}
