package tscollector.processor.naming;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tscollector.config.ConfigValue;
import tscollector.config.ConfigValue.Mapping;
import tscollector.config.ConfigValue.Scalar;
import tscollector.config.ConfigValue.Sequence;
import tscollector.kit.config.Nearest;

/** Reads the settings whose values are {@code true} or something more: {@code share_labels}, {@code exclude_metrics_by_labels}. */
final class SharingReader {
    private static final List<String> KEYS = List.of("labels", "match", "values");

    private SharingReader() {}

    /**
     * The sources of {@code share_labels}; those with mistakes are left out.
     *
     * @param mistakes takes the metric's name and a sentence that follows its path
     */
    static Map<String, LabelSharing.Source> sources(
            Map<String, ConfigValue> written, BiConsumer<String, String> mistakes) {
        Map<String, LabelSharing.Source> sources = new LinkedHashMap<>();
        written.forEach((metric, value) -> {
            if (isTrue(value)) {
                sources.put(metric, new LabelSharing.Source(null, null, null));
            } else if (value instanceof Mapping mapping) {
                LabelSharing.Source source = source(mapping, mistake -> mistakes.accept(metric, mistake));
                if (source != null) {
                    sources.put(metric, source);
                }
            } else {
                mistakes.accept(metric, "must be true, or {labels, match, values}");
            }
        });
        return sources;
    }

    /** The texts of a list, or null after a mistake; of {@code true} an empty list. */
    static @Nullable List<String> anyOrTexts(ConfigValue written) {
        return isTrue(written) ? List.of() : texts(written);
    }

    private static LabelSharing.@Nullable Source source(Mapping mapping, Consumer<String> mistakes) {
        boolean fine = true;
        for (Map.Entry<String, ConfigValue> entry : mapping.entries().entrySet()) {
            String key = entry.getKey();
            if (!KEYS.contains(key)) {
                mistakes.accept("has " + '"' + key + '"' + Nearest.suggestionOr(key, KEYS));
                fine = false;
            } else if (key.equals("values") ? numbers(entry.getValue()) == null : texts(entry.getValue()) == null) {
                mistakes.accept("has " + key + ", which must be a list of "
                        + (key.equals("values") ? "whole numbers" : "label names"));
                fine = false;
            }
        }
        return fine
                ? new LabelSharing.Source(
                        labels(mapping, "labels"),
                        labels(mapping, "match"),
                        numbers(mapping.entries().get("values")))
                : null;
    }

    /** Null stands for all: the key is not there, or its list is empty. */
    private static @Nullable Set<String> labels(Mapping mapping, String key) {
        List<String> names = texts(mapping.entries().get(key));
        return names == null || names.isEmpty() ? null : Set.copyOf(names);
    }

    private static @Nullable List<String> texts(@Nullable ConfigValue written) {
        if (!(written instanceof Sequence sequence)
                || !sequence.items().stream().allMatch(item -> item instanceof Scalar text && text.isString())) {
            return null;
        }
        return sequence.items().stream().map(item -> ((Scalar) item).text()).toList();
    }

    private static @Nullable Set<Double> numbers(@Nullable ConfigValue written) {
        if (!(written instanceof Sequence sequence)) {
            return null;
        }
        Set<Double> numbers = new LinkedHashSet<>();
        for (ConfigValue item : sequence.items()) {
            try {
                numbers.add((double) Long.parseLong(item instanceof Scalar scalar ? scalar.text() : ""));
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return numbers;
    }

    private static boolean isTrue(ConfigValue written) {
        return written instanceof Scalar scalar
                && !scalar.isString()
                && scalar.text().equalsIgnoreCase("true");
    }
}
