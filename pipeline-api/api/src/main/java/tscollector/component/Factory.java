package tscollector.component;

import java.util.Set;
import tscollector.config.Config;
import tscollector.signal.Signal;

/**
 * The entry point of a component type, found by {@link java.util.ServiceLoader} under this interface. A factory is one of
 * {@code ReceiverFactory}, {@code ProcessorFactory}, {@code ExporterFactory}, {@code ConnectorFactory} and {@code
 * ExtensionFactory}; one that is none of them, or a second one for the same kind and type, is an error when the process
 * starts.
 *
 * @param <C> the record with the settings
 */
public interface Factory<C extends Config> {
    Descriptor<C> descriptor();

    /** The signals it can take or make; empty for extensions. */
    Set<Signal<?>> signals();
}
