package tscollector.connector;

import tscollector.component.Component;
import tscollector.consumer.Consumer;
import tscollector.signal.Batch;

/**
 * A component that stands at the end of pipelines of one signal, as an exporter does, and at the beginning of others, as a
 * receiver does. It has no queue: what the pipelines behind it refuse is refused to the one in front.
 *
 * @param <B> what it takes
 */
public interface Connector<B extends Batch> extends Component, Consumer<B> {}
