package tscollector.processor.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.IdentityLaw;

/** C8, C9, O31: which names and how many series are sent, and what is said about a run. */
class LimitsTest {
    private static final String PREFIX = "torchserve.openmetrics.";
    private static final InstrumentationScopeInfo HEALTH = InstrumentationScopeInfo.create("tscollector.service_check");
    private static final InstrumentationScopeInfo SCRAPE = InstrumentationScopeInfo.create("tscollector/scrape");

    private final TestContext test = new TestContext("torchserve_naming");
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
    private final Exposition target = new Exposition();

    @Test
    @DisplayName("C8 patterns are searched in full names of all metrics but health, scrape numbers and histograms")
    void patterns() throws Exception {
        Batches own = new Batches()
                .gauge("QueueTime", 1)
                .gauge("CPUUtilization", 2)
                .add("h", MetricDataType.HISTOGRAM, histogram(), ExposedType.HISTOGRAM);
        MetricGroup management = named("torchserve.management_api.models", Batches.SCOPE, own);

        processor("{extra_metrics: [h], metric_patterns: {include: ['queue', 'models$'], exclude: [time]}}")
                .consume(new MetricBatch(List.of(
                        own.group(),
                        management,
                        named("torchserve.openmetrics.health", HEALTH, own),
                        named("up", SCRAPE, own))));

        assertThat(next.allMetrics())
                .extracting(Metric::name)
                .containsExactly(
                        PREFIX + "h", "torchserve.management_api.models", "torchserve.openmetrics.health", "up");
        assertThat(test.telemetry().dropped()).containsEntry("excluded by metric_patterns", 2L);
    }

    @Test
    @DisplayName("C8 a summary loses its quantiles, or itself, by the names it is sent under")
    void patternsOfSummaries() throws Exception {
        String body = "# TYPE s summary\ns{quantile=\"0.5\"} 1\ns_sum 2\ns_count 3\n";

        assertThat(run("{extra_metrics: [s], metric_patterns: {exclude: ['quantile$']}}", body))
                .containsExactly("monotonic_count\ts.sum\t2.0\t[]", "monotonic_count\ts.count\t3.0\t[]");
        assertThat(run("{extra_metrics: [s], metric_patterns: {include: ['s.count$']}}", body))
                .hasSize(2);
        assertThat(run("{extra_metrics: [s], metric_patterns: {include: ['other']}}", body))
                .isEmpty();
    }

    @Test
    @DisplayName("C8 the parts of a histogram are told apart by their names")
    void patternsOfParts() throws Exception {
        assertThat(run(
                        "{extra_metrics: [h], metric_patterns: {exclude: ['\\.bucket$', '\\.sum$']}}",
                        "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_sum 2\nh_count 3\n"))
                .containsExactly("monotonic_count\th.count\t3.0\t[]");
    }

    @Test
    @DisplayName("C9 the first series of a run are sent, each histogram's series together, and the rest is counted")
    void limit() throws Exception {
        String body = """
                # TYPE a gauge
                a{z="1"} 1
                a{z="2"} 2
                # TYPE h histogram
                h_bucket{m="1",le="1"} 1
                h_bucket{m="1",le="2"} 2
                h_bucket{m="1",le="+Inf"} 2
                h_count{m="1"} 2
                h_bucket{m="2",le="1"} 1
                h_count{m="2"} 2
                # TYPE b gauge
                b 3
                """;

        assertThat(run("{extra_metrics: [{a: {type: counter_gauge}}, h, b], max_returned_metrics: 7}", body))
                .containsExactly(
                        "gauge\ta.total\t1.0\t[\"z:1\"]",
                        "gauge\ta.total\t2.0\t[\"z:2\"]",
                        "monotonic_count\ta.count\t1.0\t[\"z:1\"]",
                        "monotonic_count\ta.count\t2.0\t[\"z:2\"]",
                        "monotonic_count\th.bucket\t1.0\t[\"m:1\", \"upper_bound:1.0\"]",
                        "monotonic_count\th.bucket\t2.0\t[\"m:1\", \"upper_bound:2.0\"]",
                        "monotonic_count\th.count\t2.0\t[\"m:1\"]");
        assertThat(test.telemetry().dropped()).containsEntry("over max_returned_metrics", 3L);
        assertThat(run("{extra_metrics: [{a: {type: counter_gauge}}], max_returned_metrics: 3}", body))
                .hasSize(3);
    }

