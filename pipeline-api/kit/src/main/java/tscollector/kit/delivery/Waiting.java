package tscollector.kit.delivery;

import java.time.Duration;
import tscollector.kit.text.Amounts;

/**
 * What one queue has taken over and has no outcome yet, what is being sent or waits for its next try included.
 *
 * @param items points or records
 * @param bytes of memory, roughly
 * @param oldest how long the oldest of it is here
 */
record Waiting(long items, long bytes, Duration oldest) {
    /** For the log: {@code 8,192 items (1.2 MB) wait, the oldest for 3 min 5 s}. */
    String inWords() {
        String many = items == 1 ? "1 item (" : Amounts.number(items) + " items (";
        return many
                + Amounts.bytes(bytes)
                + (items == 1 ? ") waits, for " : ") wait, the oldest for ")
                + Amounts.time(oldest);
    }
}
