package tscollector.testkit;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.extension.Extension;
import tscollector.extension.Storage;
import tscollector.extension.Store;

/** A storage in memory that outlives the components of a test, as a disk would; can be told to fail. Thread-safe. */
public final class MemoryStorage implements Extension, Storage {
    private final Map<String, Store> stores = new HashMap<>(); // guarded by this
    private @Nullable IOException failure; // guarded by this

    /** Every update from now on fails with this; null ends that. */
    public synchronized void failWith(@Nullable IOException newFailure) {
        this.failure = newFailure;
    }

    @Override
    public synchronized Store open(Kind kind, ComponentId owner, String name) {
        return stores.computeIfAbsent(kind + " " + owner + " " + name, key -> new MemoryStore());
    }

    private synchronized void failIfTold() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private final class MemoryStore implements Store {
        private final TreeMap<String, byte[]> values = new TreeMap<>(); // guarded by this

        @Override
        public synchronized byte @Nullable [] get(String key) {
            byte[] value = values.get(key);
            return value == null ? null : value.clone();
        }

        @Override
        public synchronized SortedSet<String> keys() {
            return new TreeSet<>(values.keySet());
        }

        @Override
        public void update(Map<String, byte @Nullable []> changes) throws IOException {
            failIfTold();
            synchronized (this) {
                changes.forEach((key, value) -> {
                    if (value == null) {
                        values.remove(key);
                    } else {
                        values.put(key, value.clone());
                    }
                });
            }
        }
    }
}
