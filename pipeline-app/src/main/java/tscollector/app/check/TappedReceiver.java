package tscollector.app.check;

import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.config.Config;
import tscollector.consumer.Consumer;
import tscollector.consumer.Consumers;
import tscollector.receiver.Receiver;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;

/** Makes the same receivers, and counts what they send once the pipeline has taken it. */
final class TappedReceiver<C extends Config> implements ReceiverFactory<C> {
    private final ReceiverFactory<C> real;
    private final Targets targets;

    TappedReceiver(ReceiverFactory<C> real, Targets targets) {
        this.real = real;
        this.targets = targets;
    }

    @Override
    public Descriptor<C> descriptor() {
        return real.descriptor();
    }

    @Override
    public Set<Signal<?>> signals() {
        return real.signals();
    }

    @Override
    public Receiver create(BuildContext context, C config, Consumers next) {
        Consumer<MetricBatch> metrics = next.get(Signal.METRICS);
        if (metrics == null) {
            return real.create(context, config, next);
        }
        return real.create(context, config, next.and(Signal.METRICS, batch -> {
            metrics.consume(batch);
            targets.ran(context.id(), batch);
        }));
    }
}
