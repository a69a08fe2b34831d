package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.Points;

/** What lines become which metrics. */
class MappingTest {
    private final Tables target = new Tables();

    @Test
    void givesEachTypeItsKindAndKeepsNamesFamiliesAndTypesAsExposed() {
        MetricGroup group = target.group(
                "# HELP c Torchserve prometheus counter metric with unit: Microseconds",
                "# TYPE c counter",
                "c 1",
                "# TYPE g gauge",
                "g 2",
                "# TYPE u untyped",
                "u 3",
                "n 4",
                "# HELP o only help",
                "o 5",
                "# TYPE h histogram",
                "h_bucket{le=\"1\"} 1",
                "h_bucket{le=\"+Inf\"} 2",
                "h_sum 3",
                "h_count 2",
                "# TYPE s summary",
                "s{quantile=\"0.5\"} 1",
                "s_sum 3",
                "s_count 2");

        assertThat(Tables.heads(group))
                .containsExactly(
                        "c DOUBLE_SUM 'us' c COUNTER",
                        "g DOUBLE_GAUGE '' g GAUGE",
                        "u DOUBLE_GAUGE '' u UNTYPED",
                        "n DOUBLE_GAUGE '' n UNTYPED",
                        "o DOUBLE_GAUGE '' o UNTYPED",
                        "h HISTOGRAM '' h HISTOGRAM",
                        "s SUMMARY '' s SUMMARY");
        assertThat(group.metrics().get(0).data())
                .isInstanceOfSatisfying(
                        SumData.class, sum -> assertThat(sum.isMonotonic()).isTrue());
        assertThat(group.metrics().get(0).description())
                .isEqualTo("Torchserve prometheus counter metric with unit: Microseconds");
        assertThat(group.metrics().get(4).description()).isEqualTo("only help");
    }

    @ParameterizedTest
    @CsvSource({
        "Milliseconds, ms", "ms, ms", "Microseconds, us", "Percent, %", "percent, %", "Megabytes, MiBy",
                "Gigabytes, GiBy",
        "Count, 1", "count, 1", "s, s", "B, By", "Bytes, By", "unit, 1", "furlongs, furlongs"
    })
    void readsTheUnitInTorchServesHelp(String word, String unit) {
        MetricGroup group = target.group("# HELP a Torchserve prometheus gauge metric with unit: " + word, "a 1");

        assertThat(group.metrics().get(0).unit()).isEqualTo(unit);
    }

    @Test
    void readsNoUnitInOtherHelp() {
        assertThat(target.group("# HELP a Some metric with unit: ms", "a 1")
                        .metrics()
                        .get(0)
                        .unit())
                .isEmpty();
    }

    @Test
    void putsTheAddressOnEveryPointAndExportsALabelOfThatName() {
        MetricGroup group = target.group(
                "a{endpoint=\"x\"} 1",
                "b{exported_endpoint=\"y\",endpoint=\"x\"} 1",
                "# TYPE h histogram",
                "h_sum 1",
                "h_count 1");

        List<String> labels = new ArrayList<>();
        for (Metric metric : group.metrics()) {
            for (PointData point : metric.data().getPoints()) {
                labels.add(Points.text(point.getAttributes()));
            }
        }
        String address = "endpoint=\"" + Tables.ENDPOINT + "\"";
        assertThat(labels)
                .containsExactly(
                        "{" + address + ", exported_endpoint=\"x\"}",
                        "{" + address + ", exported_endpoint=\"y\", exported_exported_endpoint=\"x\"}",
                        "{" + address + "}");
    }

    @Test
    void findsTheFamilyOfSamplesThatStandAwayFromTheirDeclaration() {
        MetricGroup group = target.group(
                "c 1",
                "h_sum 3",
                "g 1",
                "h_bucket{le=\"+Inf\"} 2",
                "# TYPE c counter",
                "h_count 2",
                "# TYPE h histogram",
                "c{a=\"1\"} 2");

        assertThat(Tables.points(group)).containsExactly("c 1.0", "c{a=\"1\"} 2.0", "h count=2 sum=3.0 [][2]", "g 1.0");
        assertThat(Tables.heads(group))
                .containsExactly(
                        "c DOUBLE_SUM '' c COUNTER", "h HISTOGRAM '' h HISTOGRAM", "g DOUBLE_GAUGE '' g UNTYPED");
    }

    @Test
    void addsDuplicatesOfCountersAndKeepsTheLastOfGauges() {
        Reading reading = target.read(Bodies.of(
                "# TYPE c counter",
                "c{a=\"1\",b=\"2\"} 1",
                "c{b=\"2\",a=\"1\"} 4",
                "c 7",
                "g{a=\"1\"} 1",
                "g{a=\"1\"} 2",
                "g{a=\"1\"} 3"));

        assertThat(Tables.points(Objects.requireNonNull(reading.group())))
                .containsExactly("c{a=\"1\", b=\"2\"} 5.0", "c 7.0", "g{a=\"1\"} 3.0");
        assertThat(reading.left()).containsExactly(entry(LayoutBuilder.DUPLICATE, 3));
        assertThat(reading.samples()).isEqualTo(6);
    }

