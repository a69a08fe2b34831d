package tscollector.testkit;

import java.util.ArrayList;
import java.util.List;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;
import tscollector.signal.LogBatch;
import tscollector.signal.LogRecord;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;

/**
 * Remembers every batch it is given; can be told to refuse. Thread-safe.
 *
 * @param <B> the batch class
 */
public final class CollectingConsumer<B extends Batch> implements Consumer<B> {
    private final List<B> batches = new ArrayList<>(); // guarded by this
    private final List<DeliveryException> refusals = new ArrayList<>(); // guarded by this

    public static CollectingConsumer<MetricBatch> metrics() {
        return new CollectingConsumer<>();
    }

    public static CollectingConsumer<LogBatch> logs() {
        return new CollectingConsumer<>();
    }

    @Override
    public synchronized void consume(B batch) throws DeliveryException {
        if (!refusals.isEmpty()) {
            throw refusals.remove(0);
        }
        batches.add(batch);
    }

    /** The next batch that is not refused yet will be, with this. May be called several times in advance. */
    public synchronized void refuseNext(DeliveryException refusal) {
        refusals.add(refusal);
    }

    public synchronized List<B> batches() {
        return List.copyOf(batches);
    }

    public synchronized B last() {
        return batches.get(batches.size() - 1);
    }

    public synchronized void clear() {
        batches.clear();
    }

    public int itemCount() {
        return batches().stream().mapToInt(Batch::itemCount).sum();
    }

    /** Every metric of every metric batch, in order. */
    public List<Metric> allMetrics() {
        List<Metric> all = new ArrayList<>();
        for (B batch : batches()) {
            if (batch instanceof MetricBatch metrics) {
                all.addAll(metrics.allMetrics());
            }
        }
        return all;
    }

    /** Every record of every log batch, in order. */
    public List<LogRecord> allRecords() {
        List<LogRecord> all = new ArrayList<>();
        for (B batch : batches()) {
            if (batch instanceof LogBatch logs) {
                all.addAll(logs.allRecords());
            }
        }
        return all;
    }
}
