package tscollector.app.interop;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;

/**
 * OTLP requests as batches of this program, whose model is the SDK's. That one has no points without a recorded value, no unknown
 * temporality and no histogram whose bounds do not rise: those are left out, as are empty metrics. Requests that are built alike
 * have the same shape.
 */
final class OtlpBatches {
    private final Map<List<Object>, Shape> shapes = new HashMap<>();

    /** The batch; empty if nothing of the request is in the model. */
    List<MetricBatch> of(ExportMetricsServiceRequest request) {
        List<MetricGroup> groups = new ArrayList<>();
        for (ResourceMetrics resourceMetrics : request.getResourceMetricsList()) {
            Resource resource =
                    Resource.create(attributes(resourceMetrics.getResource().getAttributesList()));
            for (ScopeMetrics scopeMetrics : resourceMetrics.getScopeMetricsList()) {
                InstrumentationScopeInfo scope = InstrumentationScopeInfo.builder(
                                scopeMetrics.getScope().getName())
                        .setVersion(scopeMetrics.getScope().getVersion())
                        .build();
                List<Metric> metrics = new ArrayList<>();
                scopeMetrics.getMetricsList().forEach(metric -> add(resource, scope, metric, metrics));
                if (!metrics.isEmpty()) {
                    groups.add(MetricGroup.of(resource, scope, metrics, shape(resource, scope, metrics)));
                }
            }
        }
        return groups.isEmpty() ? List.of() : List.of(new MetricBatch(groups));
    }

    private Shape shape(Resource resource, InstrumentationScopeInfo scope, List<Metric> metrics) {
        List<Object> form = new ArrayList<>(List.of(resource, scope));
        for (Metric metric : metrics) {
            form.add(metric.name());
            form.add(metric.type());
            form.add(metric.unit());
            form.add(temporality(metric.data()));
            metric.data().getPoints().forEach(point -> form.add(point.getAttributes()));
        }
        return shapes.computeIfAbsent(form, key -> new Shape());
    }

    private static Object temporality(Data<?> data) {
        if (data instanceof SumData<?> sum) {
            return List.of(sum.isMonotonic(), sum.getAggregationTemporality());
        }
        if (data instanceof HistogramData histogram) {
            return histogram.getAggregationTemporality();
        }
        return data instanceof ExponentialHistogramData histogram ? histogram.getAggregationTemporality() : List.of();
    }

    private static void add(
            Resource resource,
            InstrumentationScopeInfo scope,
            io.opentelemetry.proto.metrics.v1.Metric metric,
            List<Metric> all) {
        switch (metric.getDataCase()) {
            case GAUGE -> {
                add(
                        resource,
                        scope,
                        metric,
                        MetricDataType.LONG_GAUGE,
                        longs(metric.getGauge().getDataPointsList()),
                        GaugeData::createLongGaugeData,
                        all);
                add(
                        resource,
                        scope,
                        metric,
                        MetricDataType.DOUBLE_GAUGE,
                        doubles(metric.getGauge().getDataPointsList()),
                        GaugeData::createDoubleGaugeData,
                        all);
            }
            case SUM -> {
                AggregationTemporality temporality = temporality(metric.getSum().getAggregationTemporality());
                if (temporality != null) {
                    boolean monotonic = metric.getSum().getIsMonotonic();
                    add(
                            resource,
                            scope,
                            metric,
                            MetricDataType.LONG_SUM,
                            longs(metric.getSum().getDataPointsList()),
                            points -> SumData.createLongSumData(monotonic, temporality, points),
                            all);
                    add(
                            resource,
                            scope,
                            metric,
                            MetricDataType.DOUBLE_SUM,
                            doubles(metric.getSum().getDataPointsList()),
                            points -> SumData.createDoubleSumData(monotonic, temporality, points),
                            all);
                }
            }
            case HISTOGRAM -> {
                AggregationTemporality temporality =
                        temporality(metric.getHistogram().getAggregationTemporality());
                if (temporality != null) {
                    add(
                            resource,
                            scope,
                            metric,
                            MetricDataType.HISTOGRAM,
                            histograms(metric.getHistogram().getDataPointsList()),
                            points -> HistogramData.create(temporality, points),
                            all);
                }
            }
            case EXPONENTIAL_HISTOGRAM -> {
                AggregationTemporality temporality =
                        temporality(metric.getExponentialHistogram().getAggregationTemporality());
                if (temporality != null) {
                    add(
                            resource,
                            scope,
                            metric,
                            MetricDataType.EXPONENTIAL_HISTOGRAM,
                            exponentials(metric.getExponentialHistogram().getDataPointsList()),
                            points -> ExponentialHistogramData.create(temporality, points),
                            all);
                }
            }
            case SUMMARY ->
                add(
                        resource,
                        scope,
                        metric,
                        MetricDataType.SUMMARY,
                        summaries(metric.getSummary().getDataPointsList()),
                        SummaryData::create,
                        all);
            case DATA_NOT_SET -> {} // says nothing
        }
    }

