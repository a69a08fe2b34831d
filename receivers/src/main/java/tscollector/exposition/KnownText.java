package tscollector.exposition;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The text of a target's last body without its values, and the sample that each slot stands for.
 *
 * <p>While a body has the same text around its values, {@link #valuesOf} reads the values and nothing else. When it has not, {@link
 * Search#find} recognises the samples that are known, by position first and by a hash of their text else. All of the text is kept only
 * for bodies where the former can work; of others just what stands before the values.
 */
final class KnownText {
    static final KnownText NOTHING = new KnownText(new byte[0], new int[0], new int[0], new Sample[0], false);

    private final byte[] text; // all pieces, one behind the other: one before each value, and the last one after it
    private final int[] pieceTo; // by slot: where the piece before its value ends; name and labels are its end ...
    private final int[] seriesLength; // ... and this long
    private final Sample[] samples;
    private final boolean predictable;
    private final NumberReader number = new NumberReader();

    private KnownText(byte[] text, int[] pieceTo, int[] seriesLength, Sample[] samples, boolean predictable) {
        this.text = text;
        this.pieceTo = pieceTo;
        this.seriesLength = seriesLength;
        this.samples = samples;
        this.predictable = predictable;
    }

    /**
     * Learns a body.
     *
     * @param samples by slot
     * @param lineLengthLimit bodies with longer lines than this less the longest number are not predicted, for a value may grow
     */
    static KnownText learn(ScannedExposition scan, Sample[] samples, long lineLengthLimit) {
        int slots = scan.size();
        boolean predictable = scan.isPlain() && longestSeries(scan) + NumberReader.LONGEST_NUMBER < lineLengthLimit;
        int[] pieceTo = new int[slots];
        int[] seriesLength = new int[slots];
        int length = 0;
        for (int slot = 0; slot < slots; slot++) {
            length += scan.valueFrom(slot) - pieceFrom(scan, slot, predictable);
            pieceTo[slot] = length;
            seriesLength[slot] = scan.valueFrom(slot) - scan.seriesFrom(slot);
        }
        int tailFrom = pieceFrom(scan, slots, true);
        int tail = predictable ? scan.body().length - tailFrom : 0;
        byte[] text = new byte[length + tail];
        int to = 0;
        for (int slot = 0; slot < slots; slot++) {
            int from = pieceFrom(scan, slot, predictable);
            System.arraycopy(scan.body(), from, text, to, pieceTo[slot] - to);
            to = pieceTo[slot];
        }
        System.arraycopy(scan.body(), tailFrom, text, to, tail);
        return new KnownText(text, pieceTo, seriesLength, samples, predictable);
    }

    private static int pieceFrom(ScannedExposition scan, int slot, boolean whole) {
        if (!whole) {
            return scan.seriesFrom(slot);
        }
        return slot == 0 ? 0 : scan.valueTo(slot - 1);
    }

    private static int longestSeries(ScannedExposition scan) {
        int longest = 0;
        for (int slot = 0; slot < scan.size(); slot++) {
            longest = Math.max(longest, scan.valueFrom(slot) - scan.seriesFrom(slot));
        }
        return longest;
    }

    /** The samples by slot; not to be changed. */
    Sample[] samples() {
        return samples;
    }

    /** Bytes kept for comparison. */
    int textLength() {
        return text.length;
    }

    /** The values by slot if the body has the known text around them, else null. */
    double @Nullable [] valuesOf(byte[] body) {
        if (!predictable) {
            return null;
        }
        double[] values = new double[pieceTo.length];
        int at = 0;
        int from = 0;
        for (int slot = 0; slot < values.length; slot++) {
            int valueFrom = at + pieceTo[slot] - from;
            if (!isText(body, at, valueFrom, from, pieceTo[slot])) {
                return null;
            }
            at = endOfValue(body, valueFrom);
            if (!number.read(body, valueFrom, at)) {
                return null;
            }
            values[slot] = number.value();
            from = pieceTo[slot];
        }
        return isText(body, at, body.length, from, text.length) ? values : null;
    }

    private boolean isText(byte[] body, int bodyFrom, int bodyTo, int from, int to) {
        return bodyTo <= body.length && Arrays.equals(body, bodyFrom, bodyTo, text, from, to);
    }

    private static int endOfValue(byte[] body, int from) {
        int at = from;
        while (at < body.length && (body[at] & 0xff) > ' ') {
            at++;
        }
        return at;
    }

    /** Looks samples up by their text, in the order of a body. For one body; one thread. */
    final class Search {
        // Seeded, so that no server can prepare texts that fall on one place.
        private final long seed = ThreadLocalRandom.current().nextLong() | 1;
        private int @Nullable [] slotsByHash; // slot + 1; made at the first surprise
        private int expected;

        /** The slot that had the text from {@code from} to {@code to} in the last body, or -1. */
        int find(byte[] body, int from, int to) {
            int slot = expected;
            if (slot >= samples.length || !isSeries(slot, body, from, to)) {
                slot = findByHash(body, from, to);
            }
            if (slot >= 0) {
                expected = slot + 1;
            }
            return slot;
        }

        private int findByHash(byte[] body, int from, int to) {
            if (slotsByHash == null) {
                slotsByHash = index();
            }
            int[] slots = slotsByHash;
            int mask = slots.length - 1;
            for (int place = hash(body, from, to) & mask; slots[place] != 0; place = (place + 1) & mask) {
                if (isSeries(slots[place] - 1, body, from, to)) {
                    return slots[place] - 1;
                }
            }
            return -1;
        }

        private int[] index() {
            int[] slots = new int[Integer.highestOneBit(Math.max(4, samples.length)) * 4]; // at most half full
            int mask = slots.length - 1;
            for (int slot = 0; slot < samples.length; slot++) {
                int from = pieceTo[slot] - seriesLength[slot];
                int place = hash(text, from, pieceTo[slot]) & mask;
                while (slots[place] != 0 && !isSeries(slots[place] - 1, text, from, pieceTo[slot])) {
                    place = (place + 1) & mask;
                }
                slots[place] = slots[place] == 0 ? slot + 1 : slots[place]; // of duplicates the first
            }
            return slots;
        }

        private int hash(byte[] bytes, int from, int to) {
            long hash = seed;
            for (int at = from; at < to; at++) {
                hash = (hash ^ bytes[at]) * 0x9E3779B97F4A7C15L; // the golden ratio, odd: mixes upwards
                hash ^= hash >>> 32;
            }
            return (int) (hash ^ (hash >>> 17));
        }

        private boolean isSeries(int slot, byte[] body, int from, int to) {
            int known = pieceTo[slot] - seriesLength[slot];
            return Arrays.equals(text, known, pieceTo[slot], body, from, to);
        }
    }
}
