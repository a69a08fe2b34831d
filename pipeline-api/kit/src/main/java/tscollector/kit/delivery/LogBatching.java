package tscollector.kit.delivery;

import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.common.ValueType;
import java.nio.ByteBuffer;
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
    private static final long RECORD_MEMORY = 150; // record, group and their lists
    private static final long VALUE_MEMORY = 60; // the value around its text
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

    @Override
    public List<QueueMemory.Load> loads(LogBatch batch) {
        List<QueueMemory.Load> loads = new ArrayList<>(batch.groups().size());
        for (LogGroup group : batch.groups()) {
            long bytes = 0;
            for (LogRecord logRecord : group.records()) {
                bytes += RECORD_MEMORY + memory(logRecord.body());
                for (Object value : logRecord.attributes().asMap().values()) {
                    bytes += VALUE_MEMORY + (value instanceof String text ? text.length() : 0);
                }
            }
            loads.add(new QueueMemory.Load(group, bytes, null));
        }
        return loads;
    }

    private static long memory(@Nullable Value<?> value) {
        if (value == null) {
            return 0;
        }
        Object content = value.getValue();
        if (content instanceof String text) {
            return VALUE_MEMORY + text.length();
        }
        long bytes = VALUE_MEMORY;
        if (content instanceof List<?> parts) {
            for (Object part : parts) {
                bytes += part instanceof KeyValue entry
                        ? VALUE_MEMORY + memory(entry.getValue())
                        : memory((Value<?>) part);
            }
        }
        return content instanceof ByteBuffer binary ? bytes + binary.remaining() : bytes;
    }

    private static long bodyBytes(@Nullable Value<?> body) {
        if (body == null) {
            return 0;
        }
        return body.getType() == ValueType.STRING ? body.asString().length() : STRUCTURED_BODY_BYTES;
    }
}
