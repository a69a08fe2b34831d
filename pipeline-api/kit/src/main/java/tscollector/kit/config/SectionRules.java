package tscollector.kit.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.DataSize;
import tscollector.config.Problems;
import tscollector.config.Problems.Problem;
import tscollector.config.Secret;

/**
 * The rules between the settings of a section, asked although some of the settings are wrong: what a rule says counts if it says
 * the same whatever stands in the place of the wrong ones, so that a user sees all mistakes at once and none that are not.
 *
 * <p>To find that out the rules are asked again with other values where one was wrong: a small and a large one, both words of a
 * switch, something where the default is nothing.
 */
final class SectionRules {
    /** So many mistakes in one section need not be told apart. */
    private static final int MOST_VARIATIONS = 20;

    private final Set<String> wrong = new LinkedHashSet<>();

    /** Which of the wrong values are replaced, and with what. */
    private record Variation(Set<String> paths, boolean large) {}

    /** The value or the key at {@code path} is a mistake by itself, or may be what another one meant. */
    void isWrong(String path) {
        wrong.add(path);
    }

    /** What the rules of a section without mistakes say; their own failure is a defect. */
    static List<Problem> ask(Config bound) {
        Problems problems = new Problems();
        bound.validate(problems);
        return problems.all();
    }

    /** What the rules of a section say that has mistakes, as far as it does not hang on them. */
    List<Problem> ask(Config bound, RecordSchema schema, String path) {
        Set<Problem> certain = new LinkedHashSet<>(answers(bound));
        certain.removeIf(problem -> !problem.path().isEmpty() && hasWrong(YamlPath.child(path, problem.path())));
        for (Set<String> varied : variations(path)) {
            for (boolean large : new boolean[] {false, true}) {
                if (!certain.isEmpty()) {
                    certain.retainAll(other(bound, schema, path, new Variation(varied, large)));
                }
            }
        }
        return new ArrayList<>(certain);
    }

    /** All that is wrong in the section at once, and each by itself, since some settings exclude each other. */
    private List<Set<String>> variations(String path) {
        Set<String> within = new LinkedHashSet<>();
        List<Set<String>> variations = new ArrayList<>();
        for (String one : wrong) {
            if (isWithin(one, path) && variations.size() < MOST_VARIATIONS) {
                within.add(one);
                variations.add(Set.of(one));
            }
        }
        variations.add(within);
        return variations;
    }

    /** Whether the value at {@code path}, or one within it, was wrong by itself. */
    boolean hasWrong(String path) {
        return hasAny(wrong, path);
    }

    private static boolean hasAny(Set<String> paths, String path) {
        return paths.stream().anyMatch(one -> isWithin(one, path));
    }

    private static boolean isWithin(String one, String path) {
        return path.isEmpty() || one.equals(path) || one.startsWith(path + ".") || one.startsWith(path + "[");
    }

    private static List<Problem> other(Config bound, RecordSchema schema, String path, Variation variation) {
        try {
            return answers(section(bound, schema, path, variation));
        } catch (RuntimeException e) {
            return List.of(); // a record that cannot be made with this value proves nothing
        }
    }

    /** Rules may rely on what is required or in range: one that fails has said what it could. */
    private static List<Problem> answers(Config bound) {
        Problems problems = new Problems();
        try {
            bound.validate(problems);
        } catch (RuntimeException e) {
            return problems.all();
        }
        return problems.all();
    }

    private static Config section(Config bound, RecordSchema schema, String path, Variation variation) {
        List<SettingSchema> settings = schema.settings();
        @Nullable Object[] values = new Object[settings.size()];
        for (int i = 0; i < values.length; i++) {
            SettingSchema setting = settings.get(i);
            Object value = setting.of(bound);
            values[i] = setting.setting().inline() && value instanceof Config inline
                    ? section(inline, setting.section(), path, variation)
                    : value(setting.type(), value, YamlPath.child(path, setting.key()), variation);
        }
        return schema.create(values);
    }

    private static @Nullable Object value(ValueType type, @Nullable Object value, String path, Variation variation) {
        boolean large = variation.large();
        if (variation.paths().contains(path)) {
            return sample(type, value, large);
        }
        if (!hasAny(variation.paths(), path)) {
            return value;
        }
        if (type instanceof ValueType.Section section && value instanceof Config nested) {
            return section(nested, section.schema(), path, variation);
        }
        if (type instanceof ValueType.ListOf list && value instanceof List<?> elements) {
            List<@Nullable Object> more = new ArrayList<>(elements); // the wrong ones were left out
            more.add(sample(list.element(), null, large));
            return more;
        }
        if (type instanceof ValueType.MapOf map && value instanceof Map<?, ?> entries) {
            Map<Object, @Nullable Object> more = new HashMap<>(entries);
            more.put("x", sample(map.value(), null, large));
            return more;
        }
        return value;
    }

    /** Another value than the default that stands for a wrong one. */
    private static @Nullable Object sample(ValueType type, @Nullable Object value, boolean large) {
        if (type instanceof ValueType.Single single) {
            return sample(single, value, large);
        }
        if (type instanceof ValueType.Choice choice) {
            Object[] constants = choice.type().getEnumConstants();
            return constants[large ? constants.length - 1 : 0];
        }
        if (type instanceof ValueType.Section section) {
            return section.schema().defaults();
        }
        if (type instanceof ValueType.ListOf list) {
            List<@Nullable Object> one = new ArrayList<>();
            one.add(sample(list.element(), null, large));
            return one;
        }
        if (type instanceof ValueType.MapOf map) {
            Map<Object, @Nullable Object> one = new HashMap<>();
            one.put("x", sample(map.value(), null, large));
            return one;
        }
        return new ConfigValue.Scalar("x", true);
    }

    private static Object sample(ValueType.Single type, @Nullable Object value, boolean large) {
        return switch (type) {
            case BOOLEAN -> !Boolean.TRUE.equals(value);
            case INT -> large ? Integer.MAX_VALUE : 1;
            case LONG -> large ? Long.MAX_VALUE : 1L;
            case DOUBLE -> large ? Double.MAX_VALUE : Double.MIN_NORMAL;
            case TEXT -> "x";
            case DURATION -> large ? Duration.ofDays(10_000) : Duration.ofNanos(1);
            case SIZE -> new DataSize(large ? Long.MAX_VALUE : 1);
            case SECRET -> new Secret("x");
            case ID -> new ComponentId("x", "");
        };
    }
}
