package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.reshape.Target;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.telemetry.Telemetry;

/**
 * The rates that come of the groups of one shape, as a group of their own: a series has no rate at its first value and after a
 * fall, so that which points there are can change. As long as they are the same, so is the shape. Refers to no group.
 */
final class RatePlan {
    /** The reason for a value that nothing can be compared with yet. */
    static final String FIRST_VALUE = "rate without an earlier value";
    /** The reason for a value that is less than the one before. */
    static final String FALL = "rate of a falling value";

    /** Sets of present rates that are remembered. */
    private static final int SHAPES = 16;

    /** Where a rate goes. */
    private record Series(RateCell cell, double factor, int slot) {}

    /** One metric whose rates are worked out; null for points that have none. */
    private record Source(int metric, List<@Nullable Series> points) {}

    /** A series that comes out. */
    private record Slot(int output, Attributes attributes) {}

    private final Resource resource;
    private final InstrumentationScopeInfo scope;
    private final List<Target> outputs = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Integer> outputOf = new LinkedHashMap<>();
    private final Map<Slot, Integer> slotOf = new LinkedHashMap<>();
    private final Recent<BitSet, Shape> shapes = new Recent<>(SHAPES);

    RatePlan(MetricGroup group) {
        this.resource = group.resource();
        this.scope = group.scope();
    }

    /**
     * Adds the rates of a metric; only before the first use.
     *
     * @param planned the metric, with the attributes of its points
     * @param cells gives the cell of a series
     */
    void add(Planned planned, Cells cells) {
        Target target = planned.target();
        int output = outputOf.computeIfAbsent(target.name(), name -> {
            outputs.add(target);
            return outputs.size() - 1;
        });
        List<@Nullable Series> points = new ArrayList<>();
        for (Attributes attributes : planned.attributes()) {
            points.add(
                    attributes == null
                            ? null
                            : new Series(
                                    cells.of(target.name(), attributes),
                                    planned.factor(),
                                    slot(new Slot(output, attributes))));
        }
        sources.add(new Source(planned.metric(), points));
    }

    /** The cells of one target's series. */
    @FunctionalInterface
    interface Cells {
        RateCell of(String name, Attributes attributes);
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /** The rates of this run; null if there are none. */
    @Nullable
    MetricGroup apply(MetricGroup group, Telemetry telemetry) {
        @Nullable PointData[] points = new PointData[slots.size()];
        BitSet present = new BitSet(points.length);
        int first = 0;
        int falls = 0;
        for (Source source : sources) {
            int position = 0;
            for (PointData point : group.metrics().get(source.metric()).data().getPoints()) {
                Series series = source.points().get(position++);
                if (series == null) {
                    continue;
                }
                double rate = series.cell().next(point.getEpochNanos(), Numbers.of(point));
                if (rate >= 0) {
                    points[series.slot()] = rate(point, rate * series.factor(), series.slot());
                    present.set(series.slot());
                } else if (rate < 0) {
                    falls++;
                } else {
                    first++;
                }
            }
        }
        count(telemetry, first, falls);
        return present.isEmpty() ? null : group(points, shapes.get(present, Shape::new));
    }

    private static void count(Telemetry telemetry, int first, int falls) {
        if (first > 0) {
            telemetry.dropped(FIRST_VALUE, first);
        }
        if (falls > 0) {
            telemetry.dropped(FALL, falls);
        }
    }

    private DoublePointData rate(PointData point, double rate, int slot) {
        return DoublePointData.create(
                point.getStartEpochNanos(),
                point.getEpochNanos(),
                slots.get(slot).attributes(),
                rate,
                List.of());
    }

    private MetricGroup group(@Nullable PointData[] points, Shape shape) {
        List<List<PointData>> byOutput = new ArrayList<>();
        outputs.forEach(output -> byOutput.add(new ArrayList<>()));
        for (int i = 0; i < points.length; i++) {
            PointData point = points[i];
            if (point != null) {
                byOutput.get(slots.get(i).output()).add(point);
            }
        }
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (!byOutput.get(i).isEmpty()) {
                Target target = outputs.get(i);
                metrics.add(target.metric(resource, scope, target.form().data(byOutput.get(i))));
            }
        }
        return MetricGroup.of(resource, scope, metrics, shape);
    }

    private int slot(Slot slot) {
        return slotOf.computeIfAbsent(slot, added -> {
            slots.add(added);
            return slots.size() - 1;
        });
    }
}
