package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.component.StartException;
import tscollector.kit.delivery.Delivery;
import tscollector.signal.ExposedType;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;

/** {@code preset: datadog}: what else R35 to R38 ask of the bytes on the wire. */
class PresetWireTest {
    private static final String WITH_KEY = "api: {key: " + PresetRig.KEY + "}";

    private PresetRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new PresetRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    @DisplayName("R35 compression: zstd where its library is on the class path, else a start error that names it")
    void r35Zstd() throws Exception {
        String yaml = WITH_KEY + ", compression: zstd";
        if (!isZstdHere()) {
            assertThatThrownBy(() -> rig.started(yaml))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("com.github.luben:zstd-jni");
            return;
        }
        rig.started(yaml);
        Batches batch = new Batches();
        for (int i = 0; i < 500; i++) {
            batch.gauge("g" + i, i);
        }

        rig.send(batch.batch());

        FakeOtlpBackend.Received request = rig.backend.only();
        assertThat(request.headers()).containsEntry("content-encoding", "zstd");
        ExportMetricsServiceRequest message = ExportMetricsServiceRequest.parseFrom(unzstd(request.wire()));
        assertThat(message.getResourceMetrics(0).getScopeMetrics(0).getMetricsList())
                .extracting(Metric::getName)
                .hasSize(500)
                .startsWith("g0", "g1");
        assertThat(request.wire().length).isLessThan(message.getSerializedSize() / 2);
        assertThat(rig.test.telemetry().sent()).isEqualTo(500);
    }

    @Test
    @DisplayName("R36 a cumulative exponential histogram does not leave, one of deltas does as it is")
    void r36ExponentialHistograms() throws Exception {
        rig.started(WITH_KEY);

        rig.send(exponential("cumulative", AggregationTemporality.CUMULATIVE));
        assertThat(rig.backend.received()).isEmpty();
        assertThat(rig.test.telemetry().of(Signal.METRICS).dropped())
                .containsExactly(Map.entry(DatadogMapping.CUMULATIVE, 1L));
        rig.send(exponential("delta", AggregationTemporality.DELTA));

        Metric sent = rig.backend
                .only()
                .metrics()
                .getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetrics(0);
        assertThat(sent.getName()).isEqualTo("delta");
        assertThat(sent.getExponentialHistogram().getAggregationTemporalityValue())
                .as("AGGREGATION_TEMPORALITY_DELTA")
                .isEqualTo(1);
        assertThat(sent.getExponentialHistogram().getDataPoints(0).getStartTimeUnixNano())
                .isEqualTo(Batches.TIME - 15_000_000_000L);
        assertThat(sent.getExponentialHistogram().getDataPoints(0).getPositive().getBucketCountsList())
                .containsExactly(1L, 4L);
    }

    @Test
    @DisplayName("R37 a request that is small as it is sent, and large before, is cut by default, too")
    void r37LargeBeforeCompression() throws Exception {
        rig.started(WITH_KEY + ", sending_queue: {batch: {max_size: 0}}");
        Batches batch = new Batches();
        for (int i = 0; i < 60_000; i++) {
            batch.gauge("torchserve.openmetrics.handler.time", i, "model_name", "resnet-152-batch", "level", "Model");
        }

        rig.send(batch.batch());

        assertThat(rig.backend.received()).hasSizeGreaterThan(1).allSatisfy(request -> {
            assertThat(request.message().length).isLessThanOrEqualTo(4 << 20);
            assertThat(request.wire().length).isLessThanOrEqualTo(512_000);
        });
        assertThat(rig.backend.received().stream()
                        .mapToLong(r -> r.message().length)
                        .sum())
                .isGreaterThan(4 << 20);
        assertThat(rig.test.telemetry().sent()).isEqualTo(60_000);
    }

    @Test
    @DisplayName("R38 a partial success of logs is counted and logged, too")
    void r38PartialSuccessOfLogs() throws Exception {
        rig.backend.http(
                202,
                "application/x-protobuf",
                ExportLogsServiceResponse.newBuilder()
                        .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                                .setRejectedLogRecords(1)
                                .setErrorMessage("no such tag"))
                        .build()
                        .toByteArray());
        rig.started(WITH_KEY);

        rig.exporter().inputs().get(Signal.LOGS).consume(Batches.event("torchserve.model.added", "resnet was added"));
        rig.advance(java.time.Duration.ofMinutes(10));

        assertThat(rig.backend.received()).hasSize(1);
        assertThat(rig.test.telemetry().of(Signal.LOGS).dropped()).containsExactly(Map.entry(Delivery.REJECTED, 1L));
        assertThat(rig.test.telemetry().warnings()).singleElement().asString().contains("no such tag");
    }

    private static MetricBatch exponential(String name, AggregationTemporality temporality) {
        ExponentialHistogramPointData point = ExponentialHistogramPointData.create(
                1,
                9.5,
                0,
                false,
                0,
                false,
                0,
                ExponentialHistogramBuckets.create(1, 0, List.of(1L, 4L)),
                ExponentialHistogramBuckets.create(1, 0, List.of()),
                Batches.TIME - 15_000_000_000L,
                Batches.TIME,
                Batches.attributes("model_name", "resnet"),
                List.of());
        return new Batches()
                .add(
                        name,
                        MetricDataType.EXPONENTIAL_HISTOGRAM,
                        ExponentialHistogramData.create(temporality, List.of(point)),
                        ExposedType.HISTOGRAM)
                .batch();
    }

    private static boolean isZstdHere() {
        try {
            Class.forName("com.github.luben.zstd.Zstd");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static byte[] unzstd(byte[] frame) throws ReflectiveOperationException {
        Class<?> library = Class.forName("com.github.luben.zstd.Zstd");
        return (byte[]) library.getMethod("decompress", byte[].class, int.class).invoke(null, frame, 1 << 20);
    }
}
