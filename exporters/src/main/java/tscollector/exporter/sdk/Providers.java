package tscollector.exporter.sdk;

import java.util.Iterator;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import tscollector.component.StartException;

/** Finds providers of one kind on the class path by their names. */
final class Providers {
    private Providers() {}

    /**
     * The provider with this name.
     *
     * @param what for the message: what its exporters export
     * @throws StartException with the names that are there if none has it
     */
    static <P> P named(String name, Class<P> kind, Function<P, String> nameOf, String what, Logger logger)
            throws StartException {
        Map<String, P> found = new TreeMap<>();
        Iterator<P> providers =
                ServiceLoader.load(kind, Providers.class.getClassLoader()).iterator();
        while (hasNext(providers, logger)) {
            try {
                P provider = providers.next();
                found.putIfAbsent(nameOf.apply(provider), provider);
            } catch (ServiceConfigurationError | RuntimeException e) {
                logger.warn("Cannot use an exporter on the class path, going on without it.", e);
            }
        }
        P provider = found.get(name);
        if (provider == null) {
            throw new StartException("no exporter of " + what + " on the class path is called \"" + name
                    + "\"; there are: " + (found.isEmpty() ? "none" : String.join(", ", found.keySet())));
        }
        return provider;
    }

    private static boolean hasNext(Iterator<?> providers, Logger logger) {
        try {
            return providers.hasNext();
        } catch (ServiceConfigurationError e) {
            logger.warn("Cannot read the list of exporters on the class path to its end.", e);
            return false;
        }
    }
}
