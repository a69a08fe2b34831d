package tscollector.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of configuration without a fixed form, for settings that take several: a name, a map, a regular expression. Variables
 * are replaced already.
 */
public sealed interface ConfigValue {
    /**
     * A single value.
     *
     * @param text as written, after the variables were replaced
     * @param isString whether YAML takes it for text (and not for a number, a truth value or nothing)
     */
    record Scalar(String text, boolean isString) implements ConfigValue {}

    /** A list. */
    record Sequence(List<ConfigValue> items) implements ConfigValue {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A map, in the order it was written. */
    record Mapping(Map<String, ConfigValue> entries) implements ConfigValue {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }
}
