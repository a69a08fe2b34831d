package tscollector.app.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options of one map in conf.yaml, read as leniently as the check reads them. A value of another kind than an option takes costs a
 * remark; with {@code compat: strict} the whole instance where the check refuses it too. An option with nothing after it counts as not
 * written.
 */
final class Options {
    private static final Set<String> AFFIRMATIVE = Set.of("yes", "true", "1", "y", "on");
    private static final Set<String> NEGATIVE = Set.of("no", "false", "0", "n", "off", "");

    private final Map<String, @Nullable Object> values;
    private final String path;
    private final boolean strict;
    private final Remarks remarks;

    Options(Map<String, @Nullable Object> values, String path, boolean strict, Remarks remarks) {
        this.values = values;
        this.path = path;
        this.strict = strict;
        this.remarks = remarks;
    }

    boolean isStrict() {
        return strict;
    }

    /** Whether the option is written, be it with nothing after it. */
    boolean has(String option) {
        return values.containsKey(option);
    }

    @Nullable
    Object raw(String option) {
        return values.get(option);
    }

    String path(String option) {
        return path + "." + option;
    }

    String path() {
        return path;
    }

    /** A line about an option. */
    void remark(String option, String text) {
        remarks.add(path(option), text);
    }

    /** Ends the reading of this instance. */
    Refused refuse(String option, String why) {
        return new Refused(path(option), why);
    }

    /** What the check refuses is a remark by default, and the end of the instance if strict. */
    void leniently(String option, String fault, String repair) {
        if (strict) {
            throw refuse(option, fault + ", which the check refuses");
        }
        remark(option, fault + ", which the check refuses; " + repair);
    }

    @Nullable
    String text(String option) {
        Object value = values.get(option);
        if (value == null) {
            return null;
        }
        if (value instanceof List || value instanceof Map) {
            leniently(option, "is " + word(value) + ", not a text", "it is left out");
            return null;
        }
        if (!(value instanceof String)) {
            leniently(
                    option,
                    "is " + (value instanceof Boolean ? "true or false" : "a number") + ", not a text",
                    "taken as one; quotes make it sure");
        }
        return scalar(value);
    }

    boolean bool(String option, boolean otherwise) {
        Object value = values.get(option);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof List || value instanceof Map) {
            leniently(option, "is " + word(value) + ", not true or false", "it is left out");
            return otherwise;
        }
        if (value instanceof String template && Templates.isTemplate(template)) {
            remark(option, "is filled in by the Agent, so that its value is not known here; taken as " + otherwise);
            return otherwise;
        }
        String text = scalar(value).toLowerCase(Locale.ROOT);
        boolean affirmative = AFFIRMATIVE.contains(text) || (value instanceof Number && !text.matches("0(\\.0)?"));
        remark(
                option,
                (NEGATIVE.contains(text) || AFFIRMATIVE.contains(text)
                                ? "is a " + (value instanceof Number ? "number" : "text")
                                : "is neither true nor false")
                        + "; taken as " + affirmative + ", as the check takes it");
        return affirmative;
    }

    /** A number; a text that is one counts. Null if there is none. */
    @Nullable
    Double number(String option) {
        Object value = values.get(option);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String template && Templates.isTemplate(template)) {
            remark(option, "is filled in by the Agent, so that its value is not known here; it is left out");
            return null;
        }
        if (value instanceof String text) {
            try {
                double number = Double.parseDouble(text.strip());
                if (Double.isFinite(number)) {
                    remark(option, "is a number in quotes; taken as the number");
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
        }
        leniently(option, "is not a number", "it is left out");
        return null;
    }

    /** A list of texts; null if nothing is written. */
    @Nullable
    List<String> texts(String option) {
        Object value = values.get(option);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> items)) {
            if (value instanceof Map) {
                leniently(option, "is a map, not a list", "it is left out");
                return null;
            }
            leniently(option, "is a single value, not a list", "taken as a list of one");
            return List.of(scalar(value));
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Object item = items.get(i);
            if (item instanceof String text) {
                texts.add(text);
            } else if (item instanceof Number || item instanceof Boolean) {
                leniently(option + "[" + i + "]", "is not a text", "taken as one");
                texts.add(scalar(item));
            } else {
                leniently(option + "[" + i + "]", "is " + word(item) + ", not a text", "it is left out");
            }
        }
        return texts;
    }

    /** A list of Python's regular expressions as Java's; one that the check cannot compile ends the instance. */
    @Nullable
    List<String> patterns(String option) {
        return patterns(option, text -> true);
    }

    /** The same; what is no expression by {@code isExpression} stays as it is. */
    @Nullable
    List<String> patterns(String option, Function<String, Boolean> isExpression) {
        List<String> texts = texts(option);
        if (texts == null) {
            return null;
        }
        List<String> patterns = new ArrayList<>();
        for (String text : texts) {
            patterns.add(isExpression.apply(text) ? pattern(option + "[" + patterns.size() + "]", text) : text);
        }
        return patterns;
    }

    /** One expression; {@code option} only for the message. */
    String pattern(String option, String python) {
        try {
            return PythonRegex.toJava(python);
        } catch (PythonRegex.Unusable e) {
            throw refuse(option, String.valueOf(e.getMessage()));
        }
    }

    /** A map, its own options readable in the same manner; null if nothing is written. */
    @Nullable
    Options section(String option) {
        Object value = values.get(option);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            leniently(option, "is " + word(value) + ", not a map", "it is left out");
            return null;
        }
        return new Options(texted(map), path(option), strict, remarks);
    }

    /** Its keys in the order written. */
    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** A map of texts; null if nothing is written. */
    @Nullable
    Map<String, String> textMap(String option) {
        return textMap(option, false);
    }

    /**
     * The same.
     *
     * @param numbersToo whether numbers and truth values are as good as texts
     */
    @Nullable
    Map<String, String> textMap(String option, boolean numbersToo) {
        Options section = section(option);
        if (section == null) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : section.keys()) {
            Object value = section.raw(key);
            String text = numbersToo && (value instanceof Number || value instanceof Boolean)
                    ? scalar(value)
                    : section.text(key);
            if (text != null) {
                texts.put(key, text);
            }
        }
        return texts;
    }

    static Map<String, @Nullable Object> texted(Map<?, ?> map) {
        Map<String, @Nullable Object> texted = new LinkedHashMap<>();
        map.forEach((key, value) -> texted.put(String.valueOf(key), value));
        return texted;
    }

    static String scalar(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return String.format(Locale.ROOT, "%.1f", number);
        }
        return String.valueOf(value);
    }

    static String word(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        return value instanceof Map ? "a map" : value instanceof List ? "a list" : "a single value";
    }
}
