package tscollector.kit.delivery;

import java.util.List;
import tscollector.signal.Batch;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;

/**
 * How batches of one signal are taken apart and put together again. Groups stay what they are, with their Resource and scope
 * instances and their order; only a group that is larger than a whole request is cut, between two points. Thread-safe.
 *
 * @param <B> the batch class
 */
interface Batching<B extends Batch> {
    /** The batch as batches of one group each, in order. */
    List<B> groups(B batch);

    /** One batch with the groups of all, in order; {@code batches} has at least one. */
    B join(List<B> batches);

    /** Items {@code from} (inclusive) to {@code to} (exclusive) of a batch of one group, in order. */
    B slice(B group, int from, int to);

    /** What the batch takes in memory, roughly; see {@link QueueConfig#sizer}. */
    long estimateBytes(B batch);

    /** What each group takes of the memory of all queues, roughly. */
    List<QueueMemory.Load> loads(B batch);

    /** The batching of metrics or logs. */
    @SuppressWarnings("unchecked") // the signal ties the batch class
    static <B extends Batch> Batching<B> of(Signal<B> signal) {
        if (signal.batchType() == MetricBatch.class) {
            return (Batching<B>) new MetricBatching();
        }
        if (signal.batchType() == LogBatch.class) {
            return (Batching<B>) new LogBatching();
        }
        throw new IllegalArgumentException("no batching is known for " + signal);
    }
}
