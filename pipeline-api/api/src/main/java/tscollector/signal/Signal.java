package tscollector.signal;

import java.util.Objects;

/**
 * A kind of data, tied to the batch class that carries it. Not an enum: a further signal is a further constant somewhere, and
 * no component that does not know it has to change.
 *
 * @param <B> the batch class
 */
public final class Signal<B extends Batch> {
    public static final Signal<MetricBatch> METRICS = new Signal<>("metrics", MetricBatch.class);
    public static final Signal<LogBatch> LOGS = new Signal<>("logs", LogBatch.class);

    private final String id;
    private final Class<B> batchType;

    public Signal(String id, Class<B> batchType) {
        this.id = Objects.requireNonNull(id, "id");
        this.batchType = Objects.requireNonNull(batchType, "batchType");
    }

    /** The word in {@code service.pipelines}, for instance {@code metrics}. */
    public String id() {
        return id;
    }

    public Class<B> batchType() {
        return batchType;
    }

    @Override
    public String toString() {
        return id;
    }
}
