package tscollector.signal;

import java.util.ArrayList;
import java.util.List;

/**
 * Log groups on their way.
 *
 * @param groups at least one
 */
public record LogBatch(List<LogGroup> groups) implements Batch {
    public LogBatch {
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one group");
        }
    }

    /** The records of all groups, in order. */
    public List<LogRecord> allRecords() {
        List<LogRecord> all = new ArrayList<>();
        groups.forEach(group -> all.addAll(group.records()));
        return all;
    }

    @Override
    public int itemCount() {
        int records = 0;
        for (LogGroup group : groups) {
            records += group.records().size();
        }
        return records;
    }
}
