package tscollector.receiver;

import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.consumer.Consumers;

/** Builds receivers of one type. */
public interface ReceiverFactory<C extends Config> extends Factory<C> {
    /** @param next the consumers of the signals that some pipeline wants from it; at least one */
    Receiver create(BuildContext context, C config, Consumers next);
}
