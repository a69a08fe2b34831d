package tscollector.exporter.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What Datadog makes of OTLP: the rules of datadog-intake.md 7.2 for gauges, sums and histograms; the rest is refused. */
final class ReferenceTranslator {
    /**
     * One value in Datadog.
     *
     * @param type count, gauge or distribution
     * @param value of a distribution its count and sum
     */
    record Sent(String name, String type, Set<String> tags, String host, long second, List<Double> value) {}

    private ReferenceTranslator() {}

    static List<Sent> translate(ExportMetricsServiceRequest request) {
        List<Sent> all = new ArrayList<>();
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            String host = "";
            for (KeyValue attribute : resource.getResource().getAttributesList()) {
                if (attribute.getKey().equals("datadog.host.name")) {
                    host = attribute.getValue().getStringValue();
                }
            }
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                for (Metric metric : scope.getMetricsList()) {
                    translate(metric, host, all);
                }
            }
        }
        return all;
    }

    private static void translate(Metric metric, String host, List<Sent> all) {
        switch (metric.getDataCase()) {
            case GAUGE ->
                numbers(metric.getName(), "gauge", host, metric.getGauge().getDataPointsList(), all);
            case SUM -> {
                boolean delta = metric.getSum().getAggregationTemporality()
                        == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
                if (!delta && metric.getSum().getIsMonotonic()) {
                    throw new AssertionError("a cumulative counter left: " + metric.getName());
                }
                numbers(
                        metric.getName(),
                        delta ? "count" : "gauge",
                        host,
                        metric.getSum().getDataPointsList(),
                        all);
            }
            case HISTOGRAM -> {
                if (metric.getHistogram().getAggregationTemporality()
                        != AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA) {
                    throw new AssertionError("a cumulative histogram left: " + metric.getName());
                }
                for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
                    all.add(new Sent(
                            metric.getName(),
                            "distribution",
                            tags(point.getAttributesList()),
                            host,
                            point.getTimeUnixNano() / 1_000_000_000,
                            List.of((double) point.getCount(), point.getSum())));
                }
            }
            default -> throw new AssertionError("no rule for " + metric.getDataCase());
        }
    }

    private static void numbers(String name, String type, String host, List<NumberDataPoint> points, List<Sent> all) {
        for (NumberDataPoint point : points) {
            double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
            all.add(new Sent(
                    name,
                    type,
                    tags(point.getAttributesList()),
                    host,
                    point.getTimeUnixNano() / 1_000_000_000,
                    List.of(value)));
        }
    }

    private static Set<String> tags(List<KeyValue> attributes) {
        Set<String> tags = new TreeSet<>();
        for (KeyValue attribute : attributes) {
            if (attribute.getValue().hasArrayValue()) {
                attribute
                        .getValue()
                        .getArrayValue()
                        .getValuesList()
                        .forEach(element -> tags.add(tag(attribute.getKey(), element)));
            } else {
                tags.add(tag(attribute.getKey(), attribute.getValue()));
            }
        }
        return tags;
    }

    private static String tag(String key, AnyValue value) {
        String text = switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            default -> throw new AssertionError("no rule for " + value.getValueCase());
        };
        return key + ":" + (text.isEmpty() ? "n/a" : text);
    }
}
