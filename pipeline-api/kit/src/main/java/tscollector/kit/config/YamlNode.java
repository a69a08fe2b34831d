package tscollector.kit.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value in a configuration that knows where it stands. Immutable. */
public sealed interface YamlNode {
    /** Where the value begins. */
    Place place();

    /** All of it, for hiding. */
    YamlSource.Span span();

    /** The value must not show in any excerpt. */
    default void hide() {
        place().source().hide(span());
    }

    /** What became of the variables in a scalar. */
    enum Expansion {
        /** There were none. */
        NONE,
        /** Some of the text came from variables. */
        PART,
        /** The whole text came from one. */
        WHOLE,
        /** A mistake was reported; the scalar counts as not set, and nothing more is said about it. */
        FAILED
    }

    /**
     * A single value.
     *
     * @param text after the variables were replaced
     * @param plain written without quotes, so that YAML's rules say what it is
     * @param origin the text of the variable where {@link Expansion#WHOLE}, for values that are lists or maps
     */
    record Scalar(
            Place place,
            YamlSource.Span span,
            String text,
            boolean plain,
            Expansion expansion,
            @Nullable Origin origin) implements YamlNode {

        /** Whether it counts as not set: variables that gave nothing. */
        public boolean isUnset() {
            return expansion == Expansion.FAILED || (expansion != Expansion.NONE && text.isEmpty());
        }

        /** Whether it is YAML's null: nothing at all, {@code null} or {@code ~}. */
        public boolean isNull() {
            return kind() == ScalarKind.NULL;
        }

        /** Whether nothing was written at all. */
        public boolean isBlank() {
            return plain && text.isEmpty();
        }

        /** What YAML takes it for. The value of a variable is looked at like plain text, in quotes too. */
        public ScalarKind kind() {
            return plain || expansion == Expansion.WHOLE ? ScalarKind.of(text) : ScalarKind.TEXT;
        }
    }

    /**
     * What a variable stood for.
     *
     * @param file the path if it was a file, else null
     * @param text unchanged
     */
    record Origin(@Nullable String file, String text) {}

    /** A list. */
    record Sequence(Place place, YamlSource.Span span, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A map in the order it was written. */
    record Mapping(Place place, YamlSource.Span span, Map<String, Entry> entries) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public @Nullable YamlNode get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        public List<String> keys() {
            return new ArrayList<>(entries.keySet());
        }
    }

    /**
     * One entry of a map.
     *
     * @param place of the key
     */
    record Entry(String key, Place place, YamlNode value) {}

    /** The word for what this is, as messages use it. */
    static String word(YamlNode node) {
        if (node instanceof Mapping) {
            return "a map";
        }
        if (node instanceof Sequence) {
            return "a list";
        }
        return ((Scalar) node).isNull() ? "nothing" : "a single value";
    }

    /** The same values as if all of them stood at one place: what a variable or an argument holds. */
    static YamlNode moved(YamlNode node, Place place, YamlSource.Span span) {
        if (node instanceof Mapping map) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            map.entries()
                    .forEach((key, entry) ->
                            entries.put(key, new Entry(key, place, moved(entry.value(), place, span))));
            return new Mapping(place, span, entries);
        }
        if (node instanceof Sequence list) {
            return new Sequence(
                    place,
                    span,
                    list.items().stream().map(item -> moved(item, place, span)).toList());
        }
        Scalar scalar = (Scalar) node;
        return new Scalar(place, span, scalar.text(), scalar.plain(), Expansion.NONE, null);
    }
}
