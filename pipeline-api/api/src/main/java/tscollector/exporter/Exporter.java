package tscollector.exporter;

import tscollector.component.Component;
import tscollector.consumer.Consumers;

/**
 * A component that owns the delivery to one backend. One instance per id, shared by all pipelines that name it. Its consumers
 * return as soon as a batch is queued: no exporter writes on the thread of a receiver.
 */
public interface Exporter extends Component {
    /** The consumers of the signals it takes; the same object at each call. */
    Consumers inputs();
}
