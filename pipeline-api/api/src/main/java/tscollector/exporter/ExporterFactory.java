package tscollector.exporter;

import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.component.StartException;
import tscollector.config.Config;
import tscollector.signal.Signal;

/** Builds exporters of one type. */
public interface ExporterFactory<C extends Config> extends Factory<C> {
    /**
     * @param wanted the signals of the pipelines that name it; no queue need be made for others
     * @throws StartException if it can never work as configured
     */
    Exporter create(BuildContext context, C config, Set<Signal<?>> wanted) throws StartException;
}