    @Test
    @DisplayName("C9 when strict, series that become one count one by one")
    void strictLimitCountsSamples() throws Exception {
        String body = "# TYPE a gauge\na{Hostname=\"1\"} 1\na{Hostname=\"2\"} 2\n# TYPE b gauge\nb 3\n";

        assertThat(run("{compat: strict, extra_metrics: [a, b], max_returned_metrics: 2}", body))
                .containsExactly("gauge\ta\t2.0\t[]");
        assertThat(run("{extra_metrics: [a, b], max_returned_metrics: 2}", body))
                .containsExactly("gauge\ta\t2.0\t[]", "gauge\tb\t3.0\t[]");
    }

    @Test
    @DisplayName("C9 series that become one are one, and a summary counts as what is made of it")
    void limitCountsContexts() throws Exception {
        String body = """
                # TYPE a gauge
                a{Hostname="1"} 1
                a{Hostname="2"} 2
                # TYPE s summary
                s{quantile="0.5"} 1
                s_sum 1
                s_count 1
                # TYPE b gauge
                b 3
                """;

        assertThat(run("{extra_metrics: [a, s, b], max_returned_metrics: 4}", body))
                .extracting(line -> line.split("\t", -1)[1])
                .containsExactly("a", "s.quantile", "s.sum", "s.count");
        assertThat(run("{extra_metrics: [a, s, b], max_returned_metrics: 3}", body))
                .as("nothing is sent behind what does not fit")
                .containsExactly("gauge\ta\t2.0\t[]");
    }

    @Test
    @DisplayName("C9 all groups of a run count together; health and scrape numbers do not")
    void limitOverGroups() throws Exception {
        Batches own = new Batches().gauge("QueueTime", 1).gauge("CPUUtilization", 2);
        Batches more =
                new Batches().gauge("torchserve.management_api.models", 3).gauge("torchserve.x", 4);

        processor("{max_returned_metrics: 3}")
                .consume(new MetricBatch(List.of(
                        named("torchserve.openmetrics.health", HEALTH, own),
                        own.group(),
                        more.group(),
                        named("up", SCRAPE, own))));

        assertThat(next.allMetrics())
                .extracting(Metric::name)
                .containsExactly(
                        "torchserve.openmetrics.health",
                        PREFIX + "queue.time",
                        PREFIX + "cpu.utilization",
                        "torchserve.management_api.models",
                        "up");
    }

    @Test
    @DisplayName("C9 of the management API a model is sent with its versions and workers before the next one")
    void limitByModel() throws Exception {
        String api = "torchserve.management_api.model";
        Attributes a = attributes("model_name", "a");
        Attributes b = attributes("model_name", "b");
        Attributes a1 = attributes("model_name", "a", "model_version", "1.0");
        Attributes a2 = attributes("model_name", "a", "model_version", "2.0");
        Attributes b1 = attributes("model_name", "b", "model_version", "1.0");
        Attributes worker = attributes("model_name", "a", "model_version", "1.0", "worker_id", "9000");
        Attributes otherWorker = attributes("model_name", "b", "model_version", "1.0", "worker_id", "9000");
        Batches models = new Batches();
        gauges(models, api + ".worker.memory_usage", otherWorker, worker);
        gauges(models, api + ".version.workers.current", b1, a1, a2);
        gauges(models, api + ".versions", b, a);
        gauges(models, api + "s", attributes());

        processor("{max_returned_metrics: 6}").consume(models.batch());

        assertThat(next.allMetrics())
                .flatExtracting(metric -> metric.data().getPoints().stream()
                        .map(point -> metric.name() + " "
                                + List.copyOf(point.getAttributes().asMap().values()))
                        .toList())
                .as("b was seen first")
                .containsExactly(
                        api + ".worker.memory_usage [b, 1.0, 9000]",
                        api + ".version.workers.current [b, 1.0]",
                        api + ".version.workers.current [a, 1.0]",
                        api + ".versions [b]",
                        api + ".versions [a]",
                        api + "s []");
        assertThat(test.telemetry().dropped()).hasSize(1).containsValue(2L);
    }

