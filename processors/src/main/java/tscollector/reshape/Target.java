package tscollector.reshape;

import org.jspecify.annotations.Nullable;
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

    /** The same under another name, described and read as given. */
    public Target as(String newName, String newDescription, String newUnit, Form newForm) {
        return new Target(newName, newDescription, newUnit, family, exposedType, newForm);
    }
}
