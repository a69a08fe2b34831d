package tscollector.app.check;

import java.util.LinkedHashMap;
import java.util.Map;
import tscollector.app.load.Configured;
import tscollector.app.load.LoadedConfiguration;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.kit.config.PlainValues;
import tscollector.kit.config.YamlWriter;

/** Settings to lay over a configuration so that its receivers ask at once, and again after a second. */
public final class Hurry {
    private Hurry() {}

    /** As YAML; empty if no receiver has an interval. */
    public static String over(LoadedConfiguration config) {
        Map<String, Object> receivers = new LinkedHashMap<>();
        config.components(Kind.RECEIVER).forEach((id, configured) -> {
            Map<String, ?> settings = plain(configured);
            Map<String, Object> changes = new LinkedHashMap<>();
            if (settings.containsKey("collection_interval")) {
                changes.put("collection_interval", "1s");
                if (settings.get("timeout") == null) {
                    changes.put("timeout", "10s"); // it would follow the interval
                }
            }
            if (settings.containsKey("initial_delay")) {
                changes.put("initial_delay", "0s");
            }
            if (!changes.isEmpty()) {
                receivers.put(id.toString(), changes);
            }
        });
        return receivers.isEmpty() ? "" : YamlWriter.block(Map.of("receivers", receivers));
    }

    static <C extends Config> Map<String, ?> plain(Configured<C> configured) {
        return PlainValues.of(
                configured.config(), configured.factory().descriptor().defaults());
    }
}
