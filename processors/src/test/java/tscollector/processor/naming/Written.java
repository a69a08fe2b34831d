package tscollector.processor.naming;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tscollector.config.ConfigValue;

/** Entries of {@code extra_metrics} as YAML gives them. */
final class Written {
    private Written() {}

    static ConfigValue name(String text) {
        return new ConfigValue.Scalar(text, true);
    }

    static ConfigValue number(String text) {
        return new ConfigValue.Scalar(text, false);
    }

    /** {@code exposed: sent}. */
    static ConfigValue renamed(String exposed, String sent) {
        return pair(exposed, name(sent));
    }

    /** {@code exposed: {key: value, ...}}. */
    static ConfigValue detailed(String exposed, String... keysAndValues) {
        Map<String, ConfigValue> details = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            details.put(keysAndValues[i], name(keysAndValues[i + 1]));
        }
        return pair(exposed, new ConfigValue.Mapping(details));
    }

    static ConfigValue pair(String exposed, ConfigValue sent) {
        return new ConfigValue.Mapping(Map.of(exposed, sent));
    }

    static NamingConfig config(ConfigValue... entries) {
        return new NamingConfig(List.of(entries));
    }

    static NamingConfig names(String... names) {
        return new NamingConfig(Arrays.stream(names).map(Written::name).toList());
    }
}
