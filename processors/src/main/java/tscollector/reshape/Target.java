package tscollector.reshape;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;
import tscollector.kit.metric.Form;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;

/**
 * What a metric is to become: everything of a {@link Metric} but its resource, scope and points.
 *
 * @param form how the points are to be read; of the same numbers or of the same kind as the source's
 */
public record Target(
        String name,
        String description,
        String unit,
        String family,
        @Nullable ExposedType exposedType,
        Form form) {
    /** The metric as it is. */
    public static Target of(Metric metric) {
        return new Target(
                metric.name(),
                metric.description(),
                metric.unit(),
                metric.family(),
                metric.exposedType(),
                Form.of(metric));
    }

    /** The metric with these points, which are of this form. */
    public Metric metric(Resource resource, InstrumentationScopeInfo scope, Data<?> data) {
        return new Metric(resource, scope, name, description, unit, form.type(), data, family, exposedType);
    }

    /** The same under another name, described and read as given. */
    public Target as(String newName, String newDescription, String newUnit, Form newForm) {
        return new Target(newName, newDescription, newUnit, family, exposedType, newForm);
    }
}
