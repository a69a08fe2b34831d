package tscollector.exposition;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What could not be read in one body: how often for which reason, and where the first one stands. Bounded. */
final class LineErrors {
    private final Map<LineError, Integer> counts = new EnumMap<>(LineError.class);
    private @Nullable LineError first;
    private int firstLine;
    private int firstColumn;
    private int total;

    /**
     * Counts one line.
     *
     * @param line from 1
     * @param column from 1, in bytes
     */
    void add(LineError error, int line, int column) {
        if (first == null) {
            first = error;
            firstLine = line;
            firstColumn = column;
        }
        counts.merge(error, 1, Integer::sum);
        total++;
    }

    int total() {
        return total;
    }

    Map<LineError, Integer> counts() {
        return counts;
    }

    /** The first one in words: {@code line 3:14 has a value that is no number}; empty if there is none. */
    String describeFirst() {
        return first == null ? "" : "line " + firstLine + ":" + firstColumn + " " + first.text();
    }
}
