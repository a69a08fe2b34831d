package tscollector.processor.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.processor.naming.Written.config;
import static tscollector.processor.naming.Written.detailed;
import static tscollector.processor.naming.Written.name;
import static tscollector.processor.naming.Written.names;
import static tscollector.processor.naming.Written.renamed;
import static tscollector.testkit.Batches.attributes;
import static tscollector.testkit.Batches.point;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.processor.ScrapeRuns;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

class NamingTest {
    private static final String PREFIX = "torchserve.openmetrics.";

    private final TestContext test = new TestContext("torchserve_naming");
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();

    @Test
    void dropsHostNamesAndRenamesCamelCaseLabels() throws Exception {
        pass(
                NamingConfig.defaults(),
                new Batches()
                        .counter(
                                "Requests2XX",
                                58,
                                "Level",
                                "Host",
                                "Hostname",
                                "x",
                                "endpoint",
                                "http://h:8082/metrics")
                        .counter(
                                "ts_inference_requests_total",
                                11,
                                "model_name",
                                "m",
                                "model_version",
                                "default",
                                "hostname",
                                "x")
                        .gauge("HandlerTime", 1, "ModelName", "m", "Level", "Model", "Hostname", "x")
                        .gauge("WorkerLoadTime", 2, "WorkerName", "W-9004-m_1", "Level", "Host")
                        .gauge("GPUUtilization", 3, "DeviceId", "0"));

        assertThat(sent())
                .containsExactly(
                        "requests.2xx.count{endpoint=http://h:8082/metrics, level=Host} 58.0",
                        "inference.count{model_name=m, model_version=default} 11.0",
                        "handler_time{level=Model, model_name=m} 1.0",
                        "worker.load_time{level=Host, worker_name=W-9004-m_1} 2.0",
                        "gpu.utilization{DeviceId=0} 3.0");
    }

    @Test
    void dropsWhatNobodyListsAndCountsItByName() throws Exception {
        pass(NamingConfig.defaults(), new Batches().gauge("custom", 1, "a", "1").gauge("QueueTime", 3));

        assertThat(sent()).containsExactly("queue.time{} 3.0");
        assertThat(test.telemetry().dropped()).containsEntry("not listed", 1L);
        assertThat(test.telemetry().count("not listed: custom")).isEqualTo(1);
    }

    @Test
    void passesNoEmptyBatchOn() throws Exception {
        pass(NamingConfig.defaults(), new Batches().gauge("custom", 1));

        assertThat(next.batches()).isEmpty();
    }

    @Test
    void passesHealthAndScrapeNumbersAsTheSameGroup() throws Exception {
        MetricBatch batch = new ScrapeRuns().run(1);

        processor(NamingConfig.defaults()).consume(batch);

        assertThat(next.last().groups().get(1)).isSameAs(batch.groups().get(1));
    }

    @Test
    void reusesThePointsOfSeriesWhoseLabelsStay() throws Exception {
        Batches scrape = new Batches().gauge("GPUUtilization", 3, "DeviceId", "0");

        pass(NamingConfig.defaults(), scrape);

        assertThat(next.allMetrics().get(0).data())
                .isSameAs(scrape.group().metrics().get(0).data());
    }

    @Test
    void leavesAloneWhatWasNamedBefore() throws Exception {
        pass(NamingConfig.defaults(), new Batches().gauge("torchserve.openmetrics.queue.time", 3, "Level", "Host"));

        assertThat(sent()).containsExactly("queue.time{Level=Host} 3.0");
    }

    @Test
    void sendsExtraMetricsUnderTheirOwnOrAnotherName() throws Exception {
        pass(
                config(
                        name("my_plain"),
                        renamed("my_gauge", "zone.value"),
                        detailed("my_requests", "name", "requests.seen"),
                        name("my_Case")),
                new Batches()
                        .counter("my_plain", 5)
                        .gauge("my_gauge", 1.5)
                        .counter("my_requests_total", 17)
                        .gauge("my_Case", 2));

        assertThat(sent())
                .containsExactly(
                        "my_plain.count{} 5.0", "zone.value{} 1.5", "requests.seen.count{} 17.0", "my_Case{} 2.0");
    }

