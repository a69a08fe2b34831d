package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.kit.delivery.Progress;

/**
 * Sketches, one a slot, in the message {@code SketchPayload}. The intake adds up what it is sent twice: a sketch whose outcome is not
 * known is sent again only as often as configured.
 */
final class SketchCargo implements Cargo {
    private static final int SKETCHES = 1;
    private static final int METRIC = 1;
    private static final int HOST = 2;
    private static final int TAGS = 4;
    private static final int DOGSKETCHES = 7;

    private static final class Slot {
        private final Series series;
        private final byte[] sketch;
        private final long second;
        private int unknownOutcomes;
        private boolean isGone;

        Slot(Series series, byte[] sketch, long second) {
            this.series = series;
            this.sketch = sketch;
            this.second = second;
        }
    }

    private final Duration maxAge;
    private final int retriesOfUnknown;
    private final List<Slot> sketches = new ArrayList<>();

    /** @param retriesOfUnknown how often a sketch is sent again although it may have been taken */
    SketchCargo(Duration maxAge, int retriesOfUnknown) {
        this.maxAge = maxAge;
        this.retriesOfUnknown = retriesOfUnknown;
    }

    /** What a series of sketches has in common. */
    static byte[] head(String name, String host, Iterable<String> tags) {
        WireBuffer head = new WireBuffer(256);
        head.field(METRIC, name);
        if (!host.isEmpty()) {
            head.field(HOST, host);
        }
        tags.forEach(tag -> head.field(TAGS, tag));
        return head.toBytes();
    }

    void add(Series series, WireBuffer sketch, long second) {
        sketches.add(new Slot(
                series,
                new WireBuffer(sketch.size() + 8).field(DOGSKETCHES, sketch).toBytes(),
                second));
    }

    @Override
    public String contentType() {
        return Payload.PROTOBUF;
    }

    @Override
    public int slots() {
        return sketches.size();
    }

    @Override
    public long items(int slot) {
        return points(slot);
    }

    @Override
    public int points(int slot) {
        return sketches.get(slot).isGone ? 0 : 1;
    }

    @Override
    public void open(WireBuffer out) {
        // a payload is its sketches
    }

    @Override
    public void write(boolean isFirst, int slot, WireBuffer out) {
        Slot it = sketches.get(slot);
        byte[] head = it.series.head();
        out.varint((SKETCHES << 3) | 2).varint(head.length + it.sketch.length);
        out.add(head).add(it.sketch);
    }

    @Override
    public void close(WireBuffer out) {
        // a payload is its sketches
    }

    @Override
    public void sortOut(int fromSlot, long nowEpochNanos, Progress progress) {
        TimeWindow window = TimeWindow.around(nowEpochNanos, maxAge);
        for (Slot slot : sketches.subList(fromSlot, sketches.size())) {
            if (slot.isGone) {
                continue;
            }
            String objection = window.objection(slot.second);
            if (objection == null && slot.unknownOutcomes > retriesOfUnknown) {
                objection = PointLosses.OUTCOME_UNKNOWN;
            }
            if (objection != null) {
                slot.isGone = true;
                progress.dropped(objection, 1);
            }
        }
    }

    @Override
    public @Nullable Cargo apart(int slot) {
        return null;
    }

    @Override
    public void outcomeUnknown(int from, int to) {
        sketches.subList(from, to).forEach(slot -> slot.unknownOutcomes++);
    }
}