    @Test
    void mergesSeriesThatDifferOnlyInBytesThatAreNoUtf8() {
        byte[] body = "# TYPE c counter\nc{a=\"\u00e9\"} 1\nc{a=\"\u00e8\"} 2\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Tables.points(Objects.requireNonNull(target.read(body).group())))
                .containsExactly("c{a=\"\ufffd\"} 3.0");
    }

    @Test
    void turnsCumulativeBucketsIntoCountsPerBucketInWhateverOrderTheyStand() {
        Reading reading = target.read(Bodies.of(
                "# TYPE h histogram",
                "h_bucket{le=\"+Inf\",a=\"1\"} 10",
                "h_bucket{a=\"1\",le=\"5\"} 7",
                "h_bucket{a=\"1\",le=\"0.5\"} 2",
                "h_count{a=\"1\"} 10",
                "h_sum{a=\"1\"} 42.5",
                "h_bucket{a=\"2\",le=\"1.0\"} 1",
                "h_bucket{a=\"2\",le=\"1\"} 2",
                "h_sum{a=\"2\"} 3",
                "h_count{a=\"2\"} 5",
                "h_bucket{a=\"3\",le=\"-Inf\"} 0",
                "h_bucket{a=\"3\",le=\"-0\"} 1",
                "h_bucket{a=\"3\",le=\"+Inf\"} 1",
                "h_sum{a=\"3\"} -1"));

        assertThat(Tables.points(Objects.requireNonNull(reading.group())))
                .containsExactly(
                        "h{a=\"1\"} count=10 sum=42.5 [0.5, 5.0][2, 5, 3]",
                        "h{a=\"2\"} count=5 sum=3.0 [1.0][3, 2]", // one bound written in two ways: added
                        "h{a=\"3\"} count=1 sum=-1.0 [0.0][1, 0]");
        assertThat(reading.repairs()).isZero();
    }

    @Test
    void mendsBucketsThatCannotBeAndCountsIt() {
        Reading reading = target.read(Bodies.of(
                "# TYPE h histogram",
                "h_bucket{a=\"falls\",le=\"1\"} 5",
                "h_bucket{a=\"falls\",le=\"2\"} 3",
                "h_bucket{a=\"falls\",le=\"+Inf\"} 6",
                "h_sum{a=\"falls\"} 1",
                "h_bucket{a=\"fraction\",le=\"1\"} 1.4",
                "h_bucket{a=\"fraction\",le=\"+Inf\"} 2.6",
                "h_sum{a=\"fraction\"} 1",
                "h_bucket{a=\"odd\",le=\"1\"} -3",
                "h_bucket{a=\"odd\",le=\"2\"} NaN",
                "h_bucket{a=\"odd\",le=\"+Inf\"} +Inf",
                "h_sum{a=\"odd\"} 1"));

        assertThat(Tables.points(Objects.requireNonNull(reading.group())))
                .containsExactly(
                        "h{a=\"falls\"} count=6 sum=1.0 [1.0, 2.0][5, 0, 1]",
                        "h{a=\"fraction\"} count=3 sum=1.0 [1.0][1, 2]",
                        "h{a=\"odd\"} count=" + Long.MAX_VALUE + " sum=1.0 [1.0, 2.0][0, 0, " + Long.MAX_VALUE + "]");
        assertThat(reading.repairs()).isEqualTo(3);
    }

    @Test
    void leavesOutDistributionsThatAreNotWholeAndCountsTheirSamples() {
        Reading reading = target.read(Bodies.of(
                "# TYPE h histogram",
                "h_bucket{a=\"no sum\",le=\"+Inf\"} 5",
                "h_sum{a=\"no count\"} 5",
                "h_bucket{a=\"no count\",le=\"1\"} 5",
                "h_bucket 5",
                "h 5",
                "h_bucket{le=\"x\"} 5",
                "h_bucket{le=\"NaN\"} 5",
                "# TYPE s summary",
                "s{quantile=\"0.5\"} 1",
                "s 1",
                "s_sum{a=\"1\"} 1",
                "s_count{a=\"1\"} 1",
                "s{a=\"1\",quantile=\"2\"} 1",
                "s{a=\"1\",quantile=\"0.9\"} 4"));

        assertThat(Tables.points(Objects.requireNonNull(reading.group())))
                .containsExactly("s{a=\"1\"} count=1 sum=1.0 0.9:4.0");
        assertThat(reading.left())
                .containsOnly(
                        entry(LayoutBuilder.INCOMPLETE, 4),
                        entry(LayoutBuilder.STRAY, 3),
                        entry(LayoutBuilder.BAD_BOUND, 3));
    }

