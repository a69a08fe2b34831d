package tscollector.processor.cumulativetodelta;

import java.io.IOException;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.extension.Storage;
import tscollector.extension.Store;
import tscollector.kit.delta.CounterDeltas;
import tscollector.kit.delta.DeltaRules;
import tscollector.processor.Processor;
import tscollector.signal.MetricBatch;

/**
 * The processor. What is remembered advances also when the next consumer refuses the deltas: one of several behind it may have
 * taken them, and would otherwise count them twice. A refused batch that comes again gets the same deltas again.
 */
final class CumulativeToDeltaProcessor implements Processor<MetricBatch> {
    private final BuildContext context;
    private final CumulativeToDeltaConfig config;
    private final Consumer<MetricBatch> next;
    private final CounterDeltas deltas;
    private final Map<MetricBatch, MetricBatch> refused = new WeakHashMap<>(); // guarded by this

    CumulativeToDeltaProcessor(BuildContext context, CumulativeToDeltaConfig config, Consumer<MetricBatch> next) {
        this.context = context;
        this.config = config;
        this.next = next;
        this.deltas = new CounterDeltas(
                context,
                new DeltaRules(
                        config.initialValue(),
                        config.maxStaleness(),
                        config.maxSeries(),
                        new MetricSelection(config.include(), config.exclude())));
    }

    @Override
    public void start(Host host) throws StartException {
        deltas.start(store(host));
    }

    private @Nullable Store store(Host host) throws StartException {
        if (config.storage() == null) {
            return null;
        }
        Storage storage = host.extension(config.storage(), Storage.class);
        try {
            return storage.open(Kind.PROCESSOR, context.id(), "");
        } catch (IOException e) {
            throw new StartException("cannot read the stored values of counters: " + e.getMessage(), e);
        }
    }

    @Override
    public void consume(MetricBatch batch) throws DeliveryException {
        MetricBatch before = takeRefused(batch);
        MetricBatch converted = before == null ? deltas.convert(batch) : before;
        if (converted == null) {
            return;
        }
        try {
            next.consume(converted);
        } catch (DeliveryException e) {
            remember(batch, converted);
            throw e;
        }
    }

    private synchronized @Nullable MetricBatch takeRefused(MetricBatch batch) {
        return refused.isEmpty() ? null : refused.remove(batch);
    }

    /** As long as somebody has the batch to send it again. */
    @SuppressWarnings("ReferenceEquality") // the same instance: nothing was converted
    private synchronized void remember(MetricBatch batch, MetricBatch converted) {
        if (converted != batch) {
            refused.put(batch, converted);
        }
    }

    @Override
    public void shutdown(Deadline deadline) {
        deltas.shutdown(deadline);
    }
}
