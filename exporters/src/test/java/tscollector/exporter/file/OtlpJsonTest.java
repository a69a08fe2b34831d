package tscollector.exporter.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
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
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tscollector.signal.ExposedType;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;

class OtlpJsonTest {
    private static final Resource RESOURCE = Resource.create(Batches.attributes("service.name", "torchserve"));
    private static final InstrumentationScopeInfo SCOPE =
            InstrumentationScopeInfo.builder("tscollector/x").setVersion("1.2").build();
    private static final Attributes NONE = Attributes.empty();

    private static String json(Consumer<JsonGenerator> writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            writing.accept(json);
        }
        return text.toString();
    }

    private static Batches batches() {
        return new Batches(RESOURCE, SCOPE);
    }

    private static String json(MetricBatch batch) {
        return json(generator -> JsonMetrics.write(generator, batch));
    }

    /** The part of the text between the metric's name and the end of the metric. */
    private static String metric(Batches batches) {
        String all = json(batches.batch());
        String begin = "\"metrics\":[{\"name\":\"m\",";
        return all.substring(all.indexOf(begin) + begin.length(), all.length() - "}]}]}]}".length());
    }

    @Test
    void writesResourceScopeAndPointsOfAGauge() {
        assertThat(json(batches().gauge("QueueTime", 0.5, "Level", "Host").batch()))
                .isEqualTo(
                        "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                                + "{\"stringValue\":\"torchserve\"}}]},\"scopeMetrics\":[{\"scope\":{\"name\":\"tscollector/x\","
                                + "\"version\":\"1.2\"},\"metrics\":[{\"name\":\"QueueTime\",\"gauge\":{\"dataPoints\":[{\"attributes\":"
                                + "[{\"key\":\"Level\",\"value\":{\"stringValue\":\"Host\"}}],\"startTimeUnixNano\":"
                                + "\"1767225540000000000\",\"timeUnixNano\":\"1767225600000000000\",\"asDouble\":0.5}]}}]}]}]}");
    }

    @Test
    void writesSumsWithTemporalityAndMonotonicity() {
        assertThat(metric(batches().counter("m", 3)))
                .startsWith("\"sum\":{\"dataPoints\":[")
                .endsWith("\"asDouble\":3.0}],\"aggregationTemporality\":2,\"isMonotonic\":true}");
        assertThat(metric(batches()
                        .add(
                                "m",
                                MetricDataType.LONG_SUM,
                                SumData.createLongSumData(
                                        false,
                                        AggregationTemporality.DELTA,
                                        List.of(LongPointData.create(0, 7, NONE, -4))),
                                ExposedType.COUNTER)))
                .isEqualTo(
                        "\"sum\":{\"dataPoints\":[{\"timeUnixNano\":\"7\",\"asInt\":\"-4\"}],\"aggregationTemporality\":1}");
    }

    @Test
    void writesNumbersThatJsonDoesNotHaveAsText() {
        assertThat(metric(batches()
                        .add(
                                "m",
                                MetricDataType.DOUBLE_GAUGE,
                                GaugeData.createDoubleGaugeData(List.of(
                                        DoublePointData.create(0, 7, NONE, Double.NaN, List.of()),
                                        DoublePointData.create(0, 7, NONE, Double.NEGATIVE_INFINITY, List.of()))),
                                ExposedType.GAUGE)))
                .contains("\"asDouble\":\"NaN\"", "\"asDouble\":\"-Infinity\"");
    }

    @Test
    void writesHistogramsAndSummaries() {
        assertThat(metric(batches()
                        .add(
                                "m",
                                MetricDataType.HISTOGRAM,
                                HistogramData.create(
                                        AggregationTemporality.CUMULATIVE,
                                        List.of(HistogramPointData.create(
                                                5,
                                                7,
                                                NONE,
                                                4.5,
                                                false,
                                                0,
                                                true,
                                                2,
                                                List.of(0.5, 1.0),
                                                List.of(1L, 0L, 2L)))),
                                ExposedType.HISTOGRAM)))
                .isEqualTo(
                        "\"histogram\":{\"dataPoints\":[{\"startTimeUnixNano\":\"5\",\"timeUnixNano\":\"7\",\"count\":\"3\","
                                + "\"sum\":4.5,\"max\":2.0,\"bucketCounts\":[\"1\",\"0\",\"2\"],\"explicitBounds\":[0.5,1.0]}],"
                                + "\"aggregationTemporality\":2}");
        assertThat(metric(batches()
                        .add(
                                "m",
                                MetricDataType.SUMMARY,
                                SummaryData.create(List.of(SummaryPointData.create(
                                        5, 7, NONE, 3, 4.5, List.of(ValueAtQuantile.create(0.5, 1.5))))),
                                ExposedType.SUMMARY)))
                .isEqualTo(
                        "\"summary\":{\"dataPoints\":[{\"startTimeUnixNano\":\"5\",\"timeUnixNano\":\"7\",\"count\":\"3\","
                                + "\"sum\":4.5,\"quantileValues\":[{\"quantile\":0.5,\"value\":1.5}]}]}");
    }

    @Test
    void putsGroupsOfOneResourceUnderOneHead() {
        MetricBatch batch = new MetricBatch(List.of(
                batches().gauge("a", 1).group(),
                new Batches(RESOURCE, Batches.SCOPE).gauge("b", 1).group(),
                new Batches().gauge("c", 1).group()));

        String text = json(batch);

        assertThat(text.split("\"resource\":", -1)).hasSize(3);
        assertThat(text.split("\"scope\":", -1)).hasSize(4);
    }

    @Test
    void writesEveryKindOfAttribute() {
        Attributes attributes = Attributes.builder()
                .put("b", true)
                .put("d", 0.5)
                .put("l", 7L)
                .put(AttributeKey.stringArrayKey("s"), List.of("x", "y"))
                .put(AttributeKey.longArrayKey("z"), List.of(1L))
                .build();

        String text = json(generator -> {
            generator.writeStartObject();
            JsonValues.writeAttributes(generator, attributes);
            generator.writeEndObject();
        });

        assertThat(text)
                .isEqualTo("{\"attributes\":[{\"key\":\"b\",\"value\":{\"boolValue\":true}},"
                        + "{\"key\":\"d\",\"value\":{\"doubleValue\":0.5}},{\"key\":\"l\",\"value\":{\"intValue\":\"7\"}},"
                        + "{\"key\":\"s\",\"value\":{\"arrayValue\":{\"values\":[{\"stringValue\":\"x\"},{\"stringValue\":\"y\"}]}}},"
                        + "{\"key\":\"z\",\"value\":{\"arrayValue\":{\"values\":[{\"intValue\":\"1\"}]}}}]}");
    }

    @Test
    void writesEventsWithNameSeverityAndStructuredBody() {
        LogRecord event = new LogRecord(
                RESOURCE,
                SCOPE,
                5,
                6,
                Severity.INFO,
                Value.of(
                        KeyValue.of("models", Value.of(Value.of("a\nb"), Value.of(true), Value.of(2L))),
                        KeyValue.of("raw", Value.of(new byte[] {1, 2}))),
                Batches.attributes("k", "v"),
                "torchserve.model.added");

        String text = json(generator ->
                JsonLogs.write(generator, new LogBatch(List.of(new LogGroup(RESOURCE, SCOPE, List.of(event))))));

        assertThat(text)
                .startsWith("{\"resourceLogs\":[{\"resource\":{")
                .contains(
                        "\"logRecords\":[{\"timeUnixNano\":\"5\",\"observedTimeUnixNano\":\"6\",\"severityNumber\":9,"
                                + "\"severityText\":\"INFO\",\"body\":{\"kvlistValue\":{\"values\":[{\"key\":\"models\",\"value\":{\"arrayValue\":"
                                + "{\"values\":[{\"stringValue\":\"a\\nb\"},{\"boolValue\":true},{\"intValue\":\"2\"}]}}},"
                                + "{\"key\":\"raw\",\"value\":{\"bytesValue\":\"AQI=\"}}]}},"
                                + "\"attributes\":[{\"key\":\"k\",\"value\":{\"stringValue\":\"v\"}}],\"eventName\":\"torchserve.model.added\"}]");
    }
}
