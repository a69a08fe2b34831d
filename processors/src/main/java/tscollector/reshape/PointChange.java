package tscollector.reshape;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.PointData;
import tscollector.kit.metric.Points;

/** How a point becomes one of another metric. Called for every point; keeps no state. */
@FunctionalInterface
public interface PointChange {
    /** Value and times stay; only the attributes may be others. */
    PointChange NONE = Points::with;

    /** The new point, with these attributes. */
    PointData change(PointData point, Attributes attributes);
}
