package tscollector.exporter.datadog;

import org.jspecify.annotations.Nullable;
import tscollector.kit.delivery.Progress;

/**
 * What of one batch goes to one route, in slots that can be sent apart from each other. One thread at a time.
 */
interface Cargo {
    String contentType();

    int slots();

    /** Items of the batch that are still to be sent with this slot. */
    long items(int slot);

    /** What the intake counts as points; 0 if nothing of the slot is to be sent any more. */
    int points(int slot);

    /** What stands before all slots of a request. */
    void open(WireBuffer out);

    /** Writes one slot. */
    void write(boolean isFirst, int slot, WireBuffer out);

    /** What stands behind them. */
    void close(WireBuffer out);

    /** Before each try: takes out what the intake would not take by now, and tells about it. */
    void sortOut(int fromSlot, long nowEpochNanos, Progress progress);

    /** The points of one slot as slots of their own; null if it cannot be divided. */
    @Nullable
    Cargo apart(int slot);

    /** Slots {@code from} to {@code to} (exclusive) were sent, and nobody knows whether they were taken. */
    void outcomeUnknown(int from, int to);
}
