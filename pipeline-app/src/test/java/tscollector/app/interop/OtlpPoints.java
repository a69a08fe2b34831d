package tscollector.app.interop;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.List;

/** Requests that tests write down point by point. Times are nanoseconds. */
final class OtlpPoints {
    private final ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();

    OtlpPoints() {
        request.addResourceMetricsBuilder()
                .addScopeMetricsBuilder()
                .getScopeBuilder()
                .setName("by hand");
        request.getResourceMetricsBuilder(0)
                .getResourceBuilder()
                .addAttributesBuilder()
                .setKey("host.name")
                .getValueBuilder()
                .setStringValue("by-hand");
    }

    private Metric.Builder metric(String name) {
        return request.getResourceMetricsBuilder(0)
                .getScopeMetricsBuilder(0)
                .addMetricsBuilder()
                .setName(name);
    }

    /** Gives the resource an attribute. */
    OtlpPoints of(String key, String value) {
        request.getResourceMetricsBuilder(0)
                .getResourceBuilder()
                .addAttributesBuilder()
                .setKey(key)
                .getValueBuilder()
                .setStringValue(value);
        return this;
    }

    /** A gauge of one point with an attribute that is a list. */
    OtlpPoints gauge(String name, long time, double value, String key, List<String> values) {
        NumberDataPoint.Builder point = metric(name)
                .getGaugeBuilder()
                .addDataPointsBuilder()
                .setTimeUnixNano(time)
                .setAsDouble(value);
        AnyValue.Builder list = point.addAttributesBuilder().setKey(key).getValueBuilder();
        values.forEach(each -> list.getArrayValueBuilder().addValuesBuilder().setStringValue(each));
        return this;
    }

    /** A sum with delta temporality of one point. */
    OtlpPoints delta(String name, long start, long time, double value) {
        Metric.Builder metric = metric(name);
        metric.getSumBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .addDataPointsBuilder()
                .setStartTimeUnixNano(start)
                .setTimeUnixNano(time)
                .setAsDouble(value);
        return this;
    }

    /** A cumulative exponential histogram of one point, with one bucket from 1 to 2. */
    OtlpPoints exponential(String name, long start, long time, double sum, long count) {
        Metric.Builder metric = metric(name);
        metric.getExponentialHistogramBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPointsBuilder()
                .setStartTimeUnixNano(start)
                .setTimeUnixNano(time)
                .setSum(sum)
                .setCount(count)
                .getPositiveBuilder()
                .addBucketCounts(count);
        return this;
    }

    /** A cumulative monotonic sum with a point for each value, told apart by an attribute. */
    OtlpPoints counter(String name, long start, long time, double... values) {
        Metric.Builder metric = metric(name);
        metric.getSumBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        for (int i = 0; i < values.length; i++) {
            metric.getSumBuilder()
                    .addDataPointsBuilder()
                    .setStartTimeUnixNano(start)
                    .setTimeUnixNano(time)
                    .setAsDouble(values[i])
                    .addAttributesBuilder()
                    .setKey("i")
                    .getValueBuilder()
                    .setStringValue("" + i);
        }
        return this;
    }

    /** A histogram of one point. */
    OtlpPoints histogram(
            String name, boolean delta, long start, long time, double sum, List<Double> bounds, long... counts) {
        Metric.Builder metric = metric(name);
        metric.getHistogramBuilder()
                .setAggregationTemporality(
                        delta
                                ? AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
                                : AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        HistogramDataPoint.Builder point = metric.getHistogramBuilder()
                .addDataPointsBuilder()
                .setStartTimeUnixNano(start)
                .setTimeUnixNano(time)
                .setSum(sum)
                .addAllExplicitBounds(bounds);
        long total = 0;
        for (long count : counts) {
            point.addBucketCounts(count);
            total += count;
        }
        point.setCount(total);
        return this;
    }

    /** A summary of one point without quantiles. */
    OtlpPoints summary(String name, long start, long time, long count, double sum) {
        metric(name)
                .getSummaryBuilder()
                .addDataPointsBuilder()
                .setStartTimeUnixNano(start)
                .setTimeUnixNano(time)
                .setCount(count)
                .setSum(sum);
        return this;
    }

    ExportMetricsServiceRequest request() {
        return request.build();
    }
}
