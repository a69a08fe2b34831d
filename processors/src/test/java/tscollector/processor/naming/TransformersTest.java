package tscollector.processor.naming;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.IdentityLaw;

/** O16: what the types of entries make of values over several runs, 15 s apart. */
class TransformersTest {
    private final TestContext test = new TestContext("torchserve_naming");
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
    private final Exposition target = new Exposition();

    @Test
    @DisplayName("O16 a rate is the growth a second, from the second value on")
    void rate() throws Exception {
        Processor<MetricBatch> processor = processor("{extra_metrics: [{a_total: {name: r, type: rate}}]}");

        List<List<String>> runs = List.of(
                run(processor, 0, "# TYPE a_total counter\na_total 10\n"),
                run(processor, 1, "# TYPE a_total counter\na_total 40\n"),
                run(processor, 2, "# TYPE a_total counter\na_total 10\n"),
                run(processor, 3, "# TYPE a_total counter\na_total 11.5\n"));

        assertThat(runs)
                .containsExactly(List.of(), List.of("gauge\tr\t2.0\t[]"), List.of(), List.of("gauge\tr\t0.1\t[]"));
        assertThat(test.telemetry().dropped())
                .containsEntry(RatePlan.FIRST_VALUE, 1L)
                .containsEntry(RatePlan.FALL, 1L);
    }

    @Test
    @DisplayName("O16 O17 a rate goes on over what is no number")
    void aRateGoesOnOverNoNumber() {
        RateCell cell = new RateCell();

        assertThat(cell.next(0, 5)).isNaN();
        assertThat(cell.next(1_000_000_000L, Double.NaN)).isNaN();
        assertThat(cell.next(2_000_000_000L, Double.POSITIVE_INFINITY)).isNaN();
        assertThat(cell.next(4_000_000_000L, 7)).isEqualTo(0.5);
    }

