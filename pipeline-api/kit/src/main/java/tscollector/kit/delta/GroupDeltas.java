package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;

/**
 * What is done with every group of one input shape: which of its points belong to which series. Made once, so that no point is
 * looked up by its attributes. Refers to no group and no input shape. Guarded by the lock of {@link CounterDeltas}.
 *
 * <p>When every point comes through, the output has always the same shape. When some are missing, it has another one, which
 * stays while the same ones are missing.
 */
final class GroupDeltas {
    /** One metric that is converted; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Counters(SeriesKind kind, Series[] series) {}

    private final @Nullable Counters[] metrics;
    private final boolean convertsNothing;
    private final Shape complete = new Shape();
    private Shape incomplete = new Shape();
    private BitSet missing = new BitSet();

    private GroupDeltas(@Nullable Counters[] metrics, boolean convertsNothing) {
        this.metrics = metrics;
        this.convertsNothing = convertsNothing;
    }

    static GroupDeltas of(MetricGroup group, DeltaRules rules) {
        SeriesKey.Maker keys = new SeriesKey.Maker(group);
        @Nullable Counters[] metrics = new Counters[group.metrics().size()];
        boolean convertsNothing = true;
        for (int i = 0; i < metrics.length; i++) {
            Metric metric = group.metrics().get(i);
            SeriesKind kind = SeriesKind.of(metric);
            if (kind != null && rules.selects().test(metric)) {
                metrics[i] = counters(metric, kind, keys);
                convertsNothing = false;
            }
        }
        return new GroupDeltas(metrics, convertsNothing);
    }

    private static Counters counters(Metric metric, SeriesKind kind, SeriesKey.Maker keys) {
        Series[] series = new Series[metric.pointCount()];
        int position = 0;
        for (PointData point : metric.data().getPoints()) {
            series[position++] = kind.series(keys.key(metric, kind, point.getAttributes()));
        }
        return new Counters(kind, series);
    }

    /** The group with deltas, the same instance if it has nothing to convert; null if nothing is left of it. */
    @Nullable
    MetricGroup convert(MetricGroup group, AllSeries all, Turn turn) {
        if (convertsNothing) {
            return group;
        }
        List<Metric> converted = new ArrayList<>(metrics.length);
        BitSet missingNow = new BitSet();
        int first = 0; // of the metric's points, counted over the group
        for (int i = 0; i < metrics.length; i++) {
            Metric metric = group.metrics().get(i);
            Counters counters = metrics[i];
            if (counters == null) {
                converted.add(metric);
            } else {
                List<PointData> points = points(metric, counters.series, all, turn, first, missingNow);
                if (!points.isEmpty()) {
                    converted.add(metric.withData(counters.kind.deltas(points)));
                }
            }
            first += metric.pointCount();
        }
        return converted.isEmpty()
                ? null
                : MetricGroup.of(group.resource(), group.scope(), converted, shape(missingNow));
    }

    private static List<PointData> points(
            Metric metric, Series[] series, AllSeries all, Turn turn, int first, BitSet missing) {
        List<PointData> points = new ArrayList<>(series.length);
        int position = 0;
        for (PointData point : metric.data().getPoints()) {
            PointData delta = next(series, position, point, all, turn);
            if (delta == null) {
                missing.set(first + position);
            } else {
                points.add(delta);
            }
            position++;
        }
        return points;
    }

    private static @Nullable PointData next(Series[] all, int position, PointData point, AllSeries known, Turn turn) {
        Series series = all[position];
        Turn.Drop fault = series.fault(point);
        if (fault != null) {
            turn.drop(fault);
            return null;
        }
        if (!series.tracked()) {
            Series tracked = known.track(series);
            if (tracked == null) {
                turn.drop(Turn.Drop.TOO_MANY_SERIES);
                return null;
            }
            series = tracked;
            all[position] = tracked;
        }
        int weightBefore = series.weight();
        PointData delta = series.next(point, turn);
        known.reweigh(series, weightBefore);
        if (delta != null) {
            turn.give(series, delta);
        }
        return delta;
    }

    private Shape shape(BitSet missingNow) {
        if (missingNow.isEmpty()) {
            return complete;
        }
        if (!missingNow.equals(missing)) {
            missing = missingNow;
            incomplete = new Shape();
        }
        return incomplete;
    }
}
