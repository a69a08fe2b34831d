package tscollector.processor.naming;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which series are left out by a label, which labels are attributes, and under which names; all asked by exposed names. By default
 * host names go, since the resource says which server it is, the three labels of TorchServe that are written in camel case are
 * renamed, and all others pass. The server's address, which the receiver adds, is no label. Immutable.
 *
 * @param excluded exposed names of labels to leave out
 * @param included the only labels to keep; empty for all
 * @param renamed exposed name to attribute name
 * @param dropping series are dropped that have such a label, with a value in which one of the expressions is found; no expression
 *     stands for any value
 */
record LabelRules(
        Set<String> excluded,
        Set<String> included,
        Map<String, String> renamed,
        Map<String, List<Pattern>> dropping,
        boolean strict) {
    /** The official check's defaults. */
    static final List<String> EXCLUDED = List.of("hostname", "Hostname");

    static final Map<String, String> RENAMED =
            Map.of("Level", "level", "ModelName", "model_name", "WorkerName", "worker_name");

    /** The address that the receiver puts on every point. */
    static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("endpoint");

    /** Whether the series is not wanted. */
    boolean drops(Attributes labels) {
        for (Map.Entry<String, List<Pattern>> rule : dropping.entrySet()) {
            String value = labels.get(AttributeKey.stringKey(rule.getKey()));
            if (value != null
                    && !rule.getKey().equals(ADDRESS.getKey())
                    && (rule.getValue().isEmpty() || Search.findsAny(rule.getValue(), value))) {
                return true;
            }
        }
        return false;
    }

    /**
     * A series by its attributes.
     *
     * @param clashes how many labels keep their exposed name because their new one is taken
     */
    record Relabelled(Attributes attributes, int clashes) {}

    /**
     * The attributes of a series; the same instance if nothing changes.
     *
     * @param fixed attributes that no rule speaks of
     */
    Relabelled apply(Attributes labels, Set<String> fixed) {
        if (labels.asMap().keySet().stream().noneMatch(key -> isDropped(key, fixed) || isRenamed(key, fixed))) {
            return new Relabelled(labels, 0);
        }
        if (strict) {
            return new Relabelled(withAllValues(labels, fixed), 0);
        }
        AttributesBuilder kept = Attributes.builder();
        Set<String> taken = new HashSet<>();
        labels.forEach((key, value) -> {
            if (!isDropped(key, fixed) && !isRenamed(key, fixed)) {
                put(kept, key.getKey(), key, value);
                taken.add(key.getKey());
            }
        });
        int[] clashes = new int[1];
        labels.forEach((key, value) -> {
            if (!isDropped(key, fixed) && isRenamed(key, fixed)) {
                String newName = renamed.getOrDefault(key.getKey(), key.getKey());
                boolean free = taken.add(newName);
                clashes[0] += free ? 0 : 1;
                put(kept, free ? newName : key.getKey(), key, value);
            }
        });
        return new Relabelled(kept.build(), clashes[0]);
    }

    /** Labels that get one name become one attribute with the values of all. */
    private Attributes withAllValues(Attributes labels, Set<String> fixed) {
        AttributesBuilder kept = Attributes.builder();
        Map<String, List<String>> values = new LinkedHashMap<>();
        labels.forEach((key, value) -> {
            if (isDropped(key, fixed)) {
                return;
            }
            if (value instanceof String text) {
                String name =
                        isFixed(key.getKey(), fixed) ? key.getKey() : renamed.getOrDefault(key.getKey(), key.getKey());
                values.computeIfAbsent(name, n -> new ArrayList<>()).add(text);
            } else {
                put(kept, key.getKey(), key, value);
            }
        });
        values.forEach((name, all) -> {
            if (all.size() == 1) {
                kept.put(AttributeKey.stringKey(name), all.get(0));
            } else {
                kept.put(AttributeKey.stringArrayKey(name), all);
            }
        });
        return kept.build();
    }

    /** Whether any rule speaks of a label of this name. */
    boolean concerns(String label) {
        return excluded.contains(label)
                || (!included.isEmpty() && !included.contains(label))
                || renamed.containsKey(label)
                || dropping.containsKey(label);
    }

    private boolean isDropped(AttributeKey<?> key, Set<String> fixed) {
        String name = key.getKey();
        return !isFixed(name, fixed) && (excluded.contains(name) || (!included.isEmpty() && !included.contains(name)));
    }

    private boolean isRenamed(AttributeKey<?> key, Set<String> fixed) {
        String newName = renamed.get(key.getKey());
        return newName != null && !isFixed(key.getKey(), fixed) && !newName.equals(key.getKey());
    }

    private static boolean isFixed(String name, Set<String> fixed) {
        return name.equals(ADDRESS.getKey()) || fixed.contains(name);
    }

    @SuppressWarnings("unchecked") // only texts are renamed; any other attribute goes back under its own key
    private static void put(AttributesBuilder builder, String name, AttributeKey<?> key, Object value) {
        if (value instanceof String text) {
            builder.put(AttributeKey.stringKey(name), text);
        } else {
            builder.put((AttributeKey<Object>) key, value);
        }
    }
}
