package tscollector.exporter.datadog;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/** Keeps one instance of each {@link Series} that a plan still refers to, so that a request finds equal ones by identity. Thread-safe. */
final class SeriesCatalog {
    private final Map<Series, WeakReference<Series>> known = new WeakHashMap<>(); // guarded by this

    synchronized Series theOne(Series series) {
        WeakReference<Series> reference = known.get(series);
        Series there = reference == null ? null : reference.get();
        if (there != null) {
            return there;
        }
        known.remove(series); // an old key whose value is gone would stay in place of this one
        known.put(series, new WeakReference<>(series));
        return series;
    }
}
