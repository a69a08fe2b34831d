package tscollector.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import tscollector.signal.Signal;
import tscollector.telemetry.Telemetry;

/** Remembers what a component said about itself. Thread-safe. */
public final class RecordingTelemetry implements Telemetry {
    private final RecordingTelemetry all; // itself, or what it is a part of
    private final Map<String, RecordingTelemetry> signals = new TreeMap<>(); // all guarded by this
    private final Map<String, Long> dropped = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, LongSupplier> levels = new TreeMap<>();
    private final Map<String, String> states = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private long sent;

    public RecordingTelemetry() {
        this.all = this;
    }

    private RecordingTelemetry(RecordingTelemetry all) {
        this.all = all;
    }

    @Override
    public synchronized RecordingTelemetry of(Signal<?> signal) {
        return signals.computeIfAbsent(signal.id(), any -> new RecordingTelemetry(all));
    }

    @Override
    public void sent(long items) {
        synchronized (this) {
            sent += items;
        }
        if (all != this) {
            all.sent(items);
        }
    }

    @Override
    public void dropped(String reason, long items) {
        synchronized (this) {
            dropped.merge(reason, items, Long::sum);
        }
        if (all != this) {
            all.dropped(reason, items);
        }
    }

    @Override
    public void count(String what, long times) {
        synchronized (this) {
            counts.merge(what, times, Long::sum);
        }
        if (all != this) {
            all.count(what, times);
        }
    }

    @Override
    public Level level(String what, Unit unit, LongSupplier now) {
        if (all != this) {
            return all.level(what, unit, now);
        }
        synchronized (this) {
            levels.put(what, now);
        }
        return () -> removeLevel(what, now);
    }

    private synchronized void removeLevel(String what, LongSupplier now) {
        levels.remove(what, now);
    }

    @Override
    public void state(String what, String is) {
        if (all != this) {
            all.state(what, is);
            return;
        }
        synchronized (this) {
            states.put(what, is);
        }
    }

    @Override
    public void warnOncePer(Duration period, String key, String message) {
        if (all != this) {
            all.warnOncePer(period, key, message);
            return;
        }
        synchronized (this) {
            warnings.add(message);
        }
    }

    public synchronized long sent() {
        return sent;
    }

    /** Items dropped so far by reason. */
    public synchronized Map<String, Long> dropped() {
        return new TreeMap<>(dropped);
    }

    public synchronized long count(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** All counts so far by name. */
    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** Each number that is shown, as it is now. */
    public Map<String, Long> levels() {
        Map<String, LongSupplier> shown;
        synchronized (this) {
            shown = new TreeMap<>(levels);
        }
        Map<String, Long> now = new TreeMap<>();
        shown.forEach((what, level) -> now.put(what, level.getAsLong()));
        return now;
    }

    /** The last word on each thing. */
    public synchronized Map<String, String> states() {
        return new TreeMap<>(states);
    }

    /** Every warning asked for, the rate-limited ones included. */
    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }
}
