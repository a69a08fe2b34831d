package tscollector.exporter.datadog;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.config.ConfigValue;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.Deliveries;
import tscollector.kit.delivery.Delivery;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

/** The metrics half of the exporter, between a test's batches and a test's intake; queue, retries and clock are the real ones' and the test's. */
final class SeriesFixture {
    static final InstrumentationScopeInfo HEALTH = InstrumentationScopeInfo.create("tscollector.service_check");
    static final Resource SERVER = Resource.create(Batches.attributes("service.instance.id", "host:8080"));
    /** The second of {@link Batches#TIME}. */
    static final long SECOND = Batches.TIME / 1_000_000_000L;

    final TestContext test = new TestContext("datadog");
    final FakeIntake intake;
    final SeriesSender sender;
    private final Deliveries deliveries;
    private final Delivery<MetricBatch> queue;
    private final Consumer<MetricBatch> input;

    private SeriesFixture(FakeIntake intake, DatadogConfig config) {
        this.intake = intake;
        this.sender = new SeriesSender(test.build(), config, intake, new HostNames("this-host"));
        this.deliveries = new Deliveries(test.build(), config.delivery());
        this.queue = deliveries.addStepwise(Signal.METRICS, sender);
        this.input = sender.inFrontOf(queue);
    }

    static SeriesFixture of(FakeIntake intake) {
        return new SeriesFixture(intake, config(MetricsConfig.defaults()));
    }

    static SeriesFixture of(FakeIntake intake, MetricsConfig metrics, String... tags) {
        return new SeriesFixture(intake, config(metrics, tags));
    }

    static SeriesFixture withDefaults() {
        return of(new FakeIntake());
    }

    static MetricsConfig json() {
        return metrics(MetricsConfig.Encoding.JSON, Duration.ofHours(1), false, 1);
    }

    static MetricsConfig metrics(
            MetricsConfig.Encoding encoding, Duration maxAge, boolean resourceAttributes, int unknownSketches) {
        MetricsConfig d = MetricsConfig.defaults();
        return new MetricsConfig(
                null,
                encoding,
                maxAge,
                resourceAttributes,
                d.inferInterval(),
                d.countAsRate(),
                d.histograms(),
                d.sums(),
                d.summaries(),
                unknownSketches);
    }

    static SeriesFixture withStorage(String id) {
        return new SeriesFixture(new FakeIntake(), config(ComponentId.parse(id), MetricsConfig.defaults()));
    }

    static DatadogConfig config(MetricsConfig metrics, String... tags) {
        return config(null, metrics, tags);
    }

    private static DatadogConfig config(@Nullable ComponentId storage, MetricsConfig metrics, String... tags) {
        DatadogConfig d = DatadogConfig.defaults();
        ConfigValue list = tags.length == 0
                ? null
                : new ConfigValue.Sequence(Arrays.stream(tags)
                        .<ConfigValue>map(SeriesFixture::scalar)
                        .toList());
        return new DatadogConfig(
                d.api(),
                d.hostname(),
                list,
                storage,
                metrics,
                d.logs(),
                d.events(),
                d.apiKeyCheck(),
                d.seriesTtl(),
                d.compression(),
                d.timeout(),
                d.http(),
                d.delivery());
    }

    /** Gives a batch to the exporter and lets all that is due happen. */
    void send(MetricBatch batch) {
        hand(batch);
        test.scheduler().advance(Duration.ofMillis(200));
    }

    /** Gives a batch to the exporter, which may wait for more to send with it. */
    void hand(MetricBatch batch) {
        try {
            input.consume(batch);
        } catch (DeliveryException e) {
            throw new AssertionError(e);
        }
    }

    /** Items in the queue or on their way. */
    long queued() {
        return queue.queuedItems();
    }

    /** Items that were sent, dropped for whatever reason, or are in the queue. */
    long accounted() {
        long dropped = test.telemetry().dropped().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return test.telemetry().sent() + dropped + queued();
    }

    void advance(Duration time) {
        test.scheduler().advance(time);
    }

    static MetricBatch batch(Metric... metrics) {
        return new MetricBatch(
                List.of(MetricGroup.of(metrics[0].resource(), metrics[0].scope(), List.of(metrics), new Shape())));
    }

    static Metric counts(String name, DoublePointData... points) {
        return metric(
                name,
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.DELTA, List.of(points)));
    }

    static Metric gauges(String name, DoublePointData... points) {
        return metric(name, MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(List.of(points)));
    }

    static Metric histograms(String name, HistogramPointData... points) {
        return metric(
                name, MetricDataType.HISTOGRAM, HistogramData.create(AggregationTemporality.DELTA, List.of(points)));
    }

    static Metric metric(String name, MetricDataType type, Data<?> data) {
        return metric(SERVER, Batches.SCOPE, name, type, data);
    }

    static Metric metric(
            Resource resource, InstrumentationScopeInfo scope, String name, MetricDataType type, Data<?> data) {
        return new Metric(resource, scope, name, "", "", type, data, name, null);
    }

    static DoublePointData at(long second, double value, String... attributes) {
        return at(second, value, Batches.attributes(attributes));
    }

    static DoublePointData at(long second, double value, Attributes attributes) {
        return DoublePointData.create(0, second * 1_000_000_000L + 987_654_321L, attributes, value, List.of());
    }

    static HistogramPointData histogram(long second, double sum, List<Double> bounds, List<Long> counts) {
        long nanos = second * 1_000_000_000L + 5;
        return HistogramPointData.create(
                nanos - 15_000_000_000L, nanos, Attributes.empty(), sum, false, 0, false, 0, bounds, counts);
    }

    private static ConfigValue scalar(String text) {
        return new ConfigValue.Scalar(text, false);
    }
}
