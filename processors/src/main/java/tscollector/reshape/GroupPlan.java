package tscollector.reshape;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.kit.metric.Form;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.telemetry.Telemetry;

/**
 * What a processor does with every group of one input shape: which point goes where, under which name and attributes. Worked
 * out once, then applied by copying values; what comes out has the same shape, {@code Attributes} instances and order each time.
 * Where nothing changes, the input's own objects are passed on. Immutable; refers to no group and no input shape.
 *
 * <p>Points of one output metric whose attributes are equal are one series: they are merged, and counted as {@value #MERGED}.
 */
public final class GroupPlan {
    /** Counted once for every point that was merged into another. */
    public static final String MERGED = "series merged";
    /** The reason under which a point is dropped that should have been merged and cannot be. */
    public static final String OTHER_BOUNDS = "histogram with other bounds";

    private final Resource resource;
    private final InstrumentationScopeInfo scope;
    private final List<OutputPlan> outputs;
    private final boolean unchanged;
    private final int mergedPoints;
    private final Shape shape = new Shape();

    private GroupPlan(Builder builder) {
        this.resource = builder.resource;
        this.scope = builder.scope;
        this.outputs = builder.outputs.stream()
                .filter(draft -> !draft.attributes.isEmpty())
                .map(draft -> draft.finish(builder.group))
                .toList();
        this.unchanged = builder.changesNothing(outputs);
        this.mergedPoints =
                builder.outputs.stream().mapToInt(draft -> draft.merged).sum();
    }

    /** The group by this plan; null if nothing is left of it. */
    public @Nullable MetricGroup apply(MetricGroup group, Telemetry telemetry) {
        if (unchanged) {
            return group;
        }
        if (outputs.isEmpty()) {
            return null;
        }
        if (mergedPoints > 0) {
            telemetry.count(MERGED, mergedPoints);
        }
        List<Metric> metrics = new ArrayList<>(outputs.size());
        for (OutputPlan output : outputs) {
            metrics.add(output.metric(resource, scope, output.data(group, telemetry)));
        }
        return MetricGroup.of(resource, scope, metrics, shape);
    }

    /** Whether nothing is left of the group. */
    public boolean dropsAll() {
        return outputs.isEmpty();
    }

    /** Begins the plan for the group's shape. */
    public static Builder of(MetricGroup group) {
        return new Builder(group);
    }

    /** What is to become of each point of one metric. */
    @FunctionalInterface
    public interface Relabel {
        /** The attributes its series shall have; null to drop it. */
        @Nullable
        Attributes relabel(Attributes attributes);
    }

    /** Puts a plan together; metrics come out in the order in which they were first added. */
    public static final class Builder {
        private final MetricGroup group;
        private final List<Draft> outputs = new ArrayList<>();
        private final Map<String, Draft> byName = new HashMap<>();
        private Resource resource;
        private InstrumentationScopeInfo scope;

        private Builder(MetricGroup group) {
            this.group = group;
            this.resource = group.resource();
            this.scope = group.scope();
        }

        /** Puts the group under another resource; equal to the present one changes nothing. */
        public Builder resource(Resource newResource) {
            if (!newResource.equals(resource)) {
                resource = newResource;
            }
            return this;
        }

        /** Puts the group under another scope. */
        public Builder scope(InstrumentationScopeInfo newScope) {
            scope = newScope;
            return this;
        }

        /** Adds the metric at {@code index} as it is. */
        public Builder keep(int index) {
            return add(index, attributes -> attributes);
        }

        /** Adds the metric at {@code index}, with some series relabelled or dropped; it stays a metric of its own. */
        public Builder add(int index, Relabel relabel) {
            return add(index, relabelled(index, relabel), PointChange.NONE);
        }

        /**
         * The same, point by point.
         *
         * @param relabelled the attributes of each point in order; null for those to drop
         * @param change what becomes of each point beside that; makes points of the same form
         */
        public Builder add(int index, List<? extends @Nullable Attributes> relabelled, PointChange change) {
            Draft draft = new Draft(Target.of(group.metrics().get(index)), false);
            outputs.add(draft);
            draft.add(index, group.metrics().get(index), relabelled, change);
            return this;
        }

