package tscollector.app.observe;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What was sent, lost and counted since the start, the latter two by name. Thread-safe. */
public final class Tally {
    /** Names a component may use; further ones are counted together, so that a mistake cannot fill the memory. */
    static final int MAX_NAMES = 200;

    private static final String OTHER = "other";

    private final LongAdder sent = new LongAdder();
    private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void sent(long items) {
        sent.add(items);
    }

    void dropped(String reason, long items) {
        add(dropped, reason, items);
    }

    void count(String what, long times) {
        add(counts, what, times);
    }

    Counted now() {
        return new Counted(sent.sum(), sums(dropped), sums(counts));
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

    /** The numbers at one moment, by name and sorted. */
    public record Counted(long sent, Map<String, Long> dropped, Map<String, Long> counts) {}
}
