package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.kit.http.TlsConfig;
import tscollector.signal.ExposedType;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

/** Every kind of point and record, decoded by the published protocol classes and compared with what went in. */
class OtlpEncodingTest {
    private static final io.opentelemetry.sdk.metrics.data.AggregationTemporality CUMULATIVE =
            io.opentelemetry.sdk.metrics.data.AggregationTemporality.CUMULATIVE;
    private static final long START = Batches.TIME - 60_000_000_000L;
    private static final Attributes HOST = Batches.attributes("Level", "Host");

    private final TestContext test = new TestContext("otlp");
    private final Resource resource = Resource.create(Attributes.builder()
            .put("service.name", "torchserve")
            .put("cpus", 8)
            .put("spot", true)
            .put("load", 0.5)
            .put(AttributeKey.stringArrayKey("zones"), List.of("a", "b"))
            .build());
    private final InstrumentationScopeInfo scope =
            InstrumentationScopeInfo.builder("tscollector").setVersion("1.2.3").build();
    private FakeOtlpBackend backend;

    @BeforeEach
    void open() throws Exception {
        backend = FakeOtlpBackend.plain();
    }

    @AfterEach
    void close() throws Exception {
        backend.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void everyKindOfPointArrivesAsItWas(String protocol) throws Exception {
        send(protocol, metrics());
        ResourceMetrics arrived = backend.only().metrics().getResourceMetrics(0);

        assertThat(backend.only().metrics().getResourceMetricsCount()).isEqualTo(1);
        assertThat(arrived.getScopeMetricsCount()).isEqualTo(1);
        assertThat(arrived.getScopeMetrics(0).getScope().getName()).isEqualTo("tscollector");
        assertThat(arrived.getScopeMetrics(0).getScope().getVersion()).isEqualTo("1.2.3");
        Map<String, AnyValue> about = new java.util.HashMap<>();
        arrived.getResource().getAttributesList().forEach(a -> about.put(a.getKey(), a.getValue()));
        assertThat(about.get("service.name").getStringValue()).isEqualTo("torchserve");
        assertThat(about.get("cpus").getIntValue()).isEqualTo(8);
        assertThat(about.get("spot").getBoolValue()).isTrue();
        assertThat(about.get("load").getDoubleValue()).isEqualTo(0.5);
        assertThat(about.get("zones").getArrayValue().getValues(1).getStringValue())
                .isEqualTo("b");
        List<Metric> all = arrived.getScopeMetrics(0).getMetricsList();
        assertThat(all)
                .extracting(Metric::getName)
                .containsExactly("double_gauge", "long_gauge", "double_sum", "long_sum", "histogram", "summary");
        numbers(all);
        histogram(all.get(4));
        summary(all.get(5));
    }

    private void numbers(List<Metric> all) {
        NumberDataPoint gauge = all.get(0).getGauge().getDataPoints(0);
        assertThat(gauge.getAsDouble()).isEqualTo(1.5);
        assertThat(gauge.getTimeUnixNano()).isEqualTo(Batches.TIME);
        assertThat(gauge.getAttributes(0).getKey()).isEqualTo("Level");
        assertThat(gauge.getAttributes(0).getValue().getStringValue()).isEqualTo("Host");
        assertThat(all.get(0).getGauge().getDataPoints(1).getAsDouble()).isNaN();
        assertThat(all.get(0).getGauge().getDataPoints(2).getAsDouble()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(all.get(1).getGauge().getDataPoints(0).getAsInt()).isEqualTo(Long.MIN_VALUE);
        assertThat(all.get(2).getSum().getIsMonotonic()).isTrue();
        assertThat(all.get(2).getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(all.get(2).getSum().getDataPoints(0).getStartTimeUnixNano()).isEqualTo(START);
        assertThat(all.get(2).getSum().getDataPoints(0).getAsDouble()).isEqualTo(7);
        assertThat(all.get(2).getUnit()).isEqualTo("{request}");
        assertThat(all.get(2).getDescription()).isEqualTo("Requests.");
        assertThat(all.get(3).getSum().getIsMonotonic()).isFalse();
        assertThat(all.get(3).getSum().getDataPoints(0).getAsInt()).isEqualTo(9);
    }

    private static void histogram(Metric metric) {
        HistogramDataPoint point = metric.getHistogram().getDataPoints(0);
        assertThat(metric.getHistogram().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(point.getCount()).isEqualTo(6);
        assertThat(point.getSum()).isEqualTo(12.5);
        assertThat(point.getExplicitBoundsList()).containsExactly(1.0, 5.0);
        assertThat(point.getBucketCountsList()).containsExactly(1L, 2L, 3L);
        assertThat(point.getStartTimeUnixNano()).isEqualTo(START);
        assertThat(point.hasMin()).isFalse();
    }

    private static void summary(Metric metric) {
        SummaryDataPoint point = metric.getSummary().getDataPoints(0);
        assertThat(point.getCount()).isEqualTo(4);
        assertThat(point.getSum()).isEqualTo(10);
        assertThat(point.getQuantileValues(1).getQuantile()).isEqualTo(0.99);
        assertThat(point.getQuantileValues(1).getValue()).isEqualTo(3.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void recordsAndEventsArriveAsTheyWere(String protocol) throws Exception {
        Value<?> map = Value.of(
                KeyValue.of("models", Value.of(Value.of("resnet"), Value.of(2))),
                KeyValue.of("complete", Value.of(true)));
        send(
                protocol,
                new LogBatch(List.of(new LogGroup(
                        resource,
                        scope,
                        List.of(
                                new LogRecord(
                                        resource, scope, 5, 6, Severity.INFO, Value.of("text"), HOST, "model.added"),
                                new LogRecord(resource, scope, 7, 8, Severity.WARN, map, HOST, ""),
                                new LogRecord(resource, scope, 9, 10, Severity.ERROR, null, HOST, "empty"))))));
        List<io.opentelemetry.proto.logs.v1.LogRecord> arrived =
                backend.only().logs().getResourceLogs(0).getScopeLogs(0).getLogRecordsList();

        assertThat(arrived).hasSize(3);
        assertThat(arrived.get(0).getEventName()).isEqualTo("model.added");
        assertThat(arrived.get(0).getBody().getStringValue()).isEqualTo("text");
        assertThat(arrived.get(0).getTimeUnixNano()).isEqualTo(5);
        assertThat(arrived.get(0).getObservedTimeUnixNano()).isEqualTo(6);
        assertThat(arrived.get(0).getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
        assertThat(arrived.get(0).getAttributes(0).getValue().getStringValue()).isEqualTo("Host");
        assertThat(arrived.get(1).getEventName()).isEmpty();
        AnyValue models = arrived.get(1).getBody().getKvlistValue().getValues(0).getValue();
        assertThat(models.getArrayValue().getValues(0).getStringValue()).isEqualTo("resnet");
        assertThat(models.getArrayValue().getValues(1).getIntValue()).isEqualTo(2);
        assertThat(arrived.get(1)
                        .getBody()
                        .getKvlistValue()
                        .getValues(1)
                        .getValue()
                        .getBoolValue())
                .isTrue();
        assertThat(arrived.get(2).getBody().hasStringValue()).isFalse();
    }

    private MetricBatch metrics() {
        return new Batches(resource, scope)
                        .add(
                                "double_gauge",
                                MetricDataType.DOUBLE_GAUGE,
                                GaugeData.createDoubleGaugeData(List.of(
                                        Batches.point(1.5, HOST),
                                        Batches.point(Double.NaN, HOST),
                                        Batches.point(Double.NEGATIVE_INFINITY, HOST))),
                                ExposedType.GAUGE)
                        .add(
                                "long_gauge",
                                MetricDataType.LONG_GAUGE,
                                GaugeData.createLongGaugeData(
                                        List.of(LongPointData.create(START, Batches.TIME, HOST, Long.MIN_VALUE))),
                                ExposedType.GAUGE)
                        .batch()
                        .groups()
                        .stream()
                        .map(this::withMore)
                        .findFirst()
                        .orElseThrow();
    }

    private MetricBatch withMore(tscollector.signal.MetricGroup group) {
        List<tscollector.signal.Metric> all = new java.util.ArrayList<>(group.metrics());
        all.add(new tscollector.signal.Metric(
                resource,
                scope,
                "double_sum",
                "Requests.",
                "{request}",
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, CUMULATIVE, List.of(Batches.point(7, HOST))),
                "Requests2XX",
                ExposedType.COUNTER));
        all.add(metric(
                "long_sum",
                MetricDataType.LONG_SUM,
                SumData.createLongSumData(
                        false, CUMULATIVE, List.of(LongPointData.create(START, Batches.TIME, HOST, 9)))));
        all.add(metric(
                "histogram",
                MetricDataType.HISTOGRAM,
                HistogramData.create(
                        CUMULATIVE,
                        List.of(HistogramPointData.create(
                                START,
                                Batches.TIME,
                                HOST,
                                12.5,
                                false,
                                0,
                                false,
                                0,
                                List.of(1.0, 5.0),
                                List.of(1L, 2L, 3L))))));
        all.add(metric(
                "summary",
                MetricDataType.SUMMARY,
                SummaryData.create(List.of(SummaryPointData.create(
                        START,
                        Batches.TIME,
                        HOST,
                        4,
                        10,
                        List.of(ValueAtQuantile.create(0.5, 2), ValueAtQuantile.create(0.99, 3.5)))))));
        return new MetricBatch(
                List.of(tscollector.signal.MetricGroup.of(resource, scope, all, new tscollector.signal.Shape())));
    }

    private tscollector.signal.Metric metric(
            String name, MetricDataType type, io.opentelemetry.sdk.metrics.data.Data<?> data) {
        return new tscollector.signal.Metric(resource, scope, name, "", "", type, data, name, null);
    }

    private void send(String protocol, MetricBatch batch) throws Exception {
        exporter(protocol).inputs().get(Signal.METRICS).consume(batch);
        test.scheduler().advance(Duration.ofSeconds(1));
    }

    private void send(String protocol, LogBatch batch) throws Exception {
        exporter(protocol).inputs().get(Signal.LOGS).consume(batch);
        test.scheduler().advance(Duration.ofSeconds(1));
    }

    private Exporter exporter(String protocol) throws Exception {
        String url = "http://127.0.0.1:" + backend.port();
        Set<Signal<?>> both = Set.of(Signal.METRICS, Signal.LOGS);
        Duration timeout = Duration.ofSeconds(20);
        if (protocol.equals("grpc")) {
            return new OtlpGrpcFactory()
                    .create(
                            test.build(),
                            new OtlpGrpcConfig(
                                    url,
                                    Compression.GZIP,
                                    Map.of(),
                                    timeout,
                                    TlsConfig.defaults(),
                                    null,
                                    DeliveryConfig.defaults()),
                            both);
        }
        return new OtlpHttpFactory()
                .create(
                        test.build(),
                        new OtlpHttpConfig(
                                url,
                                null,
                                null,
                                OtlpHttpConfig.Encoding.PROTO,
                                Compression.GZIP,
                                Map.of(),
                                timeout,
                                TlsConfig.defaults(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                DeliveryConfig.defaults()),
                        both);
    }
}
