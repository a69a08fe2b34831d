package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.at;
import static tscollector.exporter.datadog.SeriesFixture.batch;
import static tscollector.exporter.datadog.SeriesFixture.counts;
import static tscollector.exporter.datadog.SeriesFixture.gauges;
import static tscollector.exporter.datadog.SeriesFixture.metric;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tscollector.exporter.datadog.FakeIntake.Point;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;

class MetricMappingTest {
    private static final int COUNT = 1;
    private static final int GAUGE = 3;

    private final SeriesFixture exporter = SeriesFixture.withDefaults();

    @Test
    @DisplayName(
            "R8 both encodings yield the same points, with whole seconds and nothing that the intake does not know")
    void r8_bothEncodingsSayTheSame() {
        SeriesFixture json = SeriesFixture.of(new FakeIntake(), SeriesFixture.json(), "env:prod");
        SeriesFixture protobuf = SeriesFixture.of(new FakeIntake(), MetricsConfig.defaults(), "env:prod");
        for (SeriesFixture each : List.of(json, protobuf)) {
            each.send(batch(
                    gauges("a.b", at(SECOND, 0.1, "k", "v\"\\\n\u00e9\u6f22"), at(SECOND - 1, -0.0), at(SECOND, 1e300)),
                    counts("c.count", at(SECOND, 7, "x", ""), at(SECOND - 3000, 9_007_199_254_740_992d))));
        }

        assertThat(json.intake.points()).isEqualTo(protobuf.intake.points()).hasSize(5);
        assertThat(json.intake.points())
                .contains(new Point(
                        GAUGE, "a.b", List.of("env:prod", "k:v\"\\\n\u00e9\u6f22"), "this-host", SECOND, 0.1));
        assertThat(json.intake.taken().get(0).contentType()).isEqualTo("application/json");
        assertThat(protobuf.intake.taken().get(0).contentType()).isEqualTo("application/x-protobuf");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "DEFLATE", "NONE"})
    void theBodyHasTheCodingItClaims(Compression compression) {
        SeriesFixture compressed = SeriesFixture.of(new FakeIntake(compression));

        compressed.send(batch(gauges("a", at(SECOND, 1))));

        assertThat(compressed.intake.points()).hasSize(1);
    }

    @Test
    @DisplayName("R10 what was counted is a count without interval, everything else a gauge")
    void r10_typesAsInTheTable() {
        exporter.send(batch(
                counts("delta", at(SECOND, 1)),
                metric(
                        "delta.up.and.down",
                        MetricDataType.DOUBLE_SUM,
                        SumData.createDoubleSumData(false, AggregationTemporality.DELTA, List.of(at(SECOND, 2)))),
                metric(
                        "level",
                        MetricDataType.DOUBLE_SUM,
                        SumData.createDoubleSumData(false, AggregationTemporality.CUMULATIVE, List.of(at(SECOND, -3)))),
                gauges("gauge", at(SECOND, 4)),
                metric("long.gauge", MetricDataType.LONG_GAUGE, GaugeData.createLongGaugeData(List.of(whole(5)))),
                metric(
                        "long.delta",
                        MetricDataType.LONG_SUM,
                        SumData.createLongSumData(true, AggregationTemporality.DELTA, List.of(whole(6))))));

        assertThat(exporter.intake.points())
                .extracting(Point::metric, Point::type, Point::value)
                .containsExactlyInAnyOrder(
                        tuple("delta", COUNT, 1.0),
                        tuple("delta.up.and.down", COUNT, 2.0),
                        tuple("level", GAUGE, -3.0),
                        tuple("gauge", GAUGE, 4.0),
                        tuple("long.gauge", GAUGE, 5.0),
                        tuple("long.delta", COUNT, 6.0));
    }

    @Test
    @DisplayName("R11 R13 counters count from their second point on, and points that are not newer are dropped")
    void r11_r13_countersBecomeDifferences() {
        exporter.send(counter(SECOND - 30, SECOND - 30, 5));
        exporter.send(counter(SECOND - 30, SECOND - 20, 9));
        exporter.send(counter(SECOND - 30, SECOND - 20, 11));
        exporter.send(counter(SECOND - 20, SECOND - 10, 2));
        exporter.send(counter(SECOND - 20, SECOND, 4));

        assertThat(exporter.intake.points())
                .extracting(Point::second, Point::value)
                .containsExactly(tuple(SECOND - 20, 4.0), tuple(SECOND - 10, 2.0), tuple(SECOND, 2.0));
        assertThat(exporter.test.telemetry().dropped()).containsEntry("not newer than the last point", 1L);
    }

    @Test
    @DisplayName("R12 neither NaN nor infinity nor a negative count is sent; each is counted")
    void r12_whatIsNoValueIsDropped() {
        exporter.send(batch(
                gauges("g", at(SECOND, Double.NaN, "a", "1"), at(SECOND, Double.NEGATIVE_INFINITY, "a", "2")),
                counts(
                        "c",
                        at(SECOND, -1, "a", "1"),
                        at(SECOND, Double.POSITIVE_INFINITY, "a", "2"),
                        at(SECOND, 0, "a", "3"))));

        assertThat(exporter.intake.points()).extracting(Point::metric).containsExactly("c");
        assertThat(exporter.test.telemetry().dropped())
                .containsEntry("not a number", 3L)
                .containsEntry("negative count", 1L);
        assertThat(exporter.test.telemetry().sent()).isEqualTo(1);
    }

    @Test
    @DisplayName("R14 points of one series and second become one: counts are added up, of gauges the last stays")
    void r14_onePointForEachSecond() {
        exporter.send(batch(
                counts(
                        "c",
                        at(SECOND, 1, "k", "v"),
                        at(SECOND, 2, "k", "v"),
                        at(SECOND - 1, 4, "k", "v"),
                        at(SECOND, 8, "k", "v")),
                gauges("g", at(SECOND, 1), at(SECOND, 3), at(SECOND, 2))));

        assertThat(exporter.intake.points())
                .extracting(Point::metric, Point::second, Point::value)
                .containsExactlyInAnyOrder(
                        tuple("c", SECOND, 11.0), tuple("c", SECOND - 1, 4.0), tuple("g", SECOND, 2.0));
        assertThat(exporter.test.telemetry().sent()).isEqualTo(7);
    }

    @Test
    @DisplayName("R14 the same series in two batches of one request is one series too")
    void r14_acrossBatches() {
        exporter.hand(batch(counts("c", at(SECOND, 1, "k", "v")), gauges("up", at(SECOND, 1))));
        exporter.send(batch(counts("c", at(SECOND, 2, "k", "v"), at(SECOND - 5, 9, "k", "v"))));

        assertThat(exporter.intake.taken()).hasSize(1);
        assertThat(exporter.intake.points())
                .filteredOn(point -> point.metric().equals("c"))
                .extracting(Point::second, Point::value)
                .containsExactly(tuple(SECOND, 3.0), tuple(SECOND - 5, 9.0));
    }

    @Test
    @DisplayName("R14 a counter that is asked more than once a second counts once a second, and nothing is lost")
    void r14_acrossRequests() {
        Shape shape = new Shape();
        double[] values = {10, 11, 13, 17, 25};
        for (int i = 0; i < values.length; i++) {
            long nanos = SECOND * 1_000_000_000L + i * 400_000_000L; // 0.0 0.4 0.8 1.2 1.6
            DoublePointData point =
                    DoublePointData.create(SECOND * 1_000_000_000L, nanos, Attributes.empty(), values[i], List.of());
            Metric counter = metric(
                    "c",
                    MetricDataType.DOUBLE_SUM,
                    SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, List.of(point)));
            Metric gauge = metric("g", MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(List.of(point)));
            exporter.send(new MetricBatch(
                    List.of(MetricGroup.of(counter.resource(), counter.scope(), List.of(counter, gauge), shape))));
            exporter.advance(Duration.ofMillis(200));
        }

        assertThat(exporter.intake.points())
                .extracting(Point::metric, Point::second, Point::value)
                .contains(tuple("c", SECOND + 1, 7.0), tuple("g", SECOND, 13.0), tuple("g", SECOND + 1, 25.0))
                .filteredOn(point -> point.toList().get(0).equals("c"))
                .hasSize(1);
        assertThat(exporter.test.telemetry().counts()).containsEntry("counters asked more than once a second", 3L);
    }

    @Test
    @DisplayName("R15 points out of the intake's window are dropped before each try")
    void r15_oldPointsAreNotSentAgain() {
        exporter.intake.fail(Route.SERIES, FakeIntake.busy(), FakeIntake.busy());
        exporter.send(batch(
                gauges("old", at(SECOND - 3700, 1)),
                gauges("young", at(SECOND, 1)),
                gauges("nearly.old", at(SECOND - 3598, 1)),
                gauges("ahead", at(SECOND + 599, 1)),
                gauges("future", at(SECOND + 700, 1))));
        assertThat(exporter.test.telemetry().dropped())
                .containsEntry("too old", 1L)
                .containsEntry("too far in the future", 1L);

        exporter.advance(Duration.ofMinutes(2));

        assertThat(exporter.test.telemetry().dropped()).containsEntry("too old", 2L);
        assertThat(exporter.intake.points()).extracting(Point::metric).containsExactly("young", "ahead");
        assertThat(exporter.accounted()).isEqualTo(5);
    }

    @Test
    @DisplayName("R15 with historical ingestion nothing is too old")
    void r15_noAgeLimit() {
        SeriesFixture historical = SeriesFixture.of(
                new FakeIntake(), SeriesFixture.metrics(MetricsConfig.Encoding.PROTOBUF, Duration.ZERO, false, 1));

        historical.send(batch(gauges("g", at(1_000_000_000L, 1))));

        assertThat(historical.intake.points()).hasSize(1);
    }

    @Test
    void cumulativeCountersNeverLeave() throws Exception {
        Metric counter = metric(
                "c",
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, List.of(at(SECOND, 5))));
        var said = new java.util.TreeMap<String, Long>();

        exporter.sender.begin(batch(counter)).send(new tscollector.kit.delivery.Progress() {
            @Override
            public void sent(long items) {
                said.merge("sent", items, Long::sum);
            }

            @Override
            public void dropped(String reason, long items) {
                said.merge(reason, items, Long::sum);
            }
        });

        assertThat(said).containsExactly(java.util.Map.entry("cumulative", 1L));
    }

    @Test
    void summariesBecomeTwoCountsAndAGaugeForEachQuantile() {
        exporter.send(batch(summary(SECOND - 20, SECOND - 20, 4, 10.5, 0.1, 0.2)));
        exporter.send(batch(summary(SECOND - 20, SECOND, 6, 11.5, 0.3, Double.NaN)));

        assertThat(exporter.intake.points())
                .extracting(Point::metric, Point::type, Point::tags, Point::value)
                .containsExactlyInAnyOrder(
                        tuple("s.quantile", GAUGE, List.of("m:x", "quantile:0.5"), 0.1),
                        tuple("s.quantile", GAUGE, List.of("m:x", "quantile:1.0"), 0.2),
                        tuple("s.quantile", GAUGE, List.of("m:x", "quantile:0.5"), 0.3),
                        tuple("s.count", COUNT, List.of("m:x"), 2.0),
                        tuple("s.sum", COUNT, List.of("m:x"), 1.0));
    }

    @Test
    @DisplayName("R17 tags are those of the instance, the point and the exporter, each once")
    void r17_tags() {
        Resource resource = Resource.create(Attributes.of(
                Tags.OF_INSTANCE,
                List.of("a:b", "a:c", "nokey", "service:x"),
                AttributeKey.stringKey("service.name"),
                "torchserve"));
        Attributes attributes = Attributes.builder()
                .put("a", "b")
                .put("empty", "")
                .put("gpus", 0L, 1L)
                .put("share", 0.5)
                .put("warm", true)
                .put("datadog.secret", "no")
                .build();
        SeriesFixture tagged = SeriesFixture.of(new FakeIntake(), MetricsConfig.defaults(), "env:prod", "nokey");

        tagged.send(batch(metric(
                resource,
                Batches.SCOPE,
                "m",
                MetricDataType.DOUBLE_GAUGE,
                GaugeData.createDoubleGaugeData(List.of(at(SECOND, 1, attributes))))));

        assertThat(tagged.intake.points().get(0).tags())
                .containsExactly(
                        "a:b",
                        "a:c",
                        "empty:",
                        "env:prod",
                        "gpus:0",
                        "gpus:1",
                        "nokey",
                        "service:x",
                        "share:0.5",
                        "warm:true");
    }

    @Test
    @DisplayName("R17 a tag is cut at 200 characters, between two of them, and counted")
    void r17_longTags() {
        exporter.send(batch(
                gauges("m", at(SECOND, 1, "k", "\ud83d\ude00".repeat(300)), at(SECOND, 1, "k", "x".repeat(198)))));

        assertThat(exporter.intake.points())
                .flatExtracting(Point::tags)
                .containsExactly("k:" + "\ud83d\ude00".repeat(198), "k:" + "x".repeat(198));
        assertThat(exporter.test.telemetry().counts()).containsEntry("tags cut at 200 characters", 1L);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2",
        "0.5, 0.5",
        "-3, -3",
        "0, 0",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "0.000001, 0.000001",
        "1.5e-7, 1.5e-7"
    })
    @DisplayName("R17 a number that is not whole by its type is written as OTLP's JSON has it")
    void r17_numbers(double value, String text) {
        SeriesFixture exporter = SeriesFixture.withDefaults();

        exporter.send(batch(
                gauges("m", at(SECOND, 1, Attributes.builder().put("n", value).build()))));

        assertThat(exporter.intake.points().get(0).tags()).containsExactly("n:" + text);
    }

    @Test
    @DisplayName("R18 attributes of the resource are tags only if the user wants that")
    void r18_resourceAttributes() {
        Resource resource = Resource.create(Batches.attributes("service.name", "torchserve", "rack", "7"));
        Metric gauge = metric(
                resource,
                Batches.SCOPE,
                "m",
                MetricDataType.DOUBLE_GAUGE,
                GaugeData.createDoubleGaugeData(List.of(at(SECOND, 1))));
        SeriesFixture wanted = SeriesFixture.of(
                new FakeIntake(), SeriesFixture.metrics(MetricsConfig.Encoding.PROTOBUF, Duration.ofHours(1), true, 1));

        exporter.send(batch(gauge));
        wanted.send(batch(gauge));

        assertThat(exporter.intake.points().get(0).tags()).isEmpty();
        assertThat(wanted.intake.points().get(0).tags())
                .containsExactly("rack:7", "service.name:torchserve", "service:torchserve");
    }

    @Test
    @DisplayName("R18 the host of a resource is never a tag as well, also where its attributes become tags")
    void r18_noHostTag() {
        Resource resource = Resource.create(Batches.attributes("host", "gpu-7", "datadog.host.name", "", "rack", "7"));
        Resource plain = Resource.create(Batches.attributes("host", "gpu-7", "rack", "7"));
        SeriesFixture wanted = SeriesFixture.of(
                new FakeIntake(), SeriesFixture.metrics(MetricsConfig.Encoding.PROTOBUF, Duration.ofHours(1), true, 1));
        for (Resource each : List.of(resource, plain)) {
            wanted.send(batch(metric(
                    each,
                    Batches.SCOPE,
                    "m",
                    MetricDataType.DOUBLE_GAUGE,
                    GaugeData.createDoubleGaugeData(List.of(at(SECOND, 1))))));
        }

        assertThat(wanted.intake.points()).extracting(Point::host).containsExactly("", "gpu-7");
        assertThat(wanted.intake.points()).extracting(Point::tags).containsOnly(List.of("rack:7"));
    }

    @Test
    @DisplayName("R17 tags keep their case, which the backend lowers, and are sorted")
    void r17_caseAndOrder() {
        exporter.send(batch(gauges("m", at(SECOND, 1, "Model", "ResNet", "b", "2", "a", "1"))));

        assertThat(exporter.intake.points().get(0).tags()).containsExactly("Model:ResNet", "a:1", "b:2");
    }

    @Test
    @DisplayName("R18 the host is a resource of the series and never a tag; an empty one is none")
    void r18_host() {
        exporter.send(batch(hosted("gpu-7")));
        exporter.send(batch(hosted("")));
        exporter.send(batch(gauges("m", at(SECOND, 1))));

        assertThat(exporter.intake.points()).extracting(Point::host).containsExactly("gpu-7", "", "this-host");
        assertThat(exporter.intake.points()).flatExtracting(Point::tags).isEmpty();
    }

    private static Metric hosted(String host) {
        return metric(
                Resource.create(Batches.attributes("datadog.host.name", host)),
                Batches.SCOPE,
                "m",
                MetricDataType.DOUBLE_GAUGE,
                GaugeData.createDoubleGaugeData(List.of(at(SECOND, 1))));
    }

    private static MetricBatch counter(long start, long second, double value) {
        DoublePointData point = DoublePointData.create(
                start * 1_000_000_000L, second * 1_000_000_000L, Attributes.empty(), value, List.of());
        return batch(metric(
                "c",
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, List.of(point))));
    }

    private static Metric summary(long start, long second, long count, double sum, double median, double max) {
        return metric(
                "s",
                MetricDataType.SUMMARY,
                SummaryData.create(List.of(SummaryPointData.create(
                        start * 1_000_000_000L,
                        second * 1_000_000_000L,
                        Batches.attributes("m", "x"),
                        count,
                        sum,
                        List.of(ValueAtQuantile.create(0.5, median), ValueAtQuantile.create(1, max))))));
    }

    private static LongPointData whole(long value) {
        return LongPointData.create(0, SECOND * 1_000_000_000L, Attributes.empty(), value);
    }
}
