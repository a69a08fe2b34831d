package tscollector.app.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.Nearest;

/** The entries of {@code metrics} and {@code extra_metrics}: names, expressions, and what is to become of each (ids O10, O16, O34). */
final class MetricEntries {
    private static final Set<String> TYPES = Set.of(
            "native",
            "native_dynamic",
            "gauge",
            "counter",
            "counter_gauge",
            "rate",
            "histogram",
            "summary",
            "temporal_percent",
            "time_elapsed",
            "service_check",
            "metadata");
    private static final Set<String> COUNTERS = Set.of("count", "monotonic_count", "monotonic_counter");
    private static final Set<String> SCALES = Set.of("second", "millisecond", "microsecond", "nanosecond");
    private static final Set<String> STATES = Set.of("ok", "warning", "critical", "unknown");
    /** What {@code re.escape} would put a backslash before: with one of them, a name is an expression. */
    private static final String SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";

    private static final String EMPTY = "has an empty name, which no metric has; it is left out";

    private final Options options;
    private final List<String> inventory = new ArrayList<>();

    MetricEntries(Options options) {
        this.options = options;
    }

    /** Whether the check takes an entry for a regular expression. */
    static boolean isExpression(String name) {
        return name.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    /** Names, of all that was read so far, whose entries feed the Agent's inventory alone: no other entry counts for them. */
    List<String> ofInventory() {
        return List.copyOf(inventory);
    }

    /** The entries as {@code torchserve_naming} takes them; null if the option is not written. */
    @Nullable
    List<Object> read(String option) {
        Object raw = options.raw(option);
        if (raw == null) {
            return null;
        }
        List<?> written;
        if (raw instanceof List<?> list) {
            written = list;
        } else {
            options.leniently(option, "is " + Options.word(raw) + ", not a list", "taken as a list of one");
            written = List.of(raw);
        }
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String path = option + "[" + i + "]";
            Object entry = written.get(i);
            if (entry instanceof String name && name.isEmpty()) {
                options.remark(path, EMPTY);
            } else if (entry instanceof String name) {
                entries.add(key(path, name));
            } else if (entry instanceof Map<?, ?> map) {
                Options.texted(map).forEach((name, value) -> add(entries, path, name, value));
            } else {
                options.leniently(path, "is neither a name nor a map", "it is left out");
            }
        }
        return entries;
    }

    private void add(List<Object> entries, String path, String name, @Nullable Object value) {
        String at = path + "." + name;
        if (name.isEmpty() || "".equals(value)) {
            options.remark(at, EMPTY);
        } else if (value instanceof String sent) {
            entries.add(Map.of(key(path, name), sent));
        } else if (value instanceof Map<?, ?> map) {
            Object settings = settings(at, name, Options.texted(map));
            if (settings != null) {
                entries.add(Map.of(key(path, name), settings));
            }
        } else {
            options.leniently(at, "is neither a name nor a map", "it is left out");
        }
    }

    private String key(String path, String name) {
        inventory.remove(name); // of two entries for one name the last counts
        return isExpression(name) ? options.pattern(path, name) : name;
    }

    private @Nullable Object settings(String at, String name, Map<String, @Nullable Object> written) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (written.get("name") instanceof String sent && !sent.isEmpty()) {
            settings.put("name", sent);
        }
        Object type = written.get("type");
        if (type == null) {
            return settings.isEmpty() ? Map.of("type", "native") : settings;
        }
        String known = type(at, name, Options.scalar(type));
        if (known == null) {
            return null;
        }
        settings.put("type", known);
        return switch (known) {
            case "metadata" -> {
                options.remark(
                        at, "the type metadata is not carried: it feeds the Agent's inventory, which is not here");
                inventory.remove(name);
                if (!isExpression(name)) {
                    inventory.add(name);
                }
                yield null;
            }
            case "service_check" -> withStates(at, written.get("status_map"), settings);
            case "temporal_percent" -> withScale(at, written.get("scale"), settings);
            default -> settings;
        };
    }

    private @Nullable String type(String at, String name, String type) {
        if (TYPES.contains(type)) {
            return type;
        }
        String fault = "has a type that the check does not know";
        if (isExpression(name)) {
            options.remark(
                    at,
                    fault + Nearest.suggestion(type, TYPES) + "; it is left out"); // fails only when it finds something
            return null;
        }
        if (COUNTERS.contains(type)) {
            options.leniently(at, fault, "taken as counter");
            return "counter";
        }
        options.leniently(at, fault, "it is left out" + Nearest.suggestion(type, TYPES));
        return null;
    }

    private @Nullable Object withStates(String at, @Nullable Object map, Map<String, Object> settings) {
        if (!(map instanceof Map<?, ?> states) || states.isEmpty()) {
            options.leniently(at, "has no status_map", "it is left out");
            return null;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> state : Options.texted(states).entrySet()) {
            String value = String.valueOf(state.getValue()).toLowerCase(Locale.ROOT);
            if (!STATES.contains(value)) {
                options.leniently(
                        at + ".status_map." + state.getKey(),
                        "is none of OK, WARNING, CRITICAL, UNKNOWN",
                        "it is left out");
            } else if (!state.getKey().matches("-?[0-9]{1,18}")) {
                options.remark(at + ".status_map." + state.getKey(), "is no whole number; it is left out");
            } else {
                result.put(state.getKey(), value);
            }
        }
        if (result.isEmpty()) {
            options.leniently(at, "has a status_map that says nothing", "it is left out");
            return null;
        }
        settings.put("status_map", result);
        return settings;
    }

    private @Nullable Object withScale(String at, @Nullable Object scale, Map<String, Object> settings) {
        if (scale instanceof String name && SCALES.contains(name.toLowerCase(Locale.ROOT))) {
            settings.put("scale", name.toLowerCase(Locale.ROOT));
            return settings;
        }
        if (scale instanceof Long parts && parts > 0) {
            settings.put("scale", scale);
            return settings;
        }
        options.leniently(
                at, "has no scale of second, millisecond, microsecond, nanosecond or a number", "it is left out");
        return null;
    }
}
