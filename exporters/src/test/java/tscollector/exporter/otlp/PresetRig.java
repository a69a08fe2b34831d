package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import tscollector.component.StartException;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.Consumer;
import tscollector.exporter.Exporter;
import tscollector.signal.ExposedType;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

/** One exporter with {@code preset: datadog} before a backend on loopback, with time in the hands of the test. */
final class PresetRig implements AutoCloseable {
    static final String KEY = "0123456789abcdef0123456789abcdef";
    static final String OTHER_KEY = "fedcba9876543210fedcba9876543210";

    final TestContext test = new TestContext("otlp_http/datadog");
    final FakeOtlpBackend backend;
    private Exporter exporter;

    PresetRig() throws Exception {
        backend = FakeOtlpBackend.plain();
    }

    /** @param yaml beside the addresses, such as {@code api: {key: x}} */
    PresetRig started(String yaml) throws StartException {
        exporter = new OtlpHttpFactory().create(test.build(), config(yaml), Set.of(Signal.METRICS, Signal.LOGS));
        exporter.start(test.host());
        return this;
    }

    OtlpHttpConfig config(String yaml) {
        String url = "http://127.0.0.1:" + backend.port();
        Problems problems = new Problems();
        OtlpHttpConfig config = ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow()
                .bind(
                        "{preset: datadog, metrics_endpoint: '" + url + "/m', logs_endpoint: '" + url + "/l', " + yaml
                                + "}",
                        new OtlpHttpFactory().descriptor(),
                        problems);
        assertThat(problems.all()).isEmpty();
        return config;
    }

    Exporter exporter() {
        return exporter;
    }

    void send(MetricBatch batch) throws Exception {
        Consumer<MetricBatch> metrics = exporter.inputs().get(Signal.METRICS);
        assertThat(metrics).isNotNull();
        metrics.consume(batch);
        test.scheduler().advance(Duration.ofMillis(200));
    }

    void advance(Duration time) {
        test.scheduler().advance(time);
    }

    /** As many answers of this status. */
    void script(int times, int status) {
        for (int i = 0; i < times; i++) {
            backend.http(status, "text/plain", new byte[0]);
        }
    }

    /** A gauge whose point is so long after the start of the test. */
    static MetricBatch gauge(String name, Duration later) {
        return new Batches()
                .add(name, MetricDataType.DOUBLE_GAUGE, gauge(later), ExposedType.GAUGE)
                .batch();
    }

    /** One gauge with a point at each of these times after the start of the test. */
    static GaugeData<DoublePointData> gauge(Duration... later) {
        List<DoublePointData> points = new ArrayList<>();
        for (Duration one : later) {
            long time = Batches.TIME + one.toNanos();
            points.add(DoublePointData.create(time, time, Attributes.empty(), points.size(), List.of()));
        }
        return GaugeData.createDoubleGaugeData(points);
    }

    /** Of every request: the key, and the names of metrics with how many points each. */
    List<Map<String, Integer>> requests() {
        List<Map<String, Integer>> requests = new ArrayList<>();
        for (FakeOtlpBackend.Received received : backend.received()) {
            Map<String, Integer> points = new java.util.TreeMap<>();
            received.metrics()
                    .getResourceMetricsList()
                    .forEach(resource -> resource.getScopeMetricsList()
                            .forEach(scope -> scope.getMetricsList()
                                    .forEach(metric -> points.put(
                                            metric.getName(),
                                            metric.getGauge().getDataPointsCount()
                                                    + metric.getSum().getDataPointsCount()))));
            requests.add(points);
        }
        return requests;
    }

    List<String> keys() {
        return backend.received().stream()
                .map(received -> received.headers().get("dd-api-key"))
                .toList();
    }

    @Override
    public void close() {
        backend.close();
    }
}
