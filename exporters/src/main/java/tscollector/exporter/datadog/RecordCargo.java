package tscollector.exporter.datadog;

import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.kit.delivery.Progress;

/** Records of one route, one a slot; written anew for each try, so that only records and not their bytes are kept. */
final class RecordCargo implements Cargo {
    /** The intake's limit for events and logs. */
    private static final Duration MAX_AGE = Duration.ofHours(18);

    /** How one record is written and what stands around several. */
    interface Form {
        String open();

        void write(LogRecordData logRecord, RecordOrigin origin, WireBuffer out);

        String close();
    }

    private record Slot(LogRecordData logRecord, RecordOrigin origin) {}

    private final Form form;
    private final List<@Nullable Slot> slots = new ArrayList<>(); // null: not to be sent any more

    RecordCargo(Form form) {
        this.form = form;
    }

    void add(LogRecordData logRecord, RecordOrigin origin) {
        slots.add(new Slot(logRecord, origin));
    }

    @Override
    public String contentType() {
        return Payload.JSON;
    }

    @Override
    public int slots() {
        return slots.size();
    }

    @Override
    public long items(int slot) {
        return points(slot);
    }

    @Override
    public int points(int slot) {
        return slots.get(slot) == null ? 0 : 1;
    }

    @Override
    public void open(WireBuffer out) {
        out.ascii(form.open());
    }

    @Override
    public void write(boolean isFirst, int slot, WireBuffer out) {
        Slot one = slots.get(slot);
        if (one == null) {
            return;
        }
        if (!isFirst) {
            out.add(',');
        }
        form.write(one.logRecord(), one.origin(), out);
    }

    @Override
    public void close(WireBuffer out) {
        out.ascii(form.close());
    }

    @Override
    public void sortOut(int fromSlot, long nowEpochNanos, Progress progress) {
        long oldest = nowEpochNanos - MAX_AGE.toNanos();
        for (int i = fromSlot; i < slots.size(); i++) {
            Slot one = slots.get(i);
            if (one != null && RecordOrigin.time(one.logRecord()) < oldest) {
                slots.set(i, null);
                progress.dropped(DropReasons.TOO_OLD, 1);
            }
        }
    }

    @Override
    public @Nullable Cargo apart(int slot) {
        return null;
    }

    @Override
    public void outcomeUnknown(int from, int to) {
        // Datadog keeps a record that arrives twice, and better twice than never
    }
}
