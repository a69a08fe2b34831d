package tscollector.exporter.datadog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tscollector.exporter.datadog.Expansion.Recipe;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;

/** How the metrics of a group are expanded: made once per shape. Immutable. */
final class ExpansionPlan {
    private final Shape shape = new Shape();
    private final List<@Nullable Recipe> byMetric;
    private final boolean isEmpty;

    /** @param byMetric null for what stays as it is */
    ExpansionPlan(List<@Nullable Recipe> byMetric) {
        this.byMetric = byMetric;
        this.isEmpty = byMetric.stream().allMatch(Objects::isNull);
    }

    /** Nothing in the group is expanded. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** What the group becomes; null if a recipe does not fit. */
    @Nullable
    MetricGroup expand(MetricGroup group) {
        List<Metric> expanded = new ArrayList<>(byMetric.size() + 8);
        for (int i = 0; i < byMetric.size(); i++) {
            Metric metric = group.metrics().get(i);
            Recipe recipe = byMetric.get(i);
            if (recipe == null) {
                expanded.add(metric);
            } else if (!recipe.expand(metric, expanded)) {
                return null;
            }
        }
        return MetricGroup.of(group.resource(), group.scope(), expanded, shape);
    }
}
