package tscollector.exposition;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one body says, as places in it: nothing is made per sample but a few integers. Samples are numbered in the order of the
 * body; a number is called a slot.
 */
final class ScannedExposition {
    /** Stands for a sample without a time of its own. */
    static final long NO_TIME = Long.MIN_VALUE;

    private static final int INITIAL_SLOTS = 64;

    private final byte[] body;
    private final Map<String, Declaration> declarations = new LinkedHashMap<>();
    private final LineErrors errors = new LineErrors();
    private int[] places = new int[3 * INITIAL_SLOTS]; // per slot: series from, value from, value to
    private double[] values = new double[INITIAL_SLOTS];
    private long[] times = new long[0]; // as long as no sample has one
    private int size;
    private int comments;
    private @Nullable StretchReader stretches;
    private int filteredLines;
    private boolean plain = true;
    private boolean overLimit;

    ScannedExposition(byte[] body) {
        this.body = body;
    }

    /** From now on samples stand under the declarations that precede them. */
    StretchReader followOrder() {
        StretchReader reader = new StretchReader();
        stretches = reader;
        return reader;
    }

    /** Which family each sample belongs to. */
    Families families() {
        return stretches == null ? new FamilyNames(declarations) : stretches.families();
    }

    /** Lines that filters left out. */
    int filteredLines() {
        return filteredLines;
    }

    void countFilteredLine() {
        filteredLines++;
    }

    byte[] body() {
        return body;
    }

    /** Samples that could be read. */
    int size() {
        return size;
    }

    /** Where name and labels of a sample begin. */
    int seriesFrom(int slot) {
        return places[3 * slot];
    }

    /** Where its value begins: name, labels and blanks end here. */
    int valueFrom(int slot) {
        return places[3 * slot + 1];
    }

    int valueTo(int slot) {
        return places[3 * slot + 2];
    }

    /** The values by slot. */
    double[] values() {
        return Arrays.copyOf(values, size);
    }

    /** The samples' own times by slot in nanoseconds since the epoch, {@link #NO_TIME} where there is none; empty if none has one. */
    long[] times() {
        return times.length == 0 ? times : Arrays.copyOf(times, size);
    }

    /** By family, in the order of the body. */
    Map<String, Declaration> declarations() {
        return declarations;
    }

    LineErrors errors() {
        return errors;
    }

    /** Whether any line could be read: a sample, or a TYPE, HELP, UNIT or EOF line. */
    boolean hasReadableLine() {
        return size > 0 || comments > 0;
    }

    /** Whether every line was read and none has anything behind its value: then only values can differ in a body of the same text. */
    boolean isPlain() {
        return plain && errors.total() == 0;
    }

    /** Whether there are more samples or families than may be; what was read until then is of no use. */
    boolean isOverLimit() {
        return overLimit;
    }

    void add(int seriesFrom, int valueFrom, int valueTo, double value, long timeNanos) {
        if (size == values.length) {
            places = Arrays.copyOf(places, 6 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        if (timeNanos != NO_TIME || times.length > 0) {
            keepTime(timeNanos);
        }
        places[3 * size] = seriesFrom;
        places[3 * size + 1] = valueFrom;
        places[3 * size + 2] = valueTo;
        values[size++] = value;
    }

    private void keepTime(long timeNanos) {
        if (times.length < values.length) {
            int known = times.length == 0 ? size : times.length;
            long[] longer = Arrays.copyOf(times, values.length);
            Arrays.fill(longer, times.length, known, NO_TIME);
            times = longer;
        }
        times[size] = timeNanos;
    }

    void countComment() {
        comments++;
    }

    void markNotPlain() {
        plain = false;
    }

    void markOverLimit() {
        overLimit = true;
    }
}
