package tscollector.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tscollector.telemetry.Telemetry;

/** Remembers what a component said about itself. Thread-safe. */
public final class RecordingTelemetry implements Telemetry {
    private final Map<String, Long> dropped = new TreeMap<>(); // all guarded by this
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private long sent;

    @Override
    public synchronized void sent(long items) {
        sent += items;
    }

    @Override
    public synchronized void dropped(String reason, long items) {
        dropped.merge(reason, items, Long::sum);
    }

    @Override
    public synchronized void count(String what, long times) {
        counts.merge(what, times, Long::sum);
    }

    @Override
    public synchronized void warnOncePer(Duration period, String key, String message) {
        warnings.add(message);
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

    /** Every warning asked for, the rate-limited ones included. */
    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }
}
