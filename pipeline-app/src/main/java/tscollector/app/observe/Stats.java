package tscollector.app.observe;

import io.opentelemetry.sdk.common.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import tscollector.component.ComponentId;
import tscollector.component.Kind;

/** The numbers of all components, and the lines that report them. Thread-safe. */
public final class Stats {
    private record Key(Kind kind, ComponentId id) {}

    private final Map<Key, ComponentStats> components = new ConcurrentHashMap<>();
    private final Clock clock;

    public Stats(Clock clock) {
        this.clock = clock;
    }

    /** The numbers of one component; the same object for the same kind and id, so that instances of one id add up. */
    public ComponentStats of(Kind kind, ComponentId id, Logger logger) {
        return components.computeIfAbsent(new Key(kind, id), key -> new ComponentStats(kind, id, logger, clock));
    }

    /** All components, receivers first, then by id. */
    public List<ComponentStats.Snapshot> snapshots() {
        return components.values().stream()
                .map(ComponentStats::snapshot)
                .sorted(Comparator.comparing(ComponentStats.Snapshot::kind)
                        .thenComparing(snapshot -> snapshot.id().toString()))
                .collect(Collectors.toList());
    }

    /** Items lost in all components, whatever the reason. */
    public long droppedTotal() {
        return snapshots().stream()
                .mapToLong(ComponentStats.Snapshot::droppedTotal)
                .sum();
    }

    /** Items lost in all components for one reason. */
    public long dropped(String reason) {
        return snapshots().stream()
                .mapToLong(snapshot -> snapshot.dropped().getOrDefault(reason, 0L))
                .sum();
    }
}
