package tscollector.exporter.datadog;

import java.util.Map;
import java.util.TreeMap;

/**
 * The bins of one sketch in work. At most {@value #MOST_BINS} entries, as the Agent's: beyond that the lowest bins become one.
 * Not thread-safe.
 */
final class SketchBins {
    static final int MOST_BINS = 4096;
    /** What one entry can count; a fuller bin has several. */
    static final int MOST_PER_ENTRY = 65_535;

    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private double sum;

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** The value of the lowest bin that was ever reached. */
    double lowest() {
        return lowest;
    }

    double highest() {
        return highest;
    }

    /** What the values add up to, roughly. */
    double sum() {
        return sum;
    }

    /** Adds values that are all the same. */
    void add(double value, long count) {
        if (count > 0) {
            put(SketchKeys.of(value), count);
        }
    }

    /**
     * Spreads values evenly between two bounds, of which nothing more is known. A bin gets whole values only: bins are taken
     * together until one value's share is reached, which then goes to the first of them, and fractions are carried on, so that
     * few values make few bins.
     */
    void spread(double lower, double upper, long count) {
        int first = SketchKeys.of(lower);
        int last = SketchKeys.of(upper);
        double width = upper - lower;
        if (count <= 0) {
            return;
        }
        if (first >= last || !(width > 0) || Double.isInfinite(width)) {
            put(Double.isInfinite(lower) ? last : first, count);
            return;
        }
        long left = count;
        int from = first;
        double fromValue = SketchKeys.value(first);
        double carried = 0;
        for (int key = first + 1; key <= last && left > 0; key++) {
            double value = SketchKeys.value(key);
            double share = (value - fromValue) / width * count;
            long whole = (long) share;
            if (share > 1) {
                carried += share - whole;
            }
            if (carried > 1) {
                carried--;
                whole++;
            }
            if (whole > 0) {
                whole = Math.min(whole, left);
                put(from, whole);
                left -= whole;
                from = key;
                fromValue = value;
            }
        }
        if (left > 0) {
            put(from, left);
        }
    }

    /** Adds values to one bin. */
    void put(int key, long count) {
        counts.merge(key, count, Long::sum);
        reach(key);
        sum += SketchKeys.value(key) * count;
    }

    /** Takes note that some value may lie in the bin. */
    void reach(int key) {
        double value = SketchKeys.value(key);
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
    }

    /** Writes the packed fields of a sketch: the keys in zigzag, and beside each how often it occurs. */
    void write(int keyField, int countField, WireBuffer out) {
        limit();
        WireBuffer keys = new WireBuffer(64 + 3 * counts.size());
        WireBuffer entries = new WireBuffer(64 + 3 * counts.size());
        for (Map.Entry<Integer, Long> bin : counts.entrySet()) {
            int key = bin.getKey();
            long zigzag = ((long) key << 1) ^ ((long) key >> 63);
            long full = bin.getValue() / MOST_PER_ENTRY;
            long rest = bin.getValue() % MOST_PER_ENTRY;
            if (rest > 0) {
                keys.varint(zigzag);
                entries.varint(rest);
            }
            for (long i = 0; i < full; i++) {
                keys.varint(zigzag);
                entries.varint(MOST_PER_ENTRY);
            }
        }
        out.field(keyField, keys).field(countField, entries);
    }

    /** Makes room: counts beyond all measure are scaled down (the exact one is told beside them), then the lowest bins become one. */
    private void limit() {
        long total = 0;
        for (long count : counts.values()) {
            total += count;
        }
        if (total > MOST_BINS / 2 * (long) MOST_PER_ENTRY) {
            double scale = MOST_BINS / 2 * (double) MOST_PER_ENTRY / total;
            counts.replaceAll((key, count) -> Math.max(1, (long) (count * scale)));
        }
        long entries = 0;
        for (long count : counts.values()) {
            entries += entries(count);
        }
        while (entries > MOST_BINS && counts.size() > 1) {
            Map.Entry<Integer, Long> gone = counts.pollFirstEntry();
            Map.Entry<Integer, Long> next = counts.firstEntry();
            long merged = gone.getValue() + next.getValue();
            entries += entries(merged) - entries(gone.getValue()) - entries(next.getValue());
            counts.put(next.getKey(), merged);
        }
    }

    private static long entries(long count) {
        return (count + MOST_PER_ENTRY - 1) / MOST_PER_ENTRY;
    }
}
