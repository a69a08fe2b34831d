package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.datadog.IntakeTimes;
import tscollector.kit.delivery.Progress;

/**
 * What stands for itself at one second, one a slot: a sketch or a check run. It leaves unless it is too old for the intake, or may
 * have arrived too often.
 *
 * @param <T> what is in a slot, beside its series and its second
 */
final class DatedCargo<T> implements Cargo {
    /** How it is written and what stands around several. */
    interface Form<T> {
        String contentType();

        String open();

        void write(Series of, T item, long second, WireBuffer out);

        /** Between two of them. */
        String comma();

        String close();
    }

    private static final class Slot<T> {
        private final Series series;
        private final T item;
        private final long second;
        private int unknownOutcomes;
        private boolean isGone;

        Slot(Series series, T item, long second) {
            this.series = series;
            this.item = item;
            this.second = second;
        }
    }

    /** For what says the same when it arrives twice. */
    static final int AS_OFTEN_AS_NEEDED = Integer.MAX_VALUE;

    private final Form<T> form;
    private final Duration maxAge;
    private final int retriesOfUnknown;
    private final List<Slot<T>> slots = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param maxAge zero: however old
     * @param retriesOfUnknown how often one is sent again although it may have been taken
     */
    DatedCargo(Form<T> form, Duration maxAge, int retriesOfUnknown) {
        this.form = form;
        this.maxAge = maxAge;
        this.retriesOfUnknown = retriesOfUnknown;
    }

    void add(Series series, T item, long second) {
        slots.add(new Slot<>(series, item, second));
    }

    @Override
    public String contentType() {
        return form.contentType();
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
        return slots.get(slot).isGone ? 0 : 1;
    }

    @Override
    public void open(WireBuffer out) {
        out.ascii(form.open());
    }

    @Override
    public void write(boolean isFirst, int slot, WireBuffer out) {
        Slot<T> it = slots.get(slot);
        if (!isFirst) {
            out.ascii(form.comma());
        }
        form.write(it.series, it.item, it.second, out);
    }

    @Override
    public void close(WireBuffer out) {
        out.ascii(form.close());
    }

    @Override
    public void sortOut(int fromSlot, long nowEpochNanos, Progress progress) {
        IntakeTimes window = IntakeTimes.around(nowEpochNanos, maxAge);
        for (Slot<T> slot : slots.subList(fromSlot, slots.size())) {
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
        slots.subList(from, to).forEach(slot -> slot.unknownOutcomes++);
    }
}
