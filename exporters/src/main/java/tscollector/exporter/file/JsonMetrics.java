package tscollector.exporter.file;

import static tscollector.exporter.file.JsonValues.writeAttributes;
import static tscollector.exporter.file.JsonValues.writeDouble;
import static tscollector.exporter.file.JsonValues.writeLong;
import static tscollector.exporter.file.JsonValues.writeTime;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;

/** Writes a metric batch as one {@code ExportMetricsServiceRequest}. */
final class JsonMetrics {
    private JsonMetrics() {}

    static void write(JsonGenerator json, MetricBatch batch) {
        JsonRequest request = JsonRequest.begin(json, "Metrics");
        for (MetricGroup group : batch.groups()) {
            request.scope(
                    group.resource(),
                    group.scope(),
                    "metrics",
                    () -> group.metrics().forEach(metric -> writeMetric(json, metric)));
        }
        request.end();
    }

    private static void writeMetric(JsonGenerator json, Metric metric) {
        json.writeStartObject();
        json.writeStringProperty("name", metric.name());
        if (!metric.description().isEmpty()) {
            json.writeStringProperty("description", metric.description());
        }
        if (!metric.unit().isEmpty()) {
            json.writeStringProperty("unit", metric.unit());
        }
        switch (metric.type()) {
            case LONG_GAUGE, DOUBLE_GAUGE -> {
                json.writeObjectPropertyStart("gauge");
                writePoints(json, metric);
            }
            case LONG_SUM, DOUBLE_SUM -> {
                json.writeObjectPropertyStart("sum");
                writePoints(json, metric);
                SumData<?> sum = (SumData<?>) metric.data();
                writeTemporality(json, sum.getAggregationTemporality());
                if (sum.isMonotonic()) {
                    json.writeBooleanProperty("isMonotonic", true);
                }
            }
            case HISTOGRAM -> {
                json.writeObjectPropertyStart("histogram");
                writePoints(json, metric);
                writeTemporality(json, metric.getHistogramData().getAggregationTemporality());
            }
            case EXPONENTIAL_HISTOGRAM -> {
                json.writeObjectPropertyStart("exponentialHistogram");
                writePoints(json, metric);
                writeTemporality(json, metric.getExponentialHistogramData().getAggregationTemporality());
            }
            case SUMMARY -> {
                json.writeObjectPropertyStart("summary");
                writePoints(json, metric);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeTemporality(JsonGenerator json, AggregationTemporality temporality) {
        // numbers of opentelemetry.proto.metrics.v1.AggregationTemporality
        json.writeNumberProperty("aggregationTemporality", temporality == AggregationTemporality.DELTA ? 1 : 2);
    }

    private static void writePoints(JsonGenerator json, Metric metric) {
        json.writeArrayPropertyStart("dataPoints");
        for (PointData point : metric.data().getPoints()) {
            json.writeStartObject();
            writeAttributes(json, point.getAttributes());
            writeTime(json, "startTimeUnixNano", point.getStartEpochNanos());
            writeTime(json, "timeUnixNano", point.getEpochNanos());
            if (point instanceof DoublePointData number) {
                writeDouble(json, "asDouble", number.getValue());
            } else if (point instanceof LongPointData number) {
                writeLong(json, "asInt", number.getValue());
            } else if (point instanceof HistogramPointData histogram) {
                writeHistogram(json, histogram);
            } else if (point instanceof SummaryPointData summary) {
                writeSummary(json, summary);
            } else if (point instanceof ExponentialHistogramPointData histogram) {
                writeExponentialHistogram(json, histogram);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeHistogram(JsonGenerator json, HistogramPointData point) {
        writeLong(json, "count", point.getCount());
        writeDouble(json, "sum", point.getSum());
        if (point.hasMin()) {
            writeDouble(json, "min", point.getMin());
        }
        if (point.hasMax()) {
            writeDouble(json, "max", point.getMax());
        }
        writeLongs(json, "bucketCounts", point.getCounts());
        json.writeArrayPropertyStart("explicitBounds");
        point.getBoundaries().forEach(bound -> writeDouble(json, bound));
        json.writeEndArray();
    }

    private static void writeSummary(JsonGenerator json, SummaryPointData point) {
        writeLong(json, "count", point.getCount());
        writeDouble(json, "sum", point.getSum());
        json.writeArrayPropertyStart("quantileValues");
        for (ValueAtQuantile value : point.getValues()) {
            json.writeStartObject();
            writeDouble(json, "quantile", value.getQuantile());
            writeDouble(json, "value", value.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeExponentialHistogram(JsonGenerator json, ExponentialHistogramPointData point) {
        writeLong(json, "count", point.getCount());
        writeDouble(json, "sum", point.getSum());
        json.writeNumberProperty("scale", point.getScale());
        writeLong(json, "zeroCount", point.getZeroCount());
        writeBuckets(json, "positive", point.getPositiveBuckets());
        writeBuckets(json, "negative", point.getNegativeBuckets());
        if (point.hasMin()) {
            writeDouble(json, "min", point.getMin());
        }
        if (point.hasMax()) {
            writeDouble(json, "max", point.getMax());
        }
    }

    private static void writeBuckets(JsonGenerator json, String name, ExponentialHistogramBuckets buckets) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("offset", buckets.getOffset());
        writeLongs(json, "bucketCounts", buckets.getBucketCounts());
        json.writeEndObject();
    }

    private static void writeLongs(JsonGenerator json, String name, List<Long> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(value -> json.writeString(value.toString()));
        json.writeEndArray();
    }
}
