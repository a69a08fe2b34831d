package tscollector.processor.naming;

import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tscollector.reshape.GroupPlan;
import tscollector.reshape.Target;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.telemetry.Telemetry;

/** What naming does with the groups of one shape, and what it loses each time. Immutable. */
final class NamingPlan {
    /** The reason for points of metrics that nobody lists; each name has a count of its own that begins so. */
    static final String NOT_LISTED = "not listed";
    /** The reason for points that cannot be sent as the type of their entry says, or have no type at all. */
    static final String NO_TYPE = "no usable type";
    /** The reason for points whose metric has the name of one of another kind. */
    static final String TWO_KINDS = "two kinds under one name";
    /** Counts labels that keep their exposed name because their new one is taken. */
    static final String LABEL_CLASH = "labels not renamed";

    /** What begins so has its official name already, whatever made it. */
    private static final String OFFICIAL_NAMESPACE = "torchserve.";

    private final GroupPlan plan;
    private final Map<String, Integer> dropped;
    private final Map<String, Integer> counted;

    private NamingPlan(GroupPlan plan, Map<String, Integer> dropped, Map<String, Integer> counted) {
        this.plan = plan;
        this.dropped = Map.copyOf(dropped);
        this.counted = Map.copyOf(counted);
    }

    @Nullable
    MetricGroup apply(MetricGroup group, Telemetry telemetry) {
        dropped.forEach(telemetry::dropped);
        counted.forEach(telemetry::count);
        return plan.apply(group, telemetry);
    }

    /** The plan for a group's shape. */
    static NamingPlan of(MetricGroup group, NamingRules rules, LabelRules labels, UnlistedNames unlisted) {
        Draft draft = new Draft(group, labels);
        for (int i = 0; i < group.metrics().size(); i++) {
            draft.add(i, rules);
        }
        return draft.finish(unlisted);
    }

    /** A plan while it is made. */
    private static final class Draft {
        private final MetricGroup group;
        private final LabelRules labels;
        private final GroupPlan.Builder plan;
        private final Map<String, Integer> dropped = new TreeMap<>();
        private final Map<String, Integer> counted = new TreeMap<>();
        private final List<Metric> notListed = new ArrayList<>();

        private Draft(MetricGroup group, LabelRules labels) {
            this.group = group;
            this.labels = labels;
            this.plan = GroupPlan.of(group);
        }

        private void add(int index, NamingRules rules) {
            Metric metric = group.metrics().get(index);
            ExposedType exposed = metric.exposedType();
            if (exposed == null || metric.name().startsWith(OFFICIAL_NAMESPACE)) {
                plan.keep(index);
                return;
            }
            List<Target> targets = rules.targetsOf(metric, exposed);
            if (targets == null) {
                notListed.add(metric);
                drop(NOT_LISTED, metric);
            } else if (targets.isEmpty()) {
                drop(NO_TYPE, metric);
            } else {
                targets.forEach(target -> join(index, metric, target));
            }
        }

        private void join(int index, Metric metric, Target target) {
            if (!plan.join(index, target, labels::apply)) {
                drop(TWO_KINDS, metric);
                return;
            }
            for (PointData point : metric.data().getPoints()) {
                int clashes = labels.clashes(point.getAttributes());
                if (clashes > 0) {
                    counted.merge(LABEL_CLASH, clashes, Integer::sum);
                }
            }
        }

        private void drop(String reason, Metric metric) {
            dropped.merge(reason, metric.pointCount(), Integer::sum);
        }

        private NamingPlan finish(UnlistedNames unlisted) {
            unlisted.note(notListed.stream().map(Metric::name).toList());
            for (Metric metric : notListed) {
                String name = NOT_LISTED + ": " + unlisted.countedAs(metric.name());
                counted.merge(name, metric.pointCount(), Integer::sum);
            }
            return new NamingPlan(plan.build(), dropped, counted);
        }
    }
}