    @Test
    void leavesOutWhenSeriesWereCreated() {
        Reading reading = target.read(Bodies.of(
                "# TYPE a counter",
                "a_total 1",
                "a_created 1.6e9",
                "# TYPE b_total counter",
                "b_total 1",
                "# TYPE b_created gauge",
                "b_created 1.6e9",
                "# TYPE h histogram",
                "h_created 1",
                "h_sum 1",
                "h_count 1",
                "# TYPE things_created gauge",
                "things_created 5"));

        assertThat(Tables.points(Objects.requireNonNull(reading.group())))
                .containsExactly("a_total 1.0", "b_total 1.0", "h count=1 sum=1.0 [][1]", "things_created 5.0");
        assertThat(reading.left()).containsExactly(entry(LayoutBuilder.CREATED, 3));
    }

    @Test
    void readsOpenMetricsWithoutFailing() {
        Reading reading = target.read(Bodies.of(
                "# TYPE a_seconds counter",
                "# UNIT a_seconds seconds",
                "# HELP a_seconds Text with \\\"quotes\\\".",
                "a_seconds_total{b=\"1\"} 17.0 1520879607.789 # {trace_id=\"KOO5S4vxi0o\"} 0.67",
                "a_seconds_created{b=\"1\"} 1520430000.123",
                "# TYPE i info",
                "i_info{version=\"1\"} 1",
                "# TYPE st stateset",
                "st{st=\"a\"} 1",
                "st{st=\"b\"} 0",
                "# TYPE gh gaugehistogram",
                "gh_bucket{le=\"+Inf\"} 3",
                "gh_gcount 3",
                "gh_gsum 2",
                "# TYPE k unknown",
                "k 23",
                "# EOF"));

        assertThat(reading.errors().total()).isZero();
        assertThat(Tables.heads(Objects.requireNonNull(reading.group())))
                .containsExactly(
                        "a_seconds_total DOUBLE_SUM 's' a_seconds COUNTER",
                        "i_info DOUBLE_GAUGE '' i UNTYPED",
                        "st DOUBLE_GAUGE '' st UNTYPED",
                        "gh_bucket DOUBLE_GAUGE '' gh UNTYPED",
                        "gh_gcount DOUBLE_GAUGE '' gh UNTYPED",
                        "gh_gsum DOUBLE_GAUGE '' gh UNTYPED",
                        "k DOUBLE_GAUGE '' k UNTYPED");
        long time = reading.group()
                .metrics()
                .get(0)
                .data()
                .getPoints()
                .iterator()
                .next()
                .getEpochNanos();
        assertThat(time / 1000).isEqualTo(1_520_879_607_789_000L);
    }

    @ParameterizedTest
    @MethodSource("tscollector.exposition.Bodies#captures")
    void givesThePointsThatTheReferenceParserSeesInACapture(String capture) {
        byte[] body = Bodies.capture(capture);
        ReferenceParser reference = ReferenceParser.parse(body, false, 64, 1 << 20);
        MetricGroup group = target.read(body).group();

        assertThat(group == null ? Map.of() : exposed(group)).isEqualTo(merged(reference));
    }

    /** The points as the samples that a capture would say them with. */
    private static Map<String, Double> exposed(MetricGroup group) {
        Map<String, Double> samples = new TreeMap<>();
        for (Metric metric : group.metrics()) {
            for (PointData point : metric.data().getPoints()) {
                Attributes attributes = point.getAttributes().toBuilder()
                        .remove(SampleReader.ENDPOINT)
                        .build();
                if (metric.type() == MetricDataType.HISTOGRAM) {
                    Expanded.histogram(metric.name(), attributes, point, samples);
                } else {
                    samples.put(
                            metric.name() + Points.text(attributes),
                            ((io.opentelemetry.sdk.metrics.data.DoublePointData) point).getValue());
                }
            }
        }
        return samples;
    }

    private static Map<String, Double> merged(ReferenceParser reference) {
        Map<String, Double> samples = new TreeMap<>();
        for (ReferenceParser.Line line : reference.lines) {
            String base = line.name().replaceAll("_(bucket|sum|count)$", "");
            boolean ofHistogram = "histogram".equals(reference.types.get(base));
            if (ofHistogram
                    && reference.lines.stream().noneMatch(other -> other.name().equals(base + "_sum"))) {
                continue; // the server was asked for buckets only
            }
            boolean added = ofHistogram || "counter".equals(reference.types.get(line.name()));
            Map<String, Object> labels = new LinkedHashMap<>(new TreeMap<>(line.labels()));
            labels.computeIfPresent("le", (key, bound) -> Expanded.bound(bound.toString()));
            String key = line.name() + Expanded.text(labels);
            samples.merge(key, line.value(), (one, other) -> added ? one + other : other);
        }
        return samples;
    }
}
