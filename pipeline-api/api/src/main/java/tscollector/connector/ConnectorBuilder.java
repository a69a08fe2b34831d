package tscollector.connector;

import tscollector.component.BuildContext;
import tscollector.config.Config;
import tscollector.consumer.Consumer;
import tscollector.signal.Batch;
import tscollector.signal.Signal;

/**
 * How a connector of one type is built for one pair of signals.
 *
 * @param from the signal of the pipelines it ends
 * @param to the signal of the pipelines it begins
 * @param build makes the one instance of an id and this pair
 */
public record ConnectorBuilder<C extends Config, F extends Batch, T extends Batch>(
        Signal<F> from, Signal<T> to, Build<C, F, T> build) {
    /** The constructor. */
    @FunctionalInterface
    public interface Build<C extends Config, F extends Batch, T extends Batch> {
        Connector<F> create(BuildContext context, C config, Consumer<T> next);
    }
}
