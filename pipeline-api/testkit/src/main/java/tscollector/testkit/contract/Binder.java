package tscollector.testkit.contract;

import java.util.ServiceLoader;
import tscollector.component.Descriptor;
import tscollector.config.Config;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;

/** The binder of the class path. */
final class Binder {
    private Binder() {}

    /**
     * Binds settings as the app does.
     *
     * @throws AssertionError if there is no binder on the class path
     */
    static <C extends Config> C bind(String yaml, Descriptor<C> descriptor, Problems problems) {
        return ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no " + ConfigBinder.class.getName() + " on the class path: add pipeline-kit to the module"))
                .bind(yaml, descriptor, problems);
    }
}
