package tscollector.testkit.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.component.Descriptor;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.DataSize;
import tscollector.config.Secret;
import tscollector.config.Setting;

/** A look at all settings of a component, at every depth: what is wrong with their declaration, and which are required. */
final class Settings {
    private static final Set<Class<?>> SCALARS = Set.of(
            boolean.class,
            Boolean.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            double.class,
            Double.class,
            String.class,
            Duration.class,
            DataSize.class,
            Secret.class,
            ComponentId.class,
            ConfigValue.class);
    private static final List<String> SECRET_WORDS = List.of("password", "secret", "api_key", "bearer", "token");

    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> required = new TreeSet<>();

    /** Looks at the record and everything in it. */
    static Settings of(Descriptor<?> descriptor) {
        Settings settings = new Settings();
        settings.look(descriptor.configType(), descriptor.defaults(), "", new HashSet<>(), Set.of());
        return settings;
    }

    /** Sentences, each with the path of a setting. */
    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /** Paths of required settings outside lists, maps and sections that are absent by default. */
    Set<String> required() {
        return Set.copyOf(required);
    }

    /**
     * Looks at one section.
     *
     * @param value its defaults; null where it is absent by default or an element
     * @param prefix of its paths, with a dot at the end unless empty
     * @param keys those that stand in the same YAML map
     * @param above the records it lies in
     */
    private void look(Class<?> section, @Nullable Object value, String prefix, Set<String> keys, Set<Class<?>> above) {
        if (!section.isRecord()) {
            mistakes.add(prefix + " is of " + section.getSimpleName() + ", which is no record");
            return;
        }
        if (above.contains(section)) {
            return; // a section may hold a list of its own kind
        }
        Set<Class<?>> deeper = new HashSet<>(above);
        deeper.add(section);
        for (RecordComponent component : section.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            String path = prefix + snakeCase(component.getName());
            if (setting == null) {
                mistakes.add(path + " has no @Setting");
            } else if (setting.inline()) {
                if (!Config.class.isAssignableFrom(component.getType())) {
                    mistakes.add(path + " is inline and no section");
                } else {
                    look(component.getType(), read(component, value), prefix, keys, deeper);
                }
            } else {
                lookAtOne(component, setting, path, keys);
                if (setting.required() && value != null) {
                    required.add(path);
                }
                lookInto(component.getGenericType(), read(component, value), path, deeper);
            }
        }
    }

    private void lookAtOne(RecordComponent component, Setting setting, String path, Set<String> keys) {
        String key = snakeCase(component.getName());
        if (!keys.add(key)) {
            mistakes.add(path + " stands twice in its section, once through an inline one");
        }
        if (!setting.doc().strip().endsWith(".") || setting.doc().length() < 8) {
            mistakes.add(path + " needs a doc that is a sentence, was \"" + setting.doc() + "\"");
        }
        boolean soundsSecret = SECRET_WORDS.stream().anyMatch(word -> key.equals(word) || key.endsWith("_" + word));
        if (soundsSecret && component.getType() == String.class) {
            mistakes.add(path + " sounds secret and must be a Secret");
        }
    }

    private void lookInto(Type type, @Nullable Object value, String path, Set<Class<?>> above) {
        if (type instanceof ParameterizedType generic) {
            boolean isMap = generic.getRawType() == Map.class;
            Type[] arguments = generic.getActualTypeArguments();
            if (!isMap && generic.getRawType() != List.class) {
                mistakes.add(path + " is of " + type + ", which the binder does not know");
            } else if (isMap && arguments[0] != String.class) {
                mistakes.add(path + " is a map whose keys are no text");
            } else {
                lookInto(arguments[arguments.length - 1], null, path + (isMap ? ".*" : "[]"), above);
            }
        } else if (type instanceof Class<?> plain && Config.class.isAssignableFrom(plain)) {
            if (value == null && !hasDefaults(plain)) {
                mistakes.add(path + " is absent by default or an element: " + plain.getSimpleName()
                        + " needs a static method defaults()");
            }
            look(plain, value, path + ".", new HashSet<>(), above);
        } else if (!(type instanceof Class<?> plain) || !(SCALARS.contains(plain) || plain.isEnum())) {
            mistakes.add(path + " is of " + type.getTypeName() + ", which the binder does not know");
        }
    }

    private static boolean hasDefaults(Class<?> section) {
        try {
            Method defaults = section.getDeclaredMethod("defaults");
            return Modifier.isStatic(defaults.getModifiers()) && defaults.getReturnType() == section;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static @Nullable Object read(RecordComponent component, @Nullable Object record) {
        if (record == null) {
            return null;
        }
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("cannot read " + component, e);
        }
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
