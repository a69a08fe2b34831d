package tscollector.reshape;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.telemetry.Telemetry;

/** One metric that comes out of a {@link GroupPlan}. Immutable. */
final class OutputPlan {
    /** The slot of a point that goes nowhere. */
    static final int DROPPED = -1;

    private final Target target;
    private final List<Source> sources;
    private final Attributes[] attributes;
    private final int verbatim;

    /** Where the points of one input metric go: one slot of the output per point. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, one per metric and shape
    record Source(int metric, int[] slots, PointChange change) {}

    /**
     * One metric.
     *
     * @param attributes one for each slot
     * @param verbatim index of the metric whose data is passed on as it is, or -1
     */
    OutputPlan(Target target, List<Source> sources, Attributes[] attributes, int verbatim) {
        this.target = target;
        this.sources = List.copyOf(sources);
        this.attributes = attributes;
        this.verbatim = verbatim;
    }

    Target target() {
        return target;
    }

    int verbatim() {
        return verbatim;
    }

    Metric metric(Resource resource, InstrumentationScopeInfo scope, Data<?> data) {
        return target.metric(resource, scope, data);
    }

    Data<?> data(MetricGroup group, Telemetry telemetry) {
        if (verbatim >= 0) {
            return group.metrics().get(verbatim).data();
        }
        @Nullable PointData[] points = new PointData[attributes.length];
        int refused = 0;
        for (Source source : sources) {
            refused += copy(group.metrics().get(source.metric()), source, points);
        }
        if (refused > 0) {
            telemetry.dropped(GroupPlan.OTHER_BOUNDS, refused);
        }
        @SuppressWarnings("NullAway") // every slot was made for a point, and the shape says that they are all there
        List<PointData> all = Arrays.asList(points);
        return target.form().data(all);
    }

    /** How many points could not be merged. */
    private int copy(Metric metric, Source source, @Nullable PointData[] points) {
        int refused = 0;
        int position = 0;
        for (PointData point : metric.data().getPoints()) {
            int slot = source.slots()[position++];
            if (slot == DROPPED) {
                continue;
            }
            PointData first = points[slot];
            PointData changed = source.change().change(point, attributes[slot]);
            if (first == null) {
                points[slot] = changed;
            } else {
                PointData both = PointMerge.of(target.form(), first, changed);
                refused += both == first ? 1 : 0;
                points[slot] = both;
            }
        }
        return refused;
    }
}
