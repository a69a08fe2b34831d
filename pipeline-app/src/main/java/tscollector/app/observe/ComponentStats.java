package tscollector.app.observe;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.signal.Signal;
import tscollector.telemetry.Telemetry;

/**
 * The numbers of one component since the start, in items (points or records), and how it is now. What crosses an edge the graph
 * counts; what is sent or dropped inside the component counts itself. Thread-safe.
 */
public final class ComponentStats implements Telemetry {
    private final Kind kind;
    private final ComponentId id;
    private final RateLimitedLog warnings;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Tally all = new Tally();
    private final Map<String, Tally> signals = new ConcurrentHashMap<>();
    private final Shown shown = new Shown();

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
    public Telemetry of(Signal<?> signal) {
        return new OfSignal(signals.computeIfAbsent(signal.id(), any -> new Tally()));
    }

    @Override
    public void sent(long items) {
        all.sent(items);
    }

    @Override
    public void dropped(String reason, long items) {
        all.dropped(reason, items);
    }

    @Override
    public void count(String what, long times) {
        all.count(what, times);
    }

    @Override
    public Level level(String what, Unit unit, LongSupplier now) {
        return shown.level(what, unit, now);
    }

    @Override
    public void state(String what, String is) {
        shown.state(what, is);
    }

    @Override
    public void warnOncePer(Duration period, String key, String message) {
        warnings.warnOncePer(period, key, message);
    }

    /** The numbers as they are now. */
    public Snapshot snapshot() {
        Map<String, Tally.Counted> bySignal = new TreeMap<>();
        signals.forEach((signal, tally) -> bySignal.put(signal, tally.now()));
        Tally.Counted counted = all.now();
        return new Snapshot(
                kind,
                id,
                accepted.sum(),
                refused.sum(),
                failed.sum(),
                counted.sent(),
                counted.dropped(),
                counted.counts(),
                bySignal,
                shown.levels(),
                shown.states());
    }

    /**
     * All numbers of one component at one moment; drops, counts, levels and states by name, sorted.
     *
     * @param signals what of it the component knew by its signal
     */
    public record Snapshot(
            Kind kind,
            ComponentId id,
            long accepted,
            long refused,
            long failed,
            long sent,
            Map<String, Long> dropped,
            Map<String, Long> counts,
            Map<String, Tally.Counted> signals,
            Map<String, Shown.Amount> levels,
            Map<String, String> states) {

        /** Items lost in this component, whatever the reason. */
        public long droppedTotal() {
            return dropped.values().stream().mapToLong(Long::longValue).sum();
        }

        /** The longest time anything waits here. */
        public Duration longestWait() {
            return Duration.ofSeconds(levels.values().stream()
                    .filter(level -> level.unit() == Unit.SECONDS)
                    .mapToLong(Shown.Amount::value)
                    .max()
                    .orElse(0));
        }
    }

    /** Counts for one signal and for the whole. */
    private final class OfSignal implements Telemetry {
        private final Tally own;

        OfSignal(Tally own) {
            this.own = own;
        }

        @Override
        public Telemetry of(Signal<?> signal) {
            return ComponentStats.this.of(signal);
        }

        @Override
        public void sent(long items) {
            own.sent(items);
            all.sent(items);
        }

        @Override
        public void dropped(String reason, long items) {
            own.dropped(reason, items);
            all.dropped(reason, items);
        }

        @Override
        public void count(String what, long times) {
            own.count(what, times);
            all.count(what, times);
        }

        @Override
        public Level level(String what, Unit unit, LongSupplier now) {
            return shown.level(what, unit, now);
        }

        @Override
        public void state(String what, String is) {
            shown.state(what, is);
        }

        @Override
        public void warnOncePer(Duration period, String key, String message) {
            warnings.warnOncePer(period, key, message);
        }
    }
}
