package tscollector.exporter.datadog;

import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;

/**
 * Makes several metrics of each one that is of some kind, as Datadog has summaries and histograms. How is worked out once per
 * shape, so that the outcome keeps a shape too. A group without metrics of that kind stays the same instance. Thread-safe.
 */
final class Expansion {
    /** How one metric is expanded, with all that depends on its shape only: attributes, bounds, quantiles. Immutable. */
    interface Recipe {
        /** Adds what the metric becomes, one metric at least. False: the recipe was made for other bounds or quantiles. */
        boolean expand(Metric metric, List<Metric> to);
    }

    /** The plan of a shape, which another one replaces where the first does not fit any more. */
    private static final class Newest {
        private volatile ExpansionPlan plan;

        Newest(ExpansionPlan plan) {
            this.plan = plan;
        }
    }

    private final List<Function<Metric, @Nullable Recipe>> recipes;
    private final PlanCache<Newest> plans = new PlanCache<>();

    /** @param recipes the first that gives a recipe counts; a metric to which all give null stays as it is */
    Expansion(List<Function<Metric, @Nullable Recipe>> recipes) {
        this.recipes = List.copyOf(recipes);
    }

    MetricBatch expand(MetricBatch batch) {
        List<MetricGroup> groups = new ArrayList<>(batch.groups().size());
        boolean same = true;
        for (MetricGroup group : batch.groups()) {
            MetricGroup expanded = expand(group);
            same &= expanded == group;
            groups.add(expanded);
        }
        return same ? batch : new MetricBatch(groups);
    }

    private MetricGroup expand(MetricGroup group) {
        Newest newest = plans.planFor(group, seen -> new Newest(plan(seen)));
        ExpansionPlan plan = newest.plan;
        if (plan.isEmpty()) {
            return group;
        }
        MetricGroup expanded = plan.expand(group);
        if (expanded == null) { // other bounds or quantiles, which will most likely stay
            plan = plan(group);
            newest.plan = plan;
            expanded = plan.expand(group);
        }
        return Objects.requireNonNull(expanded, "a plan fits what it was made for");
    }

    private ExpansionPlan plan(MetricGroup group) {
        List<@Nullable Recipe> byMetric = new ArrayList<>(group.metrics().size());
        for (Metric metric : group.metrics()) {
            byMetric.add(recipe(metric));
        }
        return new ExpansionPlan(byMetric);
    }

    private @Nullable Recipe recipe(Metric metric) {
        for (Function<Metric, @Nullable Recipe> one : recipes) {
            Recipe recipe = one.apply(metric);
            if (recipe != null) {
                return recipe;
            }
        }
        return null;
    }

    /** One of the metrics that another one becomes. */
    static Metric part(Metric of, String suffix, MetricDataType type, Data<?> data) {
        return new Metric(
                of.resource(),
                of.scope(),
                of.name() + suffix,
                of.description(),
                of.unit(),
                type,
                data,
                of.family(),
                of.exposedType());
    }
}