        /**
         * Adds the metric at {@code index} as {@code target}, a metric of its own in which series that become equal stay several
         * points: for what has no series, but a sequence.
         */
        public Builder addSequence(
                int index, Target target, List<? extends @Nullable Attributes> relabelled, PointChange change) {
            Draft draft = new Draft(target, true);
            outputs.add(draft);
            draft.add(index, group.metrics().get(index), relabelled, change);
            return this;
        }

        /**
         * Adds the metric at {@code index} as {@code target}, into the metric of that name if there is one.
         *
         * @return false if that one has another form; then nothing was added
         */
        public boolean join(int index, Target target, Relabel relabel) {
            return join(index, target, relabelled(index, relabel), PointChange.NONE);
        }

        /**
         * The same, point by point.
         *
         * @param relabelled the attributes of each point in order; null for those to drop
         * @param change what becomes of each point beside that; makes points of the target's form
         */
        public boolean join(
                int index, Target target, List<? extends @Nullable Attributes> relabelled, PointChange change) {
            Draft draft = byName.get(target.name());
            if (draft == null) {
                draft = new Draft(target, false);
                byName.put(target.name(), draft);
                outputs.add(draft);
            } else if (!draft.target.form().equals(target.form())) {
                return false;
            }
            draft.add(index, group.metrics().get(index), relabelled, change);
            return true;
        }

        private List<@Nullable Attributes> relabelled(int index, Relabel relabel) {
            List<@Nullable Attributes> relabelled = new ArrayList<>();
            for (PointData point : group.metrics().get(index).data().getPoints()) {
                relabelled.add(relabel.relabel(point.getAttributes()));
            }
            return relabelled;
        }

        public GroupPlan build() {
            return new GroupPlan(this);
        }

        private boolean changesNothing(List<OutputPlan> finished) {
            if (resource != group.resource()
                    || scope != group.scope()
                    || finished.size() != group.metrics().size()) {
                return false;
            }
            for (int i = 0; i < finished.size(); i++) {
                OutputPlan output = finished.get(i);
                if (output.verbatim() != i
                        || !output.target().equals(Target.of(group.metrics().get(i)))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** An output metric while the plan is made. */
    private static final class Draft {
        private final Target target;
        private final boolean sequence;
        private final List<OutputPlan.Source> sources = new ArrayList<>();
        private final List<Attributes> attributes = new ArrayList<>();
        private final Map<Attributes, Integer> slotOf = new HashMap<>();
        private int merged;

        private Draft(Target target, boolean sequence) {
            this.target = target;
            this.sequence = sequence;
        }

        private void add(
                int index, Metric metric, List<? extends @Nullable Attributes> relabelled, PointChange change) {
            int[] slots = new int[metric.pointCount()];
            int position = 0;
            for (PointData point : metric.data().getPoints()) {
                slots[position] = slot(point.getAttributes(), relabelled.get(position));
                position++;
            }
            sources.add(new OutputPlan.Source(index, slots, change));
        }

        private int slot(Attributes before, @Nullable Attributes after) {
            if (after == null) {
                return OutputPlan.DROPPED;
            }
            Integer known = sequence ? null : slotOf.get(after);
            if (known != null) {
                merged++;
                return known;
            }
            slotOf.put(after, attributes.size());
            attributes.add(after.equals(before) ? before : after); // an equal one need not be another instance
            return attributes.size() - 1;
        }

        private OutputPlan finish(MetricGroup group) {
            return new OutputPlan(target, sources, attributes.toArray(Attributes[]::new), verbatimSource(group));
        }

        /** The index of the one metric whose data can be passed on as it is, or -1. */
        private int verbatimSource(MetricGroup group) {
            Metric only = group.metrics().get(sources.get(0).metric());
            if (sources.size() > 1
                    || merged > 0
                    || sources.get(0).change() != PointChange.NONE
                    || !Form.of(only).equals(target.form())) {
                return -1;
            }
            int position = 0;
            for (PointData point : only.data().getPoints()) {
                if (position == attributes.size() || attributes.get(position++) != point.getAttributes()) {
                    return -1;
                }
            }
            return sources.get(0).metric();
        }
    }
}
