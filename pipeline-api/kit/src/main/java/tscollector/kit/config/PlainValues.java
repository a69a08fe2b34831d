package tscollector.kit.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.Secret;

/**
 * Config records as maps, lists, text, numbers, truth values and null, as a user would have written them. Secrets are four
 * stars.
 */
public final class PlainValues {
    /** Text that stands in YAML as it is: a number or truth value somebody wrote in a setting without a fixed form. */
    record Literal(String text) {}

    private PlainValues() {}

    /**
     * All settings of a record. What is absent, and would be by default, is left out.
     *
     * @param defaults what counts when nothing is written
     */
    public static Map<String, @Nullable Object> of(Config config, Config defaults) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        put(values, RecordSchema.of(config.getClass()), config, defaults);
        return values;
    }

    private static void put(Map<String, @Nullable Object> values, RecordSchema schema, Config config, Config defaults) {
        for (SettingSchema setting : schema.settings()) {
            Object value = setting.of(config);
            Object preset = setting.of(defaults);
            if (setting.setting().inline() && value instanceof Config section && preset instanceof Config presets) {
                put(values, setting.section(), section, presets);
            } else if (value != null) {
                values.put(setting.key(), plain(setting.type(), value, preset));
            } else if (preset != null) {
                values.put(setting.key(), null);
            }
        }
    }

    /** One value. */
    static Object plain(ValueType type, Object value, @Nullable Object preset) {
        if (type instanceof ValueType.Section section) {
            return of((Config) value, preset == null ? section.schema().defaults() : (Config) preset);
        }
        if (type instanceof ValueType.ListOf list) {
            List<Object> items = new ArrayList<>();
            ((List<?>) value).forEach(item -> items.add(plain(list.element(), item, null)));
            return items;
        }
        if (type instanceof ValueType.MapOf map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, entry) -> entries.put((String) key, plain(map.value(), entry, null)));
            return entries;
        }
        if (value instanceof ConfigValue free) {
            return free(free);
        }
        if (value instanceof Enum<?> choice) {
            return ValueType.Choice.word(choice);
        }
        if (value instanceof Duration duration) {
            return DurationText.print(duration);
        }
        if (value instanceof Boolean || value instanceof Number) {
            return value;
        }
        return value instanceof Secret ? value.toString() : Excerpt.withoutUserInfo(value.toString());
    }

    private static Object free(ConfigValue value) {
        if (value instanceof ConfigValue.Mapping map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.entries().forEach((key, entry) -> entries.put(key, free(entry)));
            return entries;
        }
        if (value instanceof ConfigValue.Sequence list) {
            return list.items().stream().map(PlainValues::free).toList();
        }
        ConfigValue.Scalar scalar = (ConfigValue.Scalar) value;
        return scalar.isString() ? Excerpt.withoutUserInfo(scalar.text()) : new Literal(scalar.text());
    }
}
