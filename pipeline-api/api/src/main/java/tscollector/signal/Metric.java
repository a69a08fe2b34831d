package tscollector.signal;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One metric with its points: the SDK's {@link MetricData} without its internal classes.
 *
 * @param resource the group's own instance
 * @param scope the group's own instance
 * @param unit UCUM or what the source said; empty if unknown
 * @param data points of the kind that {@code type} names; at least one
 * @param family the exposed family this came from; the name where there was none. Part of the shape
 * @param exposedType what the exposition called it; null where there was none. Part of the shape
 */
public record Metric(
        Resource resource,
        InstrumentationScopeInfo scope,
        String name,
        String description,
        String unit,
        MetricDataType type,
        Data<?> data,
        String family,
        @Nullable ExposedType exposedType)
        implements MetricData {

    public Metric {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(data, "data");
    }

    /** A metric that no exposition had: its family is its name. */
    public static Metric of(
            Resource resource, InstrumentationScopeInfo scope, MetricSpec spec, MetricDataType type, Data<?> data) {
        return new Metric(resource, scope, spec.name(), spec.description(), spec.unit(), type, data, spec.name(), null);
    }

    public Metric withData(Data<?> newData) {
        return new Metric(resource, scope, name, description, unit, type, newData, family, exposedType);
    }

    public Metric withResource(Resource newResource) {
        return new Metric(newResource, scope, name, description, unit, type, data, family, exposedType);
    }

    public Metric withName(String newName) {
        return new Metric(resource, scope, newName, description, unit, type, data, family, exposedType);
    }

    /** Points in this metric. */
    public int pointCount() {
        return data.getPoints().size();
    }

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return scope;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public String getUnit() {
        return unit;
    }

    @Override
    public MetricDataType getType() {
        return type;
    }

    @Override
    public Data<?> getData() {
        return data;
    }
}
