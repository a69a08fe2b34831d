package tscollector.exposition;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.util.function.Consumer;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;

/** How the slots of a body become one metric: made once per series set, used at every scrape. */
final class MetricPlan {
    /** How the slots become the metric's points; the points' order and number do not depend on values. */
    interface Points {
        Data<?> data(ScrapedValues values);

        /** Shows the series with a start time. */
        void forEachCumulative(Consumer<CumulativeSeries> visitor);
    }

    private final String name;
    private final String description;
    private final String unit;
    private final MetricDataType type;
    private final String family;
    private final ExposedType exposedType;
    private final Points points;

    MetricPlan(String name, MetricDataType type, Families.Place place, Points points) {
        Declaration declaration = place.declaration();
        this.name = name;
        this.description = declaration.help() == null ? "" : declaration.help();
        this.unit = UnitWords.unitOf(declaration);
        this.type = type;
        this.family = place.family();
        this.exposedType = place.type().exposed();
        this.points = points;
    }

    String name() {
        return name;
    }

    Points points() {
        return points;
    }

    Metric metric(Resource resource, InstrumentationScopeInfo scope, ScrapedValues values) {
        return new Metric(resource, scope, name, description, unit, type, points.data(values), family, exposedType);
    }
}
