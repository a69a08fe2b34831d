package tscollector.processor;

import tscollector.component.Component;
import tscollector.consumer.Consumer;
import tscollector.signal.Batch;

/**
 * A component that takes the batches of one pipeline and calls the next consumer with what it made of them. One instance per
 * pipeline. It never waits for anything, and keeps the identity law of {@link tscollector.signal.Shape}.
 */
public interface Processor<B extends Batch> extends Component, Consumer<B> {}
