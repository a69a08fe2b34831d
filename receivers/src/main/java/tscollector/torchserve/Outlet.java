package tscollector.torchserve;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import tscollector.component.BuildContext;
import tscollector.consumer.Consumer;
import tscollector.consumer.Consumers;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Signal;
import tscollector.telemetry.Telemetry;

/**
 * Where a receiver's batches leave it. A refused metric batch is dropped and counted: the next run comes anyway. A refused log
 * batch is the caller's to hand over again. Nothing is thrown. Thread-safe as far as the consumers are.
 */
public final class Outlet {
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Consumers next;
    private final Telemetry telemetry;
    private final Logger logger;

    public Outlet(BuildContext context, Consumers next) {
        this.next = next;
        this.telemetry = context.telemetry();
        this.logger = context.logger();
    }

    /** Whether any pipeline wants log records. */
    public boolean wantsLogs() {
        return next.get(Signal.LOGS) != null;
    }

    /** Hands on the groups of one run of one target as one batch; nothing happens if no pipeline wants metrics. */
    public void metrics(List<MetricGroup> groups) {
        Consumer<MetricBatch> consumer = next.get(Signal.METRICS);
        if (consumer != null && !groups.isEmpty()) {
            MetricBatch batch = new MetricBatch(groups);
            if (consume(consumer, batch) == Taken.NOT) {
                telemetry.dropped("refused downstream", batch.itemCount());
            }
        }
    }

    /**
     * Hands on log records; may block, since a processor may write to disk.
     *
     * @return whether they were taken by all; true if no pipeline wants them
     */
    public boolean logs(LogBatch batch) {
        Consumer<LogBatch> consumer = next.get(Signal.LOGS);
        return consumer == null || consume(consumer, batch) == Taken.BY_ALL;
    }

    private enum Taken {
        BY_ALL,
        BY_SOME,
        NOT
    }

    private <B extends Batch> Taken consume(Consumer<B> consumer, B batch) {
        try {
            consumer.consume(batch);
            return Taken.BY_ALL;
        } catch (DeliveryException e) {
            String toWhom = e.isPartly() ? " to all" : "";
            telemetry.warnOncePer(QUIET, "refused", "Cannot hand on a batch" + toWhom + ": " + e.getMessage());
            return e.isPartly() ? Taken.BY_SOME : Taken.NOT;
        } catch (RuntimeException e) {
            logger.error("Cannot hand on a batch: a component failed.", e);
        }
        return Taken.NOT;
    }
}