    private static <P extends PointData> void add(
            Resource resource,
            InstrumentationScopeInfo scope,
            io.opentelemetry.proto.metrics.v1.Metric metric,
            MetricDataType type,
            List<P> points,
            Function<List<P>, Data<?>> data,
            List<Metric> all) {
        if (!points.isEmpty()) {
            all.add(new Metric(
                    resource,
                    scope,
                    metric.getName(),
                    metric.getDescription(),
                    metric.getUnit(),
                    type,
                    data.apply(points),
                    metric.getName(),
                    null));
        }
    }

    private static @Nullable AggregationTemporality temporality(
            io.opentelemetry.proto.metrics.v1.AggregationTemporality of) {
        return switch (of) {
            case AGGREGATION_TEMPORALITY_DELTA -> AggregationTemporality.DELTA;
            case AGGREGATION_TEMPORALITY_CUMULATIVE -> AggregationTemporality.CUMULATIVE;
            default -> null;
        };
    }

    private static List<LongPointData> longs(List<NumberDataPoint> points) {
        return points.stream()
                .filter(point -> point.hasAsInt() && isRecorded(point.getFlags()))
                .map(point -> LongPointData.create(
                        point.getStartTimeUnixNano(),
                        point.getTimeUnixNano(),
                        attributes(point.getAttributesList()),
                        point.getAsInt()))
                .toList();
    }

    private static List<DoublePointData> doubles(List<NumberDataPoint> points) {
        return points.stream()
                .filter(point -> point.hasAsDouble() && isRecorded(point.getFlags()))
                .map(point -> DoublePointData.create(
                        point.getStartTimeUnixNano(),
                        point.getTimeUnixNano(),
                        attributes(point.getAttributesList()),
                        point.getAsDouble(),
                        List.of()))
                .toList();
    }

    private static List<HistogramPointData> histograms(List<HistogramDataPoint> points) {
        List<HistogramPointData> all = new ArrayList<>();
        for (HistogramDataPoint point : points) {
            List<Double> bounds = point.getExplicitBoundsList();
            if (isRecorded(point.getFlags())
                    && bounds.equals(bounds.stream().distinct().sorted().toList())) {
                boolean isPlain = point.getBucketCountsCount() == 0;
                all.add(HistogramPointData.create(
                        point.getStartTimeUnixNano(),
                        point.getTimeUnixNano(),
                        attributes(point.getAttributesList()),
                        point.getSum(),
                        point.hasMin(),
                        point.getMin(),
                        point.hasMax(),
                        point.getMax(),
                        isPlain ? List.of() : bounds,
                        isPlain ? List.of(point.getCount()) : point.getBucketCountsList()));
            }
        }
        return all;
    }

    private static List<ExponentialHistogramPointData> exponentials(List<ExponentialHistogramDataPoint> points) {
        return points.stream()
                .filter(point -> isRecorded(point.getFlags()))
                .map(point -> ExponentialHistogramPointData.create(
                        point.getScale(),
                        point.getSum(),
                        point.getZeroCount(),
                        point.hasMin(),
                        point.getMin(),
                        point.hasMax(),
                        point.getMax(),
                        buckets(point.getScale(), point.getPositive()),
                        buckets(point.getScale(), point.getNegative()),
                        point.getStartTimeUnixNano(),
                        point.getTimeUnixNano(),
                        attributes(point.getAttributesList()),
                        List.of()))
                .toList();
    }

    private static ExponentialHistogramBuckets buckets(int scale, ExponentialHistogramDataPoint.Buckets buckets) {
        return ExponentialHistogramBuckets.create(scale, buckets.getOffset(), buckets.getBucketCountsList());
    }

    private static List<SummaryPointData> summaries(List<SummaryDataPoint> points) {
        return points.stream()
                .filter(point -> isRecorded(point.getFlags()))
                .map(point -> SummaryPointData.create(
                        point.getStartTimeUnixNano(),
                        point.getTimeUnixNano(),
                        attributes(point.getAttributesList()),
                        point.getCount(),
                        point.getSum(),
                        point.getQuantileValuesList().stream()
                                .map(each -> ValueAtQuantile.create(each.getQuantile(), each.getValue()))
                                .toList()))
                .toList();
    }

    private static boolean isRecorded(int flags) {
        return (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) == 0;
    }

    private static Attributes attributes(List<KeyValue> list) {
        AttributesBuilder attributes = Attributes.builder();
        for (KeyValue each : list) {
            AnyValue value = each.getValue();
            String key = each.getKey();
            switch (value.getValueCase()) {
                case STRING_VALUE -> attributes.put(key, value.getStringValue());
                case INT_VALUE -> attributes.put(key, value.getIntValue());
                case DOUBLE_VALUE -> attributes.put(key, value.getDoubleValue());
                case BOOL_VALUE -> attributes.put(key, value.getBoolValue());
                case ARRAY_VALUE ->
                    attributes.put(
                            AttributeKey.stringArrayKey(key),
                            value.getArrayValue().getValuesList().stream()
                                    .map(AnyValue::getStringValue)
                                    .toList());
                default -> throw new IllegalArgumentException("no attribute of ours is a " + value.getValueCase());
            }
        }
        return attributes.build();
    }
}
