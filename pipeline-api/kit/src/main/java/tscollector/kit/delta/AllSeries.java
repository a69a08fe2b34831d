package tscollector.kit.delta;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    /** The series that stands for the key; null if none is remembered. */
    @Nullable
    Series find(SeriesKey key) {
        return byKey.get(key);
    }

    /** How many were added since the last call. */
    int takeAdded() {
        int taken = added;
        added = 0;
        return taken;
    }
}
