package tscollector.processor;

import tscollector.component.BuildContext;
import tscollector.config.Config;
import tscollector.consumer.Consumer;
import tscollector.signal.Batch;
import tscollector.signal.Signal;

/**
 * How a processor of one type is built for one signal.
 *
 * @param signal what it processes
 * @param build makes one instance for one pipeline
 */
public record ProcessorBuilder<C extends Config, B extends Batch>(Signal<B> signal, Build<C, B> build) {
    /** The constructor. */
    @FunctionalInterface
    public interface Build<C extends Config, B extends Batch> {
        Processor<B> create(BuildContext context, C config, Consumer<B> next);
    }
}
