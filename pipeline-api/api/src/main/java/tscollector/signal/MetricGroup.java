package tscollector.signal;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;

/**
 * Metrics of one Resource and one scope instance. Every metric answers those two instances: the OTLP encoder groups by
 * identity, and requests are 2.5 times larger when equal ones are not the same.
 */
public final class MetricGroup {
    private final Resource resource;
    private final InstrumentationScopeInfo scope;
    private final List<Metric> metrics;
    private final Shape shape;
    private final int pointCount;

    private MetricGroup(Resource resource, InstrumentationScopeInfo scope, List<Metric> metrics, Shape shape) {
        this.resource = resource;
        this.scope = scope;
        this.metrics = List.copyOf(metrics);
        this.shape = shape;
        int points = 0;
        for (Metric metric : this.metrics) {
            if (metric.resource() != resource || metric.scope() != scope) {
                throw new IllegalArgumentException(
                        "metric " + metric.name() + " does not share the resource and scope instance of its group");
            }
            points += metric.pointCount();
        }
        if (points == 0) {
            throw new IllegalArgumentException("a group has at least one point");
        }
        this.pointCount = points;
    }

    /**
     * A group of these metrics.
     *
     * @param metrics at least one, each with at least one point and with these very instances
     * @param shape the same object as last time if nothing but values changed
     */
    public static MetricGroup of(Resource resource, InstrumentationScopeInfo scope, List<Metric> metrics, Shape shape) {
        return new MetricGroup(resource, scope, metrics, shape);
    }

    public Resource resource() {
        return resource;
    }

    public InstrumentationScopeInfo scope() {
        return scope;
    }

    public List<Metric> metrics() {
        return metrics;
    }

    public Shape shape() {
        return shape;
    }

    public int pointCount() {
        return pointCount;
    }

    @Override
    public String toString() {
        return "MetricGroup[" + scope.getName() + ", " + metrics.size() + " metrics, " + pointCount + " points]";
    }
}
