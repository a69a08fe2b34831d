package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.exporter.datadog.CapturedScrape.Line;
import tscollector.exporter.datadog.FakeIntake.Point;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;

/** Scrapes of a real server in a row: first sight, nothing new, new models, models unregistered, restart, and all models back. */
class RecordedScrapesTest {
    private static final List<String> SCRAPES = List.of(
            "e01-metrics.http",
            "e02-metrics-again.http",
            "g03-metrics-after-batch.http",
            "h09-metrics-stale.http",
            "a02-metrics-fresh.http",
            "e01-metrics.http",
            "e02-metrics-again.http");
    private static final int INTERVAL = 15;
    private static final String ENDPOINT = "http://ts-host:8082/metrics";

    /** The Agent's rule for monotonic counts, as its documentation has it, in the simplest form. */
    private static final class AgentRule {
        private final Map<Object, Double> last = new HashMap<>();
        private boolean isFirstRun = true;

        List<Point> expected(CapturedScrape scrape, long second) {
            List<Point> points = new ArrayList<>();
            for (Line line : scrape.lines()) {
                List<String> tags = new ArrayList<>();
                line.labels().forEach((key, value) -> tags.add(key + ":" + value));
                tags.add("endpoint:" + ENDPOINT);
                tags.sort(null);
                if (!line.isCounter()) {
                    points.add(new Point(3, line.name(), tags, "this-host", second, line.value()));
                    continue;
                }
                Double before = last.put(List.of(line.name(), tags), line.value());
                double count = before == null || before > line.value() ? line.value() : line.value() - before;
                if (!isFirstRun) {
                    points.add(new Point(1, line.name(), tags, "this-host", second, count));
                }
            }
            isFirstRun = false;
            return points;
        }
    }

    /** Start times as the receiver gives them. */
    private static final class Receiver {
        private final Map<Object, Double> last = new HashMap<>();
        private final Map<Object, Long> starts = new HashMap<>();
        private long previousScrape;

        MetricBatch scrape(CapturedScrape scrape, long second) {
            long now = second * 1_000_000_000L + 987_654_321;
            Map<String, List<DoublePointData>> gauges = new LinkedHashMap<>();
            Map<String, List<DoublePointData>> counters = new LinkedHashMap<>();
            for (Line line : scrape.lines()) {
                AttributesBuilder attributes = Attributes.builder().put("endpoint", ENDPOINT);
                line.labels().forEach(attributes::put);
                Object key = List.of(line.name(), line.labels());
                Double before = last.put(key, line.value());
                if (before == null || before > line.value()) {
                    starts.put(key, previousScrape == 0 ? now : previousScrape);
                }
                (line.isCounter() ? counters : gauges)
                        .computeIfAbsent(line.name(), name -> new ArrayList<>())
                        .add(DoublePointData.create(starts.get(key), now, attributes.build(), line.value(), List.of()));
            }
            previousScrape = now;
            List<Metric> metrics = new ArrayList<>();
            gauges.forEach((name, points) -> metrics.add(
                    SeriesFixture.metric(name, MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(points))));
            counters.forEach((name, points) -> metrics.add(SeriesFixture.metric(
                    name,
                    MetricDataType.DOUBLE_SUM,
                    SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, points))));
            return SeriesFixture.batch(metrics.toArray(Metric[]::new));
        }
    }

    @Test
    @DisplayName(
            "R21 recorded scrapes give exactly what the Agent's rule predicts: name, type, tags, host, second, value")
    void r21_sequenceOfScrapes() {
        SeriesFixture exporter = SeriesFixture.withDefaults();
        AgentRule agent = new AgentRule();
        Receiver receiver = new Receiver();
        List<Point> expected = new ArrayList<>();
        long second = SeriesFixture.SECOND;
        for (String file : SCRAPES) {
            CapturedScrape scrape = CapturedScrape.read(file);
            assertThat(scrape.lines()).as(file).isNotEmpty();
            expected.addAll(agent.expected(scrape, second));

            exporter.send(receiver.scrape(scrape, second));

            exporter.advance(Duration.ofSeconds(INTERVAL));
            second += INTERVAL;
        }

        assertThat(exporter.intake.points()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(expected)
                .filteredOn(point -> point.type() == 1 && point.value() > 0)
                .hasSizeGreaterThan(20);
        assertThat(exporter.queued()).isZero();
    }

    @Test
    @DisplayName("R21 a restart of the server counts from 0, and a new model from its first request")
    void r21_theCasesByName() {
        SeriesFixture exporter = SeriesFixture.withDefaults();
        Receiver receiver = new Receiver();
        long second = SeriesFixture.SECOND;
        for (String file : SCRAPES.subList(0, 5)) {
            exporter.send(receiver.scrape(CapturedScrape.read(file), second));
            exporter.advance(Duration.ofSeconds(INTERVAL));
            second += INTERVAL;
        }

        assertThat(values(exporter, "torchserve.openmetrics.requests.2xx.count", "level:Host"))
                .containsExactly(1.0, 28.0, 10.0, 1.0);
        assertThat(values(exporter, "torchserve.openmetrics.inference.count", "model_name:batcher"))
                .containsExactly(11.0, 1.0);
    }

    private static List<Double> values(SeriesFixture exporter, String name, String tag) {
        return exporter.intake.points().stream()
                .filter(point -> point.metric().equals(name) && point.tags().contains(tag))
                .map(Point::value)
                .toList();
    }
}
