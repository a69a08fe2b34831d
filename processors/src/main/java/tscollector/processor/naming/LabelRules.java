package tscollector.processor.naming;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Map;
import java.util.Set;

/**
 * Which labels are attributes, and under which names. Host names go, since the resource says which server it is; the three labels
 * of TorchServe that are written in camel case are renamed; all others pass. Immutable.
 *
 * @param excluded exposed names of labels to leave out
 * @param renamed exposed name to attribute name
 */
record LabelRules(Set<String> excluded, Map<String, String> renamed) {
    /** The official check's defaults. */
    static final LabelRules OFFICIAL = new LabelRules(
            Set.of("hostname", "Hostname"),
            Map.of("Level", "level", "ModelName", "model_name", "WorkerName", "worker_name"));

    /** The attributes of a series; the same instance if nothing changes. */
    Attributes apply(Attributes labels) {
        if (labels.asMap().keySet().stream().noneMatch(this::isTouched)) {
            return labels;
        }
        AttributesBuilder kept = Attributes.builder();
        labels.forEach((key, value) -> {
            if (!excluded.contains(key.getKey())) {
                put(kept, nameOf(key, labels), key, value);
            }
        });
        return kept.build();
    }

    /** How many labels keep their exposed name because their new one is taken. */
    int clashes(Attributes labels) {
        return (int) labels.asMap().keySet().stream()
                .filter(key ->
                        renamed.containsKey(key.getKey()) && nameOf(key, labels).equals(key.getKey()))
                .count();
    }

    private boolean isTouched(AttributeKey<?> key) {
        return excluded.contains(key.getKey()) || renamed.containsKey(key.getKey());
    }

    private String nameOf(AttributeKey<?> key, Attributes labels) {
        String newName = renamed.getOrDefault(key.getKey(), key.getKey());
        boolean taken = labels.get(AttributeKey.stringKey(newName)) != null;
        return taken ? key.getKey() : newName;
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
