package tscollector.processor.naming;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was used last, up to a number; the longest unused is forgotten first. Thread-safe.
 *
 * @param <K> the key
 * @param <V> the value
 */
final class Recent<K, V> {
    private final Map<K, V> values; // guarded by this

    Recent(int limit) {
        this.values = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > limit;
            }
        };
    }

    /** The value of the key, made if it is not there. */
    synchronized V get(K key, Supplier<V> maker) {
        V known = values.get(key);
        if (known == null) {
            known = maker.get();
            values.put(key, known);
        }
        return known;
    }

    synchronized void put(K key, V value) {
        values.put(key, value);
    }

    /** The value of the key, or the other if it is not there. */
    synchronized V getOrDefault(K key, V other) {
        return values.getOrDefault(key, other);
    }

    synchronized int size() {
        return values.size();
    }
}