    @Test
    void findsCountersWithAndWithoutTotalHoweverTheyAreListed() throws Exception {
        pass(
                names("w", "x_total", "y_total", "z"),
                new Batches()
                        .counter("w_total", 1)
                        .counter("x_total", 2)
                        .counter("y", 3)
                        .counter("z", 4));

        assertThat(sent()).containsExactly("w.count{} 1.0", "x.count{} 2.0", "y.count{} 3.0", "z.count{} 4.0");
    }

    @Test
    void keepsTotalInTheNameOfAGauge() throws Exception {
        pass(names("my_gauge_total"), new Batches().gauge("my_gauge_total", 3).gauge("my_gauge", 4));

        assertThat(sent()).containsExactly("my_gauge_total{} 3.0");
    }

    @Test
    void searchesRegularExpressionsAnywhereAndKeepsEachName() throws Exception {
        pass(
                names("my.gauge", "^handler_.+_ms$"),
                new Batches()
                        .gauge("my_gauge", 1)
                        .gauge("my_gauge_total", 2)
                        .gauge("handler_a_ms", 3)
                        .gauge("old_handler_a_ms", 4)
                        .counter("handler_b_ms_total", 5));

        assertThat(sent())
                .containsExactly(
                        "my_gauge{} 1.0", "my_gauge_total{} 2.0", "handler_a_ms{} 3.0", "handler_b_ms.count{} 5.0");
    }

    @Test
    void findsCountersByExpressionsThatNameTheSuffix() throws Exception {
        pass(names("_total$"), new Batches().counter("a_total", 1).counter("b", 2));

        assertThat(sent()).containsExactly("a.count{} 1.0", "b.count{} 2.0");
    }

    @Test
    void aNameComesBeforeAnExpressionAndTheLastOfTwoNamesCounts() throws Exception {
        pass(
                config(name("my_.*"), renamed("my_gauge", "first"), renamed("my_gauge", "second")),
                new Batches().gauge("my_gauge", 1).gauge("my_other", 2));

        assertThat(sent()).containsExactly("second{} 1.0", "my_other{} 2.0");
    }

    @Test
    void aUsersEntryWinsOverAnOfficialOneButAnExpressionDoesNot() throws Exception {
        pass(
                config(
                        renamed("Requests2XX", "good.requests"),
                        renamed("ts_inference_requests_total", "calls"),
                        name("Time$")),
                new Batches()
                        .counter("Requests2XX", 1)
                        .counter("ts_inference_requests_total", 2)
                        .gauge("QueueTime", 3));

        assertThat(sent()).containsExactly("good.requests.count{} 1.0", "calls.count{} 2.0", "queue.time{} 3.0");
    }

    @Test
    void keepsTheKindThatTheServerDeclares() throws Exception {
        pass(
                NamingConfig.defaults(),
                new Batches()
                        .add(
                                "HandlerTime",
                                MetricDataType.HISTOGRAM,
                                histogram(List.of(1.0), "Level", "Model"),
                                ExposedType.HISTOGRAM)
                        .counter("PredictionTime", 4)
                        .gauge("Requests2XX", 5));

        assertThat(next.allMetrics())
                .extracting(Metric::name)
                .containsExactly(PREFIX + "handler_time", PREFIX + "prediction_time.count", PREFIX + "requests.2xx");
        assertThat(next.allMetrics())
                .extracting(Metric::type)
                .containsExactly(MetricDataType.HISTOGRAM, MetricDataType.DOUBLE_SUM, MetricDataType.DOUBLE_GAUGE);
    }

    @Test
    void readsTheSameNumbersAsTheTypeThatIsAskedFor() throws Exception {
        pass(
                config(
                        detailed("c", "type", "gauge"),
                        detailed("g", "type", "counter"),
                        detailed("both", "name", "b", "type", "counter_gauge")),
                new Batches().counter("c_total", 17).gauge("g", 1.5).counter("both", 3));

        assertThat(sent()).containsExactly("c{} 17.0", "g.count{} 1.5", "b.total{} 3.0", "b.count{} 3.0");
        assertThat(next.allMetrics())
                .extracting(Metric::type)
                .containsExactly(
                        MetricDataType.DOUBLE_GAUGE,
                        MetricDataType.DOUBLE_SUM,
                        MetricDataType.DOUBLE_GAUGE,
                        MetricDataType.DOUBLE_SUM);
    }