    private static void gauges(Batches batches, String name, Attributes... series) {
        List<DoublePointData> points = Stream.of(series)
                .map(attributes -> Batches.point(1, attributes))
                .toList();
        batches.add(name, MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(points), ExposedType.GAUGE);
    }

    @Test
    @DisplayName("O31 telemetry says of each run what was read, ignored, used and filtered")
    void telemetry() throws Exception {
        Processor<MetricBatch> processor = processor(
                "{telemetry: true, extra_metrics: [a, s], exclude_metrics: [b], metric_patterns: {exclude: [processed]}}");
        String body = """
                # TYPE a gauge
                a{z="1"} 1
                a{z="2"} 1
                # TYPE b gauge
                b 1
                # TYPE c gauge
                c 1
                # TYPE s summary
                s{quantile="0.5"} 1
                s_sum 1
                s_count 1
                """;
        ScrapeNumbers numbers = new ScrapeNumbers();

        for (int run = 0; run < 2; run++) {
            processor.consume(new MetricBatch(List.of(target.group(run, body), numbers.group(run))));
        }

        List<MetricBatch> runs = next.batches();
        MetricGroup about = runs.get(1).groups().get(2);
        assertThat(Sent.of(List.of(new MetricBatch(List.of(about)))))
                .containsExactly(
                        "gauge\ttelemetry.payload.size\t1470.0\t[]",
                        "monotonic_count\ttelemetry.metrics.input.count\t7.0\t[]",
                        "monotonic_count\ttelemetry.metrics.ignored.count\t1.0\t[]",
                        "monotonic_count\ttelemetry.metrics.blacklist.count\t2.0\t[]");
        assertThat(about.metrics().get(1).data())
                .isInstanceOfSatisfying(
                        SumData.class,
                        sum -> assertThat(sum.getAggregationTemporality()).isEqualTo(AggregationTemporality.DELTA));
        assertThat(about.metrics().get(1).data().getPoints())
                .allSatisfy(point -> assertThat(point.getStartEpochNanos())
                        .isEqualTo(Batches.TIME)
                        .isLessThan(point.getEpochNanos()));
        IdentityLaw.check(runs.subList(0, 1), runs.subList(1, 2));
    }

    @Test
    @DisplayName("C9 O17 what is no number is not sent and does not count, and that can change from run to run")
    void limitDoesNotCountWhatIsNoNumber() throws Exception {
        Processor<MetricBatch> processor = processor("{extra_metrics: [a, b, c], max_returned_metrics: 2}");
        Batches first = new Batches().gauge("a", Double.NaN).gauge("b", 1).gauge("c", 2);

        processor.consume(first.batch());

        assertThat(next.allMetrics())
                .extracting(Metric::name)
                .containsExactly(PREFIX + "a", PREFIX + "b", PREFIX + "c");
        assertThat(ContextLimit.notFinite(first.group())).containsExactly(0L);
        assertThat(ContextLimit.notFinite(new Batches()
                        .gauge("a", 1)
                        .gauge("b", Double.POSITIVE_INFINITY)
                        .group()))
                .containsExactly(1L << 32);
    }