    @Test
    @DisplayName("O16 O17 the state of what is no number is unknown, not that of zero")
    void noStateOfNoNumber() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 0}) {
            PointData point = DoublePointData.create(0, 1, Attributes.empty(), value, List.of());
            PointData state = PointChanges.status(Map.of(0L, 1L)).change(point, Attributes.empty());

            assertThat(Numbers.of(state)).as("%s", value).isEqualTo(value == 0 ? 1 : 3);
        }
    }

    @Test
    @DisplayName("O16 types summary and histogram read a gauge whose name ends in _sum or _count as that part")
    void typesOfPartsByEnding() throws Exception {
        Processor<MetricBatch> processor = processor(
                "{extra_metrics: [{a_sum: {type: summary, name: x}}, {a_count: {type: histogram, name: y}}, {a: {type: histogram}}, {c_sum: {type: summary}}]}");

        assertThat(run(processor, 0, """
                        # TYPE a_sum gauge
                        a_sum 1
                        # TYPE a_count gauge
                        a_count 2
                        # TYPE a gauge
                        a 3
                        # TYPE c_sum counter
                        c_sum 4
                        """))
                .containsExactly("monotonic_count\tx.sum\t1.0\t[]", "monotonic_count\ty.count\t2.0\t[]");
        assertThat(test.telemetry().dropped()).containsEntry(PlanDraft.NO_TYPE, 2L);
    }

    @Test
    void aRateGoesOnWhenAnotherSeriesAppears() throws Exception {
        Processor<MetricBatch> processor = processor("{extra_metrics: [{a: {type: rate}}]}");
        run(processor, 0, "# TYPE a gauge\na{z=\"1\"} 1\n");

        assertThat(run(processor, 1, "# TYPE a gauge\na{z=\"1\"} 16\na{z=\"2\"} 5\n"))
                .containsExactly("gauge\ta\t1.0\t[\"z:1\"]");
    }

    @Test
    void ratesKeepTheirShapeWhileTheSameSeriesHaveOne() throws Exception {
        Processor<MetricBatch> processor = processor("{extra_metrics: [{a: {type: rate}}, b]}");
        String[] bodies = {"1", "2", "3", "2", "9", "12"};
        for (int i = 0; i < bodies.length; i++) {
            run(
                    processor,
                    i,
                    "# TYPE a gauge\na{z=\"1\"} " + i + "\na{z=\"2\"} " + bodies[i] + "\n# TYPE b gauge\nb 1\n");
        }

        List<MetricBatch> runs = next.batches();
        IdentityLaw.check(runs.subList(1, 2), runs.subList(2, 3));
        IdentityLaw.check(runs.subList(2, 3), runs.subList(4, 5));
        assertThat(runs.get(3).groups().get(1).shape())
                .isNotSameAs(runs.get(2).groups().get(1).shape());
        assertThat(runs.get(3).groups().get(0).shape())
                .isSameAs(runs.get(2).groups().get(0).shape());
    }

    @Test
    @DisplayName("O16 temporal_percent is the share of time that was spent")
    void temporalPercent() throws Exception {
        Processor<MetricBatch> processor = processor("""
                extra_metrics:
                  - ms: {type: temporal_percent, scale: millisecond}
                  - tenths: {type: temporal_percent, scale: 10}
                """);
        String first = "# TYPE ms counter\nms 0\n# TYPE tenths gauge\ntenths 0\n";
        run(processor, 0, first);

        assertThat(run(processor, 1, first.replace("ms 0", "ms 7500").replace("tenths 0", "tenths 75")))
                .containsExactly("gauge\tms\t50.0\t[]", "gauge\ttenths\t50.0\t[]");
    }

    @Test
    @DisplayName("O16 time_elapsed is the time of the scrape less the value")
    void timeElapsed() throws Exception {
        Processor<MetricBatch> processor = processor("{extra_metrics: [{s: {name: age, type: time_elapsed}}]}");
        double now = Batches.TIME / 1e9;

        assertThat(run(processor, 0, "# TYPE s gauge\ns " + (long) (now - 60) + "\n"))
                .containsExactly("gauge\tage\t60.0\t[]");
    }

    @Test
    @DisplayName("O16 service_check gives a state without labels in the group of service checks")
    void serviceCheck() throws Exception {
        Processor<MetricBatch> processor = processor(
                "{extra_metrics: [{s: {name: state, type: service_check, status_map: {0: ok, 1: Critical}}}, {t: {type: service_check, status_map: {1: ok}}}, u]}");

        run(processor, 0, "# TYPE s gauge\ns{part=\"x\"} 1.9\n# TYPE t gauge\nt 7\n# TYPE u gauge\nu 1\n");

        List<MetricGroup> groups = next.last().groups();
        assertThat(groups).hasSize(2);
        MetricGroup checks = groups.get(1);
        assertThat(checks.scope().getName()).isEqualTo("tscollector.service_check");
        assertThat(checks.scope().getVersion()).isEqualTo("0.0.0-test");
        assertThat(checks.resource()).isSameAs(groups.get(0).resource());
        assertThat(checks.metrics()).extracting(Metric::type).containsOnly(MetricDataType.LONG_GAUGE);
        assertThat(checks.metrics()
                        .get(0)
                        .data()
                        .getPoints()
                        .iterator()
                        .next()
                        .getAttributes()
                        .asMap())
                .hasSize(1)
                .containsValue("http://ts-host:8082/metrics");
        assertThat(Sent.of(next.batches()).subList(1, 3))
                .containsExactly("service_check\tstate\t2\t[]", "service_check\tt\t3\t[]");
    }

    @Test
    @DisplayName("O16 of several series with one check the last counts; strict sends them all")
    void serviceChecksOfSeveralSeries() throws Exception {
        String settings = "extra_metrics: [{s: {type: service_check, status_map: {0: ok, 2: critical}}}]}";
        String body = "# TYPE s gauge\ns{part=\"x\"} 2\ns{part=\"y\"} 0\n";

        assertThat(run(processor("{" + settings), 0, body)).containsExactly("service_check\ts\t0\t[]");
        assertThat(test.telemetry().count("series merged")).isEqualTo(1);
        assertThat(run(processor("{compat: strict, " + settings), 0, body))
                .containsExactly("service_check\ts\t2\t[]", "service_check\ts\t0\t[]");
    }

    @Test
    @DisplayName("O12 a bucket with its own share keeps both bounds, whatever labels are left out")
    void nonCumulativeBuckets() throws Exception {
        Processor<MetricBatch> processor = processor("{extra_metrics: [h], include_labels: [upper_bound]}");

        assertThat(run(processor, 0, """
                        # TYPE h histogram
                        h_bucket{a="1",le="0",lower_bound="-inf"} 3
                        h_bucket{a="1",le="5e-1",lower_bound="0"} 4
                        h_bucket{a="1",le="+Inf",lower_bound="0.5"} 5
                        h_sum{a="1"} 2.5
                        h_count{a="1"} 12
                        """))
                .containsExactly(
                        "monotonic_count\th.bucket\t3.0\t[\"lower_bound:-inf\", \"upper_bound:0\"]",
                        "monotonic_count\th.bucket\t4.0\t[\"lower_bound:0\", \"upper_bound:0.5\"]",
                        "monotonic_count\th.sum\t2.5\t[]",
                        "monotonic_count\th.count\t12.0\t[]");
        assertThat(test.telemetry().count("infinite buckets left out")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "O16 another type makes numbers of a histogram's samples, the infinite bucket's too; sum and count have one name")
    void aHistogramInPartsAsNumbers() throws Exception {
        Processor<MetricBatch> processor =
                processor("{extra_metrics: [{h: {type: gauge}}, {h_sum: {type: gauge}}, {s: {type: summary}}]}");

        assertThat(run(processor, 0, """
                        # TYPE h histogram
                        h_bucket{le="1"} 1
                        h_bucket{le="+Inf"} 2
                        h_sum 9
                        h_count 2
                        # TYPE s histogram
                        s_bucket{le="+Inf"} 3
                        s_sum 8
                        s_count 3
                        """))
                .containsExactly(
                        "gauge\th\t1.0\t[\"upper_bound:1.0\"]",
                        "gauge\th\t2.0\t[\"upper_bound:inf\"]",
                        "gauge\th\t2.0\t[]",
                        "monotonic_count\ts.sum\t8.0\t[]",
                        "monotonic_count\ts.count\t3.0\t[]");
        assertThat(test.telemetry().dropped()).containsEntry("no usable type", 1L);
    }

    @Test
    @DisplayName("O16 type summary makes a quantile of a sample that bears its family's name; a counter's never does")
    void aNumberAsASummary() throws Exception {
        Processor<MetricBatch> processor = processor("{extra_metrics: [{a: {type: summary}}, {c: {type: summary}}]}");

        assertThat(run(processor, 0, "# TYPE a gauge\na 1\n# TYPE c counter\nc 2\n"))
                .containsExactly("gauge\ta.quantile\t1.0\t[]");
    }

    @Test
    @DisplayName(
            "O13 O19 O21 when strict, rules for labels speak of quantiles too, and of those that become one the last counts")
    void strictQuantilesAreLabels() throws Exception {
        String body = """
                # TYPE s summary
                s{m="1",quantile="0.5"} 1
                s{m="1",quantile="0.9"} 2
                s_sum{m="1"} 3
                s_count{m="1"} 4
                """;
        String[] sumAndCount = {"monotonic_count\ts.sum\t3.0\t[\"m:1\"]", "monotonic_count\ts.count\t4.0\t[\"m:1\"]"};

        assertThat(run(processor("{compat: strict, extra_metrics: [s], include_labels: [m]}"), 0, body))
                .contains(sumAndCount)
                .contains("gauge\ts.quantile\t2.0\t[\"m:1\"]")
                .hasSize(3);
        assertThat(run(
                        processor(
                                "{compat: strict, extra_metrics: [s], exclude_metrics_by_labels: {quantile: ['0.9']}}"),
                        0,
                        body))
                .contains(sumAndCount)
                .contains("gauge\ts.quantile\t1.0\t[\"m:1\", \"quantile:0.5\"]")
                .hasSize(3);
    }

    @Test
    @DisplayName("O18 a strict prefix loses quantiles, the default keeps them")
    void prefixedSummary() throws Exception {
        String body = "# TYPE p_s summary\np_s{quantile=\"0.5\"} 1\np_s_sum 2\np_s_count 3\n";

        assertThat(run(processor("{raw_metric_prefix: p_, extra_metrics: [s]}"), 0, body))
                .hasSize(3);
        assertThat(run(processor("{compat: strict, raw_metric_prefix: p_, extra_metrics: [s]}"), 0, body))
                .containsExactly("monotonic_count\ts.sum\t2.0\t[]", "monotonic_count\ts.count\t3.0\t[]");
    }

    @Test
    void aStrictFirstTypeIsEachTargetsOwn() throws Exception {
        Processor<MetricBatch> processor = processor("{compat: strict, extra_metrics: [a]}");
        run(processor, 0, "# TYPE a gauge\na 1\n");

        assertThat(run(processor, 1, "# TYPE a counter\na 2\n")).containsExactly("gauge\ta\t2.0\t[]");
        processor.consume(new Exposition("other:8080").run(1, "# TYPE a counter\na 3\n"));
        assertThat(Sent.of(List.of(next.last()))).containsExactly("monotonic_count\ta.count\t3.0\t[]");
    }

    private Processor<MetricBatch> processor(String yaml) {
        return Built.metrics(new NamingFactory(), test.build(), Written.yaml(yaml), next);
    }

    /** What is sent of one run. */
    private List<String> run(Processor<MetricBatch> processor, int run, String body) throws Exception {
        int before = next.batches().size();
        processor.consume(target.run(run, body));
        return Sent.of(next.batches().subList(before, next.batches().size()));
    }
}