    @Test
    void sendsUntypedSamplesOnlyAsATypeThatIsGiven() throws Exception {
        pass(
                config(
                        name("u"),
                        detailed("v", "type", "gauge"),
                        detailed("w", "type", "counter"),
                        detailed("g", "type", "histogram")),
                untyped(untyped(untyped(new Batches(), "u", 1), "v", 2), "w", 3).gauge("g", 4));

        assertThat(sent()).containsExactly("v{} 2.0", "w.count{} 3.0");
        assertThat(test.telemetry().dropped()).containsEntry("no usable type", 2L);
    }

    @Test
    void addsCountersThatBecomeOneSeriesAndKeepsTheEarlierStart() throws Exception {
        DoublePointData late = DoublePointData.create(
                Batches.TIME - 5, Batches.TIME, attributes("Level", "Host", "Hostname", "b"), 7, List.of());
        pass(
                NamingConfig.defaults(),
                new Batches()
                        .add(
                                "Requests2XX",
                                MetricDataType.DOUBLE_SUM,
                                SumData.createDoubleSumData(
                                        true,
                                        AggregationTemporality.CUMULATIVE,
                                        List.of(point(5, attributes("Level", "Host", "Hostname", "a")), late)),
                                ExposedType.COUNTER));

        assertThat(sent()).containsExactly("requests.2xx.count{level=Host} 12.0");
        assertThat(points().get(0).getStartEpochNanos()).isEqualTo(Batches.TIME - 60_000_000_000L);
        assertThat(test.telemetry().count("series merged")).isEqualTo(1);
    }

    @Test
    void keepsTheLastOfGaugesThatBecomeOneSeries() throws Exception {
        pass(
                config(renamed("a", "same"), renamed("b", "same")),
                new Batches()
                        .gauge("a", 1, "zone", "x")
                        .gauge("b", 2, "zone", "x")
                        .gauge("b_other", 9));

        assertThat(sent()).containsExactly("same{zone=x} 2.0");
        assertThat(test.telemetry().count("series merged")).isEqualTo(1);
    }

    @Test
    void putsTwoMetricsOfOneNameTogether() throws Exception {
        pass(
                config(renamed("a", "same"), renamed("b", "same")),
                new Batches().gauge("a", 1, "zone", "x").gauge("b", 2, "zone", "y"));

        assertThat(next.allMetrics()).hasSize(1);
        assertThat(sent()).containsExactly("same{zone=x} 1.0", "same{zone=y} 2.0");
    }

    @Test
    void addsHistogramsOnlyWithEqualBounds() throws Exception {
        pass(
                names("h", "k"),
                new Batches()
                        .add(
                                "h",
                                MetricDataType.HISTOGRAM,
                                histograms(List.of(1.0), List.of(1.0)),
                                ExposedType.HISTOGRAM)
                        .add(
                                "k",
                                MetricDataType.HISTOGRAM,
                                histograms(List.of(1.0), List.of(2.0)),
                                ExposedType.HISTOGRAM));

        HistogramPointData added = (HistogramPointData) points().get(0);
        assertThat(added.getCounts()).containsExactly(4L, 2L);
        assertThat(added.getSum()).isEqualTo(5);
        HistogramPointData first = (HistogramPointData) points().get(1);
        assertThat(first.getCounts()).containsExactly(2L, 1L);
        assertThat(test.telemetry().dropped()).containsEntry("histogram with other bounds", 1L);
    }

    @Test
    void dropsTheSecondKindUnderOneName() throws Exception {
        pass(
                config(renamed("a", "same"), renamed("b", "same")),
                new Batches()
                        .gauge("a", 1)
                        .add("b", MetricDataType.HISTOGRAM, histogram(List.of(1.0)), ExposedType.HISTOGRAM));

        assertThat(sent()).containsExactly("same{} 1.0");
        assertThat(test.telemetry().dropped()).containsEntry("two kinds under one name", 1L);
    }