    @Test
    @DisplayName("O31 a run that exposed nothing says nothing")
    void noTelemetryOfNothing() throws Exception {
        processor("{telemetry: true}").consume(new MetricBatch(List.of(new ScrapeNumbers().group(0))));

        assertThat(next.last().groups()).hasSize(1);
        assertThat(run("{telemetry: true}", "# TYPE QueueTime gauge\nQueueTime 1\n"))
                .as("without scrape numbers")
                .extracting(line -> line.split("\t", -1)[1])
                .containsExactly("queue.time", "telemetry.metrics.input.count", "telemetry.metrics.processed.count");
    }

    @Test
    @DisplayName("O34 metrics replaces the official ones, without a clash of kinds with them")
    void metricsReplaces() throws Exception {
        assertThat(
                        run(
                                "{metrics: [{QueueTime: {name: requests.2xx, type: counter}}, '^x_']}",
                                "# TYPE QueueTime gauge\nQueueTime 1\n# TYPE x_a gauge\nx_a 2\n# TYPE CPUUtilization gauge\nCPUUtilization 3\n"))
                .containsExactly("monotonic_count\trequests.2xx.count\t1.0\t[]", "gauge\tx_a\t2.0\t[]");
    }

    @Test
    void whatIsRememberedIsBounded() {
        Recent<Integer, String> recent = new Recent<>(2);
        recent.get(1, () -> "a");
        recent.put(2, "b");
        recent.get(1, () -> "other");
        recent.put(3, "c");

        assertThat(recent.size()).isEqualTo(2);
        assertThat(List.of(recent.getOrDefault(1, "-"), recent.getOrDefault(2, "-"), recent.getOrDefault(3, "-")))
                .containsExactly("a", "-", "c");
    }

    /** The numbers about a run, as the receiver hands them on. */
    private static final class ScrapeNumbers {
        private final Attributes address = attributes("endpoint", "http://ts-host:8082/metrics");
        private final Shape shape = new Shape();
        private final Resource resource = Resource.create(attributes("service.instance.id", "ts-host:8080"));

        MetricGroup group(int run) {
            List<Metric> metrics = new ArrayList<>();
            metrics.add(number("scrape_body_size_bytes", 1470, run));
            metrics.add(number("scrape_lines_filtered", 2, run));
            return MetricGroup.of(resource, SCRAPE, metrics, shape);
        }

        private Metric number(String name, double value, int run) {
            return new Metric(
                    resource,
                    SCRAPE,
                    name,
                    "",
                    "",
                    MetricDataType.DOUBLE_GAUGE,
                    GaugeData.createDoubleGaugeData(List.of(DoublePointData.create(
                            Batches.TIME, Batches.TIME + run * 15_000_000_000L, address, value, List.of()))),
                    name,
                    null);
        }
    }

    private static MetricGroup named(String name, InstrumentationScopeInfo scope, Batches like) {
        Metric metric = new Batches(like.group().resource(), scope)
                .gauge(name, 0)
                .group()
                .metrics()
                .get(0);
        Metric own = new Metric(metric.resource(), scope, name, "", "", metric.type(), metric.data(), name, null);
        return MetricGroup.of(metric.resource(), scope, List.of(own), new Shape());
    }

    private static HistogramData histogram() {
        return HistogramData.create(
                AggregationTemporality.CUMULATIVE,
                List.of(HistogramPointData.create(
                        0, Batches.TIME, attributes(), 2.5, false, 0, false, 0, List.of(1.0), List.of(2L, 1L))));
    }

    private Processor<MetricBatch> processor(String yaml) {
        return Built.metrics(new NamingFactory(), test.build(), Written.yaml(yaml), next);
    }

    private List<String> run(String yaml, String body) throws Exception {
        int before = next.batches().size();
        processor(yaml).consume(target.run(0, body));
        return Sent.of(next.batches().subList(before, next.batches().size()));
    }
}
