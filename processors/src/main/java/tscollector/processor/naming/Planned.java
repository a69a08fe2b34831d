package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.reshape.PointChange;
import tscollector.reshape.Target;

/** What one metric of a group becomes, before it is part of a plan. */
final class Planned {
    private final int metric;
    private final Target target;
    private final SentAs.Destination destination;
    private final boolean own;
    private final PointChange change;
    private final double factor;
    private final List<@Nullable Attributes> attributes;

    private Planned(
            int metric,
            Target target,
            SentAs.Destination destination,
            boolean own,
            PointChange change,
            double factor,
            List<? extends @Nullable Attributes> attributes) {
        this.metric = metric;
        this.target = target;
        this.destination = destination;
        this.own = own;
        this.change = change;
        this.factor = factor;
        this.attributes = new ArrayList<>(attributes);
    }

    /** A metric that has its name already and is no part of another. */
    static Planned own(int metric, Target target, PointChange change, List<? extends @Nullable Attributes> attributes) {
        return new Planned(metric, target, SentAs.Destination.SAMPLES, true, change, 1, attributes);
    }

    static Planned of(
            int metric,
            Target target,
            SentAs.Result result,
            PointChange change,
            List<? extends @Nullable Attributes> attributes) {
        return new Planned(metric, target, result.destination(), false, change, result.factor(), attributes);
    }

    /** The index of the metric in its group. */
    int metric() {
        return metric;
    }

    Target target() {
        return target;
    }

    SentAs.Destination destination() {
        return destination;
    }

    /** Whether it stays a metric of its own even if another has its name. */
    boolean isOwn() {
        return own;
    }

    PointChange change() {
        return change;
    }

    /** What a rate is multiplied by. */
    double factor() {
        return factor;
    }

    /** Of each point, in order; null for those that are left out. */
    List<@Nullable Attributes> attributes() {
        return attributes;
    }

    /** How many series the official check would send for a point; 0 for what it does not count, and does not send. */
    int weight(PointData point) {
        if (destination == SentAs.Destination.CHECKS
                || target.form().type() == MetricDataType.HISTOGRAM
                || target.form().type() == MetricDataType.EXPONENTIAL_HISTOGRAM) {
            return 0;
        }
        if (point instanceof SummaryPointData summary) {
            return change == PointChange.NONE ? summary.getValues().size() + 2 : 2;
        }
        return Numbers.isFinite(point) ? 1 : 0;
    }
}
