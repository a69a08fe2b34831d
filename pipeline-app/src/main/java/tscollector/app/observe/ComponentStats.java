package tscollector.app.observe;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.telemetry.Telemetry;

/**
 * The numbers of one component since the start, in items (points or records). What crosses an edge the graph counts; what is sent
 * or dropped inside the component counts itself. Thread-safe.
 */
public final class ComponentStats implements Telemetry {
    /** Reasons and names a component may use; further ones are counted together, so that a mistake cannot fill the memory. */
    private static final int MAX_NAMES = 200;

    private static final String OTHER = "other";

    private final Kind kind;
    private final ComponentId id;
    private final RateLimitedLog warnings;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    ComponentStats(Kind kind, ComponentId id, Logger logger, Clock clock) {
        this.kind = kind;
        this.id = id;
        this.warnings = new RateLimitedLog(logger, clock);
    }

    public Kind kind() {
        return kind;
    }

    public ComponentId id() {
        return id;
    }

    /** Items that were taken: by a receiver's pipelines, by this processor, by this exporter's queue. */
    public void accepted(long items) {
        accepted.add(items);
    }

    /** Items that were refused for now. */
    public void refused(long items) {
        refused.add(items);
    }

    /** Items that were refused for good, or that met a defect. */
    public void failed(long items) {
        failed.add(items);
    }

    @Override
    public void sent(long items) {
        sent.add(items);
    }

    @Override
    public void dropped(String reason, long items) {
        add(dropped, reason, items);
    }

    @Override
    public void count(String what, long times) {
        add(counts, what, times);
    }

    @Override
    public void warnOncePer(Duration period, String key, String message) {
        warnings.warnOncePer(period, key, message);
    }

    /** The numbers as they are now. */
    public Snapshot snapshot() {
        return new Snapshot(
                kind, id, accepted.sum(), refused.sum(), failed.sum(), sent.sum(), sums(dropped), sums(counts));
    }

    private static void add(Map<String, LongAdder> adders, String name, long amount) {
        LongAdder adder = adders.get(name);
        if (adder == null) {
            String key = adders.size() < MAX_NAMES ? name : OTHER;
            adder = adders.computeIfAbsent(key, any -> new LongAdder());
        }
        adder.add(amount);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new TreeMap<>();
        adders.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }

    /** All numbers of one component at one moment; drops and counts by name, sorted. */
    public record Snapshot(
            Kind kind,
            ComponentId id,
            long accepted,
            long refused,
            long failed,
            long sent,
            Map<String, Long> dropped,
            Map<String, Long> counts) {

        /** Items lost in this component, whatever the reason. */
        public long droppedTotal() {
            return dropped.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
