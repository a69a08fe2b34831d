package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.PointData;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;

/**
 * Which series the deltas of one shape came from. Found once, since a stop has little time and a long queue many points. Guarded by
 * the lock of {@link CounterDeltas}.
 */
final class Owners {
    private final @Nullable Series[][]
            byMetric; // an empty row where there are no deltas, null where nobody knows the series

    private Owners(@Nullable Series[][] byMetric) {
        this.byMetric = byMetric;
    }

    static Owners of(MetricGroup group, AllSeries all) {
        SeriesKey.Maker keys = new SeriesKey.Maker(group);
        @Nullable Series[][] byMetric = new Series[group.metrics().size()][];
        for (int i = 0; i < byMetric.length; i++) {
            Metric metric = group.metrics().get(i);
            SeriesKind kind = SeriesKind.ofDelta(metric);
            boolean isStored = kind != null && kind != SeriesKind.EXPONENTIAL; // what these are owed is not
            byMetric[i] = new Series[isStored ? metric.pointCount() : 0];
            if (kind == null || !isStored) {
                continue;
            }
            int position = 0;
            for (PointData delta : metric.data().getPoints()) {
                byMetric[i][position++] = all.find(keys.key(metric, kind, delta.getAttributes()));
            }
        }
        return new Owners(byMetric);
    }

    /** Adds the group's deltas to what their series are owed. Returns how many; those of unknown series are none. */
    int owe(MetricGroup group, long sinceEpochNanos) {
        int owed = 0;
        for (int i = 0; i < byMetric.length; i++) {
            @Nullable Series[] owners = byMetric[i];
            if (owners.length == 0) {
                continue;
            }
            int position = 0;
            for (PointData delta : group.metrics().get(i).data().getPoints()) {
                Series series = owners[position++];
                if (series != null && series.tracked() && series.moved() && delta.getEpochNanos() >= sinceEpochNanos) {
                    series.owe(delta);
                    owed++;
                }
            }
        }
        return owed;
    }
}
