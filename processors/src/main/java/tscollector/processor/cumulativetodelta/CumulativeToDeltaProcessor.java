package tscollector.processor.cumulativetodelta;

import java.io.IOException;
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
 * The processor. Deltas that nobody behind it took are contained in the next ones; a refused batch that comes again gets the same
 * deltas again. What one of several took is over, since it would otherwise count it twice.
 */
final class CumulativeToDeltaProcessor implements Processor<MetricBatch> {
    private final BuildContext context;
    private final CumulativeToDeltaConfig config;
    private final Consumer<MetricBatch> next;
    private final CounterDeltas deltas;

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
        deltas.convert(batch, next);
    }

    @Override
    public void shutdown(Deadline deadline) {
        deltas.shutdown(deadline);
    }
}
