package tscollector.connector;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.signal.Signal;

/** Builds connectors of one type. */
public interface ConnectorFactory<C extends Config> extends Factory<C> {
    /** One entry per pair of signals it can connect. */
    List<ConnectorBuilder<C, ?, ?>> builders();

    @Override
    default Set<Signal<?>> signals() {
        Set<Signal<?>> signals = new LinkedHashSet<>();
        builders().forEach(builder -> {
            signals.add(builder.from());
            signals.add(builder.to());
        });
        return signals;
    }
}
