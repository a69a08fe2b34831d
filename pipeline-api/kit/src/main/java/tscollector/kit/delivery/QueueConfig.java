package tscollector.kit.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** The section {@code sending_queue}: one queue per exporter and signal. Names of the Collector; differing defaults say why. */
@Hint(
        key = "storage",
        text = "a queue that survives a restart is not in this version; leave it out, and the queue is kept in memory")
public record QueueConfig(
        @Setting(doc = "Only true: every exporter has a queue, so that a backend that hangs stalls nobody else.")
        boolean enabled,

        @Setting(
                doc = "Requests that are on their way at the same time; 1 keeps them in order.",
                min = "1",
                max = "100")
        int numConsumers,

        @Setting(
                doc =
                        "What fits in, in units of sizer, requests on their way included. A full queue refuses; the receiver counts what it loses by that. All queues of the process together also refuse, with \"queue full: memory\", what would take more than a quarter of the heap. Absent: 1,000,000 items.",
                min = "1")
        @Nullable
        Long queueSize,

        @Setting(
                doc =
                        "What queue_size counts: requests, items (points or records) or bytes (an estimate: 120 for a point, 16 more for each bucket or quantile; for a record 100, its body's text and 40 for each attribute). Absent: items; with a queue_size of its own: requests, as in the Collector.")
        @Nullable
        Sizer sizer,

        @Setting(doc = "How small batches are put together and large ones split.") @Nullable
        BatchConfig batch,

        @Setting(doc = "Only false: a full queue refuses at once, it holds up nobody.")
        boolean blockOnOverflow,

        @Setting(doc = "Only false: whoever hands a batch over does not wait for the backend's answer.")
        boolean waitForResult)
        implements Config {

    /** Items that fit in when nothing is said: about an hour of 100 servers with 40 series each at 15s. */
    private static final long DEFAULT_ITEMS = 1_000_000;

    /** Units of a queue. */
    public enum Sizer {
        REQUESTS,
        ITEMS,
        BYTES
    }

    public static QueueConfig defaults() {
        return new QueueConfig(true, 1, null, null, BatchConfig.defaults(), false, false);
    }

    /** The units in force: what a {@code queue_size} without {@code sizer} counts depends on whether there is one. */
    public Sizer effectiveSizer() {
        if (sizer != null) {
            return sizer;
        }
        return queueSize == null ? Sizer.ITEMS : Sizer.REQUESTS;
    }

    /** What fits in, in units of {@link #effectiveSizer}. */
    public long effectiveSize() {
        return queueSize == null ? DEFAULT_ITEMS : queueSize;
    }

    @Override
    public void validate(Problems problems) {
        problems.check(
                "enabled",
                enabled,
                "must be true: every exporter has a queue, so that a backend that hangs stalls nobody else; leave it out");
        problems.check(
                "block_on_overflow",
                !blockOnOverflow,
                "must be false: a full queue refuses and the receiver counts what it loses; raise queue_size instead");
        problems.check(
                "wait_for_result",
                !waitForResult,
                "must be false: whoever hands a batch over does not wait for the backend; leave it out");
        problems.check(
                "sizer",
                queueSize != null || sizer == null || sizer == Sizer.ITEMS,
                "needs a queue_size that says how many of these fit in");
    }

    /** The section {@code sending_queue.batch}. */
    @Hint(key = "sizer", text = "batches are counted in items; leave it out")
    @Hint(key = "partition", text = "batches are not divided by client metadata; leave it out")
    public record BatchConfig(
            @Setting(doc = "Longest time anything waits for a batch to fill. 0s: nothing waits.", min = "0s")
            Duration flushTimeout,

            @Setting(doc = "Items after which a batch is sent at once.", min = "1")
            int minSize,

            @Setting(
                    doc =
                            "Largest batch, in items; larger ones are split, between servers where that is possible. 0: no limit. Absent: 8192, or min_size where that is more.",
                    min = "0")
            @Nullable
            Integer maxSize)
            implements Config {
        /** Points or records: the Collector's min_size; a request of metrics has about 1 MB then, before compression. */
        private static final int DEFAULT_ITEMS = 8192;

        public static BatchConfig defaults() {
            return new BatchConfig(Duration.ofMillis(200), DEFAULT_ITEMS, null);
        }

        /** The largest batch in items; {@link Integer#MAX_VALUE} where there is no limit. */
        public int effectiveMaxSize() {
            if (maxSize == null) {
                return Math.max(DEFAULT_ITEMS, minSize);
            }
            return maxSize == 0 ? Integer.MAX_VALUE : maxSize;
        }

        @Override
        public void validate(Problems problems) {
            problems.check(
                    "max_size",
                    maxSize == null || maxSize == 0 || maxSize >= minSize,
                    "must be 0 or at least min_size, " + minSize);
        }
    }
}
