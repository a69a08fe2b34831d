package tscollector.app.graph;

import java.time.Duration;
import tscollector.app.observe.ComponentStats;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;

/**
 * Counts what crosses from one component to the next, and turns a defect behind it into a refusal: a component that throws costs
 * its batch, never the process.
 */
final class Edge<B extends Batch> implements Consumer<B> {
    private static final Duration DEFECT_LOG_PERIOD = Duration.ofMinutes(1);

    private final Consumer<B> next;
    private final ComponentStats stats;

    /** An edge that counts for the component {@code stats} belongs to. */
    Edge(Consumer<B> next, ComponentStats stats) {
        this.next = next;
        this.stats = stats;
    }

    @Override
    public void consume(B batch) throws DeliveryException {
        int items = batch.itemCount();
        try {
            next.consume(batch);
            stats.accepted(items);
        } catch (DeliveryException e) {
            if (e.isPartly()) {
                stats.accepted(items); // who refused counts it
            } else if (e.isRetryable()) {
                stats.refused(items);
            } else {
                stats.failed(items);
            }
            throw e;
        } catch (RuntimeException e) {
            stats.failed(items);
            stats.warnOncePer(
                    DEFECT_LOG_PERIOD,
                    "defect " + e.getClass().getName(),
                    "A batch was lost to a defect; please report it. error=\"" + e + "\" at="
                            + (e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0]));
            throw DeliveryException.permanent(
                    stats.kind().word() + " " + stats.id() + " met a defect: " + e.getMessage(), e);
        }
    }
}
