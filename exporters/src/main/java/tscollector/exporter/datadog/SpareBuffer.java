package tscollector.exporter.datadog;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps one buffer from request to request: a new one would be copied as often as it grows. Thread-safe. */
final class SpareBuffer {
    /** A larger one is not kept: few requests have so much. */
    private static final int LARGEST = 2 * 1024 * 1024;

    private final AtomicReference<@Nullable WireBuffer> spare = new AtomicReference<>();

    /** A buffer for the caller alone; what stands in it means nothing. */
    WireBuffer take() {
        WireBuffer kept = spare.getAndSet(null);
        return kept == null ? new WireBuffer() : kept;
    }

    void giveBack(WireBuffer buffer) {
        if (buffer.capacity() <= LARGEST) {
            spare.set(buffer);
        }
    }
}