    @Test
    void aLabelWhoseNewNameIsTakenKeepsItsOwn() throws Exception {
        pass(NamingConfig.defaults(), new Batches().gauge("QueueTime", 1, "Level", "Host", "level", "mine"));

        assertThat(sent()).containsExactly("queue.time{Level=Host, level=mine} 1.0");
        assertThat(test.telemetry().count("labels not renamed")).isEqualTo(1);
    }

    @Test
    void keepsTheUnitThatTheServerStates() throws Exception {
        MetricGroup scrape = new Batches()
                .gauge("HandlerTime", 1)
                .gauge("QueueTime", 2)
                .counter("Requests2XX", 3)
                .group();
        List<Metric> stated = List.of(
                withUnit(scrape.metrics().get(0), "s"),
                withUnit(scrape.metrics().get(1), ""),
                withUnit(scrape.metrics().get(2), "1"));

        processor(NamingConfig.defaults())
                .consume(new MetricBatch(
                        List.of(MetricGroup.of(scrape.resource(), scrape.scope(), stated, scrape.shape()))));

        assertThat(next.allMetrics()).extracting(Metric::unit).containsExactly("s", "ms", "{request}");
    }

    private static Metric withUnit(Metric metric, String unit) {
        return new Metric(
                metric.resource(),
                metric.scope(),
                metric.name(),
                metric.description(),
                unit,
                metric.type(),
                metric.data(),
                metric.family(),
                metric.exposedType());
    }

    @Test
    void countsWhatItLosesInEveryRun() throws Exception {
        ScrapeRuns target = new ScrapeRuns();
        Processor<MetricBatch> processor = processor(names("my_gauge", "my_latency"));

        processor.consume(target.run(1));
        processor.consume(target.run(2));

        assertThat(test.telemetry().count("not listed: nobody_lists_this")).isEqualTo(2);
        assertThat(test.telemetry().count("series merged")).isEqualTo(4);
        assertThat(test.telemetry().dropped()).containsEntry("not listed", 6L);
    }

    private static Batches untyped(Batches scrape, String name, double value) {
        return scrape.add(
                name,
                MetricDataType.DOUBLE_GAUGE,
                GaugeData.createDoubleGaugeData(List.of(point(value, attributes()))),
                ExposedType.UNTYPED);
    }

    private static HistogramData histogram(List<Double> bounds, String... labels) {
        return HistogramData.create(
                AggregationTemporality.CUMULATIVE,
                List.of(HistogramPointData.create(
                        0, Batches.TIME, attributes(labels), 2.5, false, 0, false, 0, bounds, List.of(2L, 1L))));
    }

    private static HistogramData histograms(List<Double> bounds, List<Double> otherBounds) {
        List<HistogramPointData> points =
                new ArrayList<>(histogram(bounds, "hostname", "a").getPoints());
        points.addAll(histogram(otherBounds, "hostname", "b").getPoints());
        return HistogramData.create(AggregationTemporality.CUMULATIVE, points);
    }

    private Processor<MetricBatch> processor(NamingConfig config) {
        return Built.metrics(new NamingFactory(), test.build(), config, next);
    }

    private void pass(NamingConfig config, Batches scrape) throws Exception {
        processor(config).consume(scrape.batch());
    }

    private List<PointData> points() {
        List<PointData> points = new ArrayList<>();
        next.allMetrics().forEach(metric -> points.addAll(metric.data().getPoints()));
        return points;
    }

    /** Number points as {@code name{key=value, ...} value}, without the prefix. */
    private List<String> sent() {
        List<String> lines = new ArrayList<>();
        for (Metric metric : next.allMetrics()) {
            for (PointData point : metric.data().getPoints()) {
                assertThat(metric.name()).startsWith(PREFIX);
                List<String> labels = new ArrayList<>();
                point.getAttributes().forEach((key, value) -> labels.add(key.getKey() + "=" + value));
                lines.add(metric.name().substring(PREFIX.length()) + "{" + String.join(", ", labels) + "} "
                        + (point instanceof DoublePointData number ? number.getValue() : ""));
            }
        }
        return lines;
    }
}
