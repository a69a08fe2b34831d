package tscollector.extension;

import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.signal.Signal;

/** Builds extensions of one type. */
public interface ExtensionFactory<C extends Config> extends Factory<C> {
    Extension create(BuildContext context, C config);

    @Override
    default Set<Signal<?>> signals() {
        return Set.of();
    }
}
