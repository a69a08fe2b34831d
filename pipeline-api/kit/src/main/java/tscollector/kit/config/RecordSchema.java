package tscollector.kit.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Shorthand;

/**
 * What a config record says about itself, read once by reflection.
 *
 * <p>A record that breaks the rules of {@link Config} is a programming mistake: {@link IllegalStateException} that names it.
 */
public final class RecordSchema {
    private static final ClassValue<RecordSchema> KNOWN = new ClassValue<>() {
        @Override
        protected RecordSchema computeValue(Class<?> type) {
            return new RecordSchema(type.asSubclass(Config.class));
        }
    };

    private final Class<? extends Config> type;
    private final List<SettingSchema> settings = new ArrayList<>();
    private final Map<String, String> hints = new LinkedHashMap<>();
    private final @Nullable String shorthand;
    private final Constructor<?> constructor;

    private RecordSchema(Class<? extends Config> type) {
        this.type = type;
        if (!type.isRecord()) {
            throw new IllegalStateException(type.getName() + " is no record");
        }
        RecordComponent[] components = type.getRecordComponents();
        for (RecordComponent component : components) {
            settings.add(SettingSchema.of(type, component));
        }
        for (Hint hint : type.getAnnotationsByType(Hint.class)) {
            hints.put(hint.key(), hint.text());
        }
        for (SettingSchema setting : settings) {
            if (setting.setting().inline()) {
                hints.putAll(setting.section().hints);
            }
        }
        Shorthand annotation = type.getAnnotation(Shorthand.class);
        shorthand = annotation == null ? null : annotation.value();
        constructor = constructor(type, components);
        List<String> keys = flat().stream().map(SettingSchema::key).toList();
        if (new TreeSet<>(keys).size() < keys.size()) {
            throw new IllegalStateException(type.getName() + " has a key twice: " + keys);
        }
    }

    /** What is known about a record. */
    public static RecordSchema of(Class<? extends Config> type) {
        return KNOWN.get(type);
    }

    /** The settings as declared, inline sections as one. */
    List<SettingSchema> settings() {
        return settings;
    }

    /** The settings as a user sees them: those of inline sections stand where the section does. */
    public List<SettingSchema> flat() {
        List<SettingSchema> flat = new ArrayList<>();
        for (SettingSchema setting : settings) {
            if (setting.setting().inline()) {
                flat.addAll(setting.section().flat());
            } else {
                flat.add(setting);
            }
        }
        return flat;
    }

    /** All keys, sorted. */
    public SortedSet<String> keys() {
        TreeSet<String> keys = new TreeSet<>();
        flat().forEach(setting -> keys.add(setting.key()));
        return keys;
    }

    /** What to say about keys that are none. */
    Map<String, String> hints() {
        return hints;
    }

    /** The key that a plain value stands for, or null. */
    @Nullable
    String shorthand() {
        return shorthand;
    }

    boolean hasSecrets() {
        return settings.stream().anyMatch(setting -> setting.type().hasSecrets());
    }

    /** What the record's own {@code defaults()} gives. */
    public Config defaults() {
        try {
            Method method = type.getDeclaredMethod("defaults");
            method.setAccessible(true);
            return (Config) method.invoke(null);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type.getName() + ".defaults() fails", e.getCause());
        } catch (ReflectiveOperationException | NullPointerException e) {
            throw new IllegalStateException(type.getName() + " needs a static method defaults()", e);
        }
    }

    /** A record of these values, in the order of {@link #settings}. */
    Config create(@Nullable Object[] values) {
        try {
            return (Config) constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + " has no canonical constructor", e);
        }
    }

    /** {@code collectionInterval} as {@code collection_interval}. */
    static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
