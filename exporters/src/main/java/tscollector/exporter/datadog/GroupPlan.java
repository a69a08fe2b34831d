package tscollector.exporter.datadog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the points of a group: worked out once per shape.
 *
 * @param metrics by metric of the group
 */
record GroupPlan(List<MetricPlan> metrics) {
    /** What a metric is to Datadog. */
    enum Treatment {
        COUNT,
        GAUGE,
        SKETCH,
        CHECK,
        LOST
    }

    /**
     * What becomes of one metric.
     *
     * @param hasIntervals whether its counts tell in which time they were counted
     * @param loss why all its points are lost; only if they are
     * @param series by point
     */
    record MetricPlan(
            Treatment treatment,
            boolean hasIntervals,
            @Nullable String loss,
            List<Series> series) {}
}
