package tscollector.kit.delivery;

import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.common.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;

/** Batches of log records. */
final class LogBatching implements Batching<LogBatch> {
    private static final long RECORD_BYTES = 100;
    private static final long ATTRIBUTE_BYTES = 40;
    private static final long STRUCTURED_BODY_BYTES =
            1000; // a body of maps and lists; walking it would cost more than it tells

    @Override
    public List<LogBatch> groups(LogBatch batch) {
        List<LogBatch> singles = new ArrayList<>(batch.groups().size());
        for (LogGroup group : batch.groups()) {
            singles.add(new LogBatch(List.of(group)));
        }
        return singles;
    }

    @Override
    public LogBatch join(List<LogBatch> batches) {
        List<LogGroup> groups = new ArrayList<>(batches.size());
        for (LogBatch batch : batches) {
            groups.addAll(batch.groups());
        }
        return new LogBatch(groups);
    }

    @Override
    public LogBatch slice(LogBatch batch, int from, int to) {
        LogGroup group = batch.groups().get(0);
        return new LogBatch(List.of(
                new LogGroup(group.resource(), group.scope(), group.records().subList(from, to))));
    }

    @Override
    public long estimateBytes(LogBatch batch) {
        long bytes = 0;
        for (LogGroup group : batch.groups()) {
            for (LogRecord logRecord : group.records()) {
                bytes += RECORD_BYTES + ATTRIBUTE_BYTES * logRecord.attributes().size() + bodyBytes(logRecord.body());
            }
        }
        return bytes;
    }

    private static long bodyBytes(@Nullable Value<?> body) {
        if (body == null) {
            return 0;
        }
        return body.getType() == ValueType.STRING ? body.asString().length() : STRUCTURED_BODY_BYTES;
    }
}
