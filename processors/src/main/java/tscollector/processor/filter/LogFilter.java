package tscollector.processor.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.reshape.GroupProcessor;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.telemetry.Telemetry;

/** Filters log groups, record by record. */
final class LogFilter implements GroupProcessor.Change<LogGroup> {
    private final Verdict verdict;
    private final Telemetry telemetry;

    LogFilter(Verdict verdict, Telemetry telemetry) {
        this.verdict = verdict;
        this.telemetry = telemetry;
    }

    @Override
    public @Nullable LogGroup change(LogGroup group) {
        List<LogRecord> kept = new ArrayList<>(group.records().size());
        for (LogRecord logRecord : group.records()) {
            String reason = verdict.reasonToDrop(group.resource(), logRecord.eventName(), logRecord.attributes());
            if (reason == null) {
                kept.add(logRecord);
            } else {
                telemetry.dropped(reason, 1);
            }
        }
        if (kept.size() == group.records().size()) {
            return group;
        }
        return kept.isEmpty() ? null : new LogGroup(group.resource(), group.scope(), kept);
    }
}
