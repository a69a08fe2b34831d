package tscollector.torchserve;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import tscollector.signal.Metric;
import tscollector.signal.MetricSpec;

/** Makes gauges. All numbers are doubles, as an exposition's are, so that nobody downstream meets two kinds. */
public final class Gauges {
    private Gauges() {}

    /** A gauge with one point. */
    public static Metric gauge(
            Resource resource,
            InstrumentationScopeInfo scope,
            MetricSpec spec,
            Attributes attributes,
            double value,
            long epochNanos) {
        return gauge(resource, scope, spec, List.of(point(attributes, value, epochNanos)));
    }

    /** A gauge with these points; at least one. */
    public static Metric gauge(
            Resource resource, InstrumentationScopeInfo scope, MetricSpec spec, List<DoublePointData> points) {
        return Metric.of(resource, scope, spec, MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(points));
    }

    /** A gauge's point; gauges have no start time. */
    public static DoublePointData point(Attributes attributes, double value, long epochNanos) {
        return DoublePointData.create(0, epochNanos, attributes, value, List.of());
    }
}
