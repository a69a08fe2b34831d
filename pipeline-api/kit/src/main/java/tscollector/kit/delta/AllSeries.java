package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.telemetry.Telemetry;

/**
 * Every series that is remembered. A bound keeps them from filling the memory: histograms count for more than one. Guarded by
 * the lock of {@link CounterDeltas}.
 */
final class AllSeries {
    /** Counted for every series that is remembered from then on. */
    static final String REMEMBERED = "series remembered";
    /** Counted for every series that is remembered no more; the difference is how many there are. */
    static final String FORGOTTEN = "series forgotten";

    private final Map<SeriesKey, Series> byKey = new HashMap<>();
    private final int maxWeight;
    private long weight;
    private int added;

    AllSeries(int maxWeight) {
        this.maxWeight = maxWeight;
    }

    int size() {
        return byKey.size();
    }

    /** Those that had a point in this life of the process. */
    List<Series> moved() {
        return byKey.values().stream().filter(Series::moved).toList();
    }

    /** Whether the series had a point in this life of the process. */
    boolean hasMoved(SeriesKey key) {
        Series series = byKey.get(key);
        return series != null && series.moved();
    }

    /** The series that stands for this one's key, from now on this one itself if there is none yet; null if there is no room. */
    @Nullable
    Series track(Series series) {
        Series present = byKey.get(series.key());
        if (present != null) {
            return present;
        }
        if (weight + series.weight() > maxWeight) {
            return null;
        }
        series.track();
        byKey.put(series.key(), series);
        weight += series.weight();
        added++;
        return series;
    }

    /** Takes note that the series, which had this weight before, has changed. */
    void reweigh(Series series, int weightBefore) {
        weight += series.weight() - weightBefore;
    }

    /** Forgets every series for which {@code rules} says so. */
    void forgetOld(FirstValues rules, long nowNanos, Telemetry telemetry) {
        int forgotten = 0;
        Iterator<Series> each = byKey.values().iterator();
        while (each.hasNext()) {
            Series series = each.next();
            if (rules.isForgotten(series, nowNanos)) {
                each.remove();
                weight -= series.weight();
                series.forget();
                forgotten++;
            }
        }
        if (forgotten > 0) {
            telemetry.count(FORGOTTEN, forgotten);
        }
    }

    /** Adds the group's deltas to what the series they came from are owed. Returns how many; those of unknown series are none. */
    int owe(MetricGroup group, long sinceEpochNanos) {
        SeriesKey.Maker keys = new SeriesKey.Maker(group);
        int owed = 0;
        for (Metric metric : group.metrics()) {
            SeriesKind kind = SeriesKind.ofDelta(metric);
            if (kind == null || kind == SeriesKind.EXPONENTIAL) {
                continue; // what is owed of an exponential one is not stored
            }
            for (PointData delta : metric.data().getPoints()) {
                Series series = byKey.get(keys.key(metric, kind, delta.getAttributes()));
                if (series != null && series.moved() && delta.getEpochNanos() >= sinceEpochNanos) {
                    series.owe(delta);
                    owed++;
                }
            }
        }
        return owed;
    }

    /** How many were added since the last call. */
    int takeAdded() {
        int taken = added;
        added = 0;
        return taken;
    }
}
