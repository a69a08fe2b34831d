package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.signal.Batch;
import tscollector.signal.ExposedType;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;

class BatchingTest {
    private final Batching<MetricBatch> metrics = Batching.of(Signal.METRICS);
    private final Batching<LogBatch> logs = Batching.of(Signal.LOGS);

    @Test
    void estimatesPointsAndBuckets() {
        HistogramPointData point = HistogramPointData.create(
                0, 1, Batches.attributes(), 3, false, 0, false, 0, List.of(1.0, 2.0), List.of(1L, 1L, 1L));
        MetricBatch batch = new Batches()
                .gauge("a", 1)
                .add(
                        "h",
                        MetricDataType.HISTOGRAM,
                        HistogramData.create(AggregationTemporality.CUMULATIVE, List.of(point)),
                        ExposedType.HISTOGRAM)
                .batch();

        assertThat(metrics.estimateBytes(batch)).isEqualTo(120 + 120 + 3 * 16);
    }

    @Test
    void estimatesRecordsByTheirTextAndAttributes() {
        assertThat(logs.estimateBytes(Batches.event("e", "0123456789", "k", "v")))
                .isEqualTo(100 + 10 + 40);
        assertThat(logs.estimateBytes(record(Value.of(KeyValue.of("k", Value.of(1))))))
                .isEqualTo(1100);
        assertThat(logs.estimateBytes(record(null))).isEqualTo(100);
    }

    @Test
    void aSliceKeepsTheMetricsItDoesNotCut() {
        MetricBatch batch =
                new Batches().gauge("a", 1).gauge("b", 2).gauge("c", 3).batch();
        MetricBatch slice = metrics.slice(batch, 1, 3);

        assertThat(slice.groups().get(0).metrics().get(0))
                .isSameAs(batch.groups().get(0).metrics().get(1));
        assertThat(slice.itemCount()).isEqualTo(2);
        assertThat(slice.groups().get(0).shape())
                .isNotSameAs(batch.groups().get(0).shape());
    }

    @Test
    void knowsOnlyMetricsAndLogs() {
        assertThatThrownBy(() -> Batching.of(new Signal<>("traces", Batch.class)))
                .hasMessage("no batching is known for traces");
    }

    private static LogBatch record(Value<?> body) {
        Resource resource = Resource.empty();
        return new LogBatch(List.of(new LogGroup(
                resource,
                Batches.SCOPE,
                List.of(new LogRecord(resource, Batches.SCOPE, 0, 0, Severity.INFO, body, Batches.attributes(), "")))));
    }
}
