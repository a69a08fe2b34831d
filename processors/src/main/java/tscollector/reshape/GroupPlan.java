package tscollector.reshape;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    private static final int DROPPED = -1;

    private final Resource resource;
    private final InstrumentationScopeInfo scope;
    private final List<Output> outputs;
    private final boolean unchanged;
    private final int mergedPoints;
    private final Shape shape = new Shape();

    private GroupPlan(Builder builder) {
        this.resource = builder.resource;
        this.scope = builder.group.scope();
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
        for (Output output : outputs) {
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

        private Builder(MetricGroup group) {
            this.group = group;
            this.resource = group.resource();
        }

        /** Puts the group under another resource; equal to the present one changes nothing. */
        public Builder resource(Resource newResource) {
            if (!newResource.equals(resource)) {
                resource = newResource;
            }
            return this;
        }

        /** Adds the metric at {@code index} as it is. */
        public Builder keep(int index) {
            return add(index, attributes -> attributes);
        }

        /** Adds the metric at {@code index}, with some series relabelled or dropped; it stays a metric of its own. */
        public Builder add(int index, Relabel relabel) {
            Draft draft = new Draft(Target.of(group.metrics().get(index)));
            outputs.add(draft);
            draft.add(index, group.metrics().get(index), relabel);
            return this;
        }

        /**
         * Adds the metric at {@code index} as {@code target}, into the metric of that name if there is one.
         *
         * @return false if that one has another form; then nothing was added
         */
        public boolean join(int index, Target target, Relabel relabel) {
            Draft draft = byName.get(target.name());
            if (draft == null) {
                draft = new Draft(target);
                byName.put(target.name(), draft);
                outputs.add(draft);
            } else if (!draft.target.form().equals(target.form())) {
                return false;
            }
            draft.add(index, group.metrics().get(index), relabel);
            return true;
        }

        public GroupPlan build() {
            return new GroupPlan(this);
        }

        private boolean changesNothing(List<Output> finished) {
            if (resource != group.resource()
                    || finished.size() != group.metrics().size()) {
                return false;
            }
            for (int i = 0; i < finished.size(); i++) {
                Output output = finished.get(i);
                if (output.verbatim != i
                        || !output.target.equals(Target.of(group.metrics().get(i)))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** An output metric while the plan is made. */
    private static final class Draft {
        private final Target target;
        private final List<Source> sources = new ArrayList<>();
        private final List<Attributes> attributes = new ArrayList<>();
        private final Map<Attributes, Integer> slotOf = new HashMap<>();
        private int merged;

        private Draft(Target target) {
            this.target = target;
        }

        private void add(int index, Metric metric, Relabel relabel) {
            int[] slots = new int[metric.pointCount()];
            int position = 0;
            for (PointData point : metric.data().getPoints()) {
                slots[position++] = slot(point.getAttributes(), relabel);
            }
            sources.add(new Source(index, slots));
        }

        private int slot(Attributes before, Relabel relabel) {
            Attributes after = relabel.relabel(before);
            if (after == null) {
                return DROPPED;
            }
            Integer known = slotOf.get(after);
            if (known != null) {
                merged++;
                return known;
            }
            slotOf.put(after, attributes.size());
            attributes.add(after.equals(before) ? before : after); // an equal one need not be another instance
            return attributes.size() - 1;
        }

        private Output finish(MetricGroup group) {
            return new Output(target, sources, attributes.toArray(Attributes[]::new), verbatimSource(group));
        }

        /** The index of the one metric whose data can be passed on as it is, or -1. */
        private int verbatimSource(MetricGroup group) {
            Metric only = group.metrics().get(sources.get(0).metric());
            if (sources.size() > 1 || merged > 0 || !Form.of(only).equals(target.form())) {
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

    /** Where the points of one input metric go: one slot of the output per point. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, one per metric and shape
    private record Source(int metric, int[] slots) {}

    /** One metric that comes out. */
    private static final class Output {
        private final Target target;
        private final List<Source> sources;
        private final Attributes[] attributes;
        private final int verbatim;

        private Output(Target target, List<Source> sources, Attributes[] attributes, int verbatim) {
            this.target = target;
            this.sources = List.copyOf(sources);
            this.attributes = attributes;
            this.verbatim = verbatim;
        }

        private Metric metric(Resource resource, InstrumentationScopeInfo scope, Data<?> data) {
            return new Metric(
                    resource,
                    scope,
                    target.name(),
                    target.description(),
                    target.unit(),
                    target.form().type(),
                    data,
                    target.family(),
                    target.exposedType());
        }

        private Data<?> data(MetricGroup group, Telemetry telemetry) {
            if (verbatim >= 0) {
                return group.metrics().get(verbatim).data();
            }
            @Nullable PointData[] points = new PointData[attributes.length];
            int refused = 0;
            for (Source source : sources) {
                refused += copy(group.metrics().get(source.metric()), source.slots(), points);
            }
            if (refused > 0) {
                telemetry.dropped(OTHER_BOUNDS, refused);
            }
            @SuppressWarnings("NullAway") // every slot was made for a point, and the shape says that they are all there
            List<PointData> all = Arrays.asList(points);
            return target.form().data(all);
        }

        /** How many points could not be merged. */
        private int copy(Metric metric, int[] slots, @Nullable PointData[] points) {
            int refused = 0;
            int position = 0;
            for (PointData point : metric.data().getPoints()) {
                int slot = slots[position++];
                if (slot == DROPPED) {
                    continue;
                }
                PointData first = points[slot];
                if (first == null) {
                    points[slot] = Points.with(point, attributes[slot]);
                } else {
                    PointData both = Points.merge(target.form(), first, point);
                    refused += both == first ? 1 : 0;
                    points[slot] = both;
                }
            }
            return refused;
        }
    }
}
