package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.config.Config;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.Consumer;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.exporter.datadog.DatadogFactory;
import tscollector.exporter.otlp.ReferenceTranslator.Sent;
import tscollector.kit.delta.CounterDeltas;
import tscollector.kit.delta.DeltaRules;
import tscollector.signal.ExposedType;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;
import tscollector.testkit.datadog.AcceptedSeries;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.DatadogServer;

/** The same scrapes through the exporter {@code datadog} and through Datadog's OTLP intake. */
class BothRoadsTest {
    private static final Clock CLOCK = Clock.getDefault();
    private static final List<Double> BOUNDS = List.of(1.0, 10.0);

    private final Resource resource = Resource.create(Attributes.builder()
            .put("service.instance.id", "host:8080")
            .put("datadog.host.name", "gpu-7")
            .put(DatadogMapping.TAGS, List.of("env:prod", "team:a", "team:b"))
            .build());
    private final Attributes series = Batches.attributes("model_name", "resnet", "endpoint", "http://h/metrics");
    private final long begin = CLOCK.now() - Duration.ofMinutes(5).toNanos();

    @Test
    @DisplayName("R39 the same input arrives as the same names, types, tags, hosts and values")
    void bothRoadsArriveAlike() throws Exception {
        List<MetricBatch> scrapes = List.of(
                scrape(0, 100, 0, 5, 2, 1),
                scrape(1, 104, 0, 6, 2, 3),
                scrape(2, 3, 1, 1, 0, 0),
                scrape(3, 9, 1, 2, 2, 2));

        Set<Sent> viaOtlp = overOtlp(scrapes);

        assertThat(viaOtlp).hasSizeGreaterThan(10);
        assertThat(viaOtlp).extracting(Sent::type).contains("count", "gauge", "distribution");
        assertThat(viaOtlp).containsExactlyInAnyOrderElementsOf(natively(scrapes));
    }

    private Set<Sent> overOtlp(List<MetricBatch> scrapes) throws Exception {
        List<Sent> all = new ArrayList<>();
        try (FakeOtlpBackend backend = FakeOtlpBackend.plain()) {
            TestContext test = new TestContext("otlp_http/datadog");
            CounterDeltas deltas = new CounterDeltas(test.build(), DeltaRules.of(DeltaRules.InitialValue.AGENT));
            send(
                    new OtlpHttpFactory(),
                    test,
                    "{preset: datadog, api: {key: " + DatadogIntake.KEY + "}, endpoint: 'http://127.0.0.1:"
                            + backend.port() + "'}",
                    scrapes.stream().map(deltas::convert).toList());
            assertThat(test.telemetry().dropped()).containsOnlyKeys("first value of a series");
            backend.received().forEach(received -> all.addAll(ReferenceTranslator.translate(received.metrics())));
        }
        return Set.copyOf(all);
    }

    private Set<Sent> natively(List<MetricBatch> scrapes) throws Exception {
        DatadogIntake intake = new DatadogIntake(CLOCK);
        try (DatadogServer server = DatadogServer.start(intake)) {
            TestContext test = new TestContext("datadog");
            send(
                    new DatadogFactory(),
                    test,
                    "{api: {key: " + DatadogIntake.KEY + "}, api_key_check: off, hostname: other, metrics: {endpoint: '"
                            + server.url() + "'}}",
                    scrapes);
        }
        assertThat(intake.refusals()).isEmpty();
        List<Sent> all = new ArrayList<>();
        for (AcceptedSeries one : intake.series()) {
            String type = one.type() == AcceptedSeries.COUNT ? "count" : "gauge";
            one.points()
                    .forEach(point -> all.add(new Sent(
                            one.metric(),
                            type,
                            new TreeSet<>(one.tags()),
                            String.valueOf(one.host()),
                            point.timestamp(),
                            List.of(point.value()))));
        }
        intake.sketches()
                .forEach(sketch -> all.add(new Sent(
                        sketch.metric(),
                        "distribution",
                        new TreeSet<>(sketch.tags()),
                        sketch.host(),
                        sketch.timestamp(),
                        List.of((double) sketch.count(), sketch.sum()))));
        return Set.copyOf(all);
    }

    private static <C extends Config> void send(
            ExporterFactory<C> factory, TestContext test, String yaml, List<MetricBatch> batches) throws Exception {
        Problems problems = new Problems();
        C config = ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow()
                .bind(yaml, factory.descriptor(), problems);
        assertThat(problems.all()).isEmpty();
        try (RealThreads threads = new RealThreads()) {
            BuildContext context = test.build(threads, CLOCK);
            Exporter exporter = factory.create(context, config, Set.of(Signal.METRICS));
            exporter.start(test.host());
            Consumer<MetricBatch> input = exporter.inputs().get(Signal.METRICS);
            for (MetricBatch batch : batches) {
                if (batch != null && input != null) {
                    input.consume(batch);
                }
            }
            exporter.shutdown(Deadline.in(Duration.ofSeconds(20), CLOCK));
        }
    }

    /** One scrape; {@code restarts} says after how many of them the counters began. */
    private MetricBatch scrape(int run, double counter, int restarts, long... buckets) {
        long start = begin + (restarts == 0 ? 0 : Duration.ofSeconds(15).toNanos());
        long time = begin + Duration.ofSeconds(15).multipliedBy(run).toNanos();
        HistogramPointData histogram = HistogramPointData.create(
                start,
                time,
                series,
                buckets[0] * 0.5 + buckets[1] * 5 + buckets[2] * 50,
                false,
                0,
                false,
                0,
                BOUNDS,
                List.of(buckets[0], buckets[1], buckets[2]));
        return new Batches(resource, Batches.SCOPE)
                .add(
                        "torchserve.openmetrics.cpu.utilization",
                        MetricDataType.DOUBLE_GAUGE,
                        GaugeData.createDoubleGaugeData(List.of(point(start, time, 12.5 + run))),
                        ExposedType.GAUGE)
                .add(
                        "torchserve.openmetrics.inference.count",
                        MetricDataType.DOUBLE_SUM,
                        SumData.createDoubleSumData(
                                true, AggregationTemporality.CUMULATIVE, List.of(point(start, time, counter))),
                        ExposedType.COUNTER)
                .add(
                        "torchserve.connections",
                        MetricDataType.LONG_SUM,
                        SumData.createLongSumData(
                                false,
                                AggregationTemporality.CUMULATIVE,
                                List.of(LongPointData.create(start, time, series, 7 - run))),
                        ExposedType.GAUGE)
                .add(
                        "torchserve.openmetrics.handler.latency",
                        MetricDataType.HISTOGRAM,
                        HistogramData.create(AggregationTemporality.CUMULATIVE, List.of(histogram)),
                        ExposedType.HISTOGRAM)
                .batch();
    }

    private DoublePointData point(long start, long time, double value) {
        return DoublePointData.create(start, time, series, value, List.of());
    }
}
