package tscollector.kit.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tscollector.component.ComponentId;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.DataSize;
import tscollector.config.Secret;

/** The types a setting may have. */
sealed interface ValueType {
    /** The word for the reference page. */
    String word();

    /** Single values. */
    enum Single implements ValueType {
        BOOLEAN("true or false", boolean.class, Boolean.class),
        INT("whole number", int.class, Integer.class),
        LONG("whole number", long.class, Long.class),
        DOUBLE("number", double.class, Double.class),
        TEXT("text", String.class),
        DURATION("duration", Duration.class),
        SIZE("size", DataSize.class),
        SECRET("secret", Secret.class),
        ID("component id", ComponentId.class);

        private final String word;

        @SuppressWarnings("ImmutableEnumChecker") // what List.of gives never changes
        private final List<Class<?>> classes;

        Single(String word, Class<?>... classes) {
            this.word = word;
            this.classes = List.of(classes);
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** One of some words. */
    record Choice(Class<? extends Enum<?>> type) implements ValueType {
        @Override
        public String word() {
            return String.join(" \\| ", words());
        }

        List<String> words() {
            return Arrays.stream(type.getEnumConstants()).map(Choice::word).toList();
        }

        static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A section with settings of its own. */
    record Section(Class<? extends Config> type) implements ValueType {
        RecordSchema schema() {
            return RecordSchema.of(type);
        }

        @Override
        public String word() {
            return "section";
        }
    }

    /** A list. */
    record ListOf(ValueType element) implements ValueType {
        @Override
        public String word() {
            return "list of " + plural(element);
        }
    }

    /** A map from text. */
    record MapOf(ValueType value) implements ValueType {
        @Override
        public String word() {
            return "map of " + plural(value);
        }
    }

    /** Anything. */
    record Free() implements ValueType {
        @Override
        public String word() {
            return "any value";
        }
    }

    private static String plural(ValueType type) {
        String word = type.word();
        return type == Single.TEXT || type == Single.BOOLEAN || type instanceof Choice
                ? word
                : type instanceof Free ? "any values" : word + "s";
    }

    /** Whether a value of this type may hold a secret somewhere. */
    default boolean hasSecrets() {
        if (this instanceof ListOf list) {
            return list.element().hasSecrets();
        }
        if (this instanceof MapOf map) {
            return map.value().hasSecrets();
        }
        return this instanceof Section section ? section.schema().hasSecrets() : this == Single.SECRET;
    }

    /** The type behind a Java type. */
    static ValueType of(Type type, String where) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new ListOf(of(arguments[0], where));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return new MapOf(of(arguments[1], where));
            }
        } else if (type instanceof Class<?> plain) {
            return ofClass(plain, where);
        }
        throw new IllegalStateException(where + " has a type that no setting can have: " + type.getTypeName());
    }

    private static ValueType ofClass(Class<?> type, String where) {
        for (Single single : Single.values()) {
            if (single.classes.contains(type)) {
                return single;
            }
        }
        if (type == ConfigValue.class) {
            return new Free();
        }
        if (type.isEnum()) {
            return new Choice(asEnum(type));
        }
        if (Config.class.isAssignableFrom(type) && type.isRecord()) {
            return new Section(type.asSubclass(Config.class));
        }
        throw new IllegalStateException(where + " has a type that no setting can have: " + type.getName());
    }

    @SuppressWarnings("unchecked") // asked isEnum before
    private static Class<? extends Enum<?>> asEnum(Class<?> type) {
        return (Class<? extends Enum<?>>) type;
    }
}
