package tscollector.torchserve;

import io.opentelemetry.api.common.Attributes;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.time.Scheduler;

/**
 * What the receivers of one running collector know together of the servers they watch: several receivers that are given the same
 * {@code instance} and attributes watch one server, and what one of them learns counts for all. Kept as long as any of them
 * lives. Thread-safe.
 */
public final class KnownServers {
    private static final Map<Scheduler, KnownServers> OF_COLLECTORS = new WeakHashMap<>(); // guarded by the class

    private final Map<Attributes, WeakReference<KnownVersion>> versions = new HashMap<>(); // guarded by this

    private KnownServers() {}

    /** Those of the collector this component belongs to: its components share one scheduler. */
    public static KnownServers of(BuildContext context) {
        synchronized (KnownServers.class) {
            return OF_COLLECTORS.computeIfAbsent(context.scheduler(), any -> new KnownServers());
        }
    }

    /** What is known of the server with these attributes, which bear no version. */
    synchronized KnownVersion version(Attributes server) {
        versions.values().removeIf(reference -> reference.get() == null);
        WeakReference<KnownVersion> reference = versions.get(server);
        @Nullable KnownVersion known = reference == null ? null : reference.get();
        if (known == null) {
            known = new KnownVersion();
            versions.put(server, new WeakReference<>(known));
        }
        return known;
    }

    /** Servers that somebody watches; for tests. */
    synchronized int size() {
        versions.values().removeIf(reference -> reference.get() == null);
        return versions.size();
    }
}
