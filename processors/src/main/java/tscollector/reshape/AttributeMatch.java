package tscollector.reshape;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** An attribute that is looked for, by key alone or by key and value. */
public record AttributeMatch(
        @Setting(doc = "The key.", required = true, format = Setting.Format.NOT_EMPTY)
        String key,

        @Setting(doc = "The value, compared as text; one element of a list is enough. Absent: any value will do.")
        @Nullable
        ConfigValue value)
        implements Config {
    public static AttributeMatch defaults() {
        return new AttributeMatch("", null);
    }

    /** Says what is wrong with the values. An empty one is wrong as an expression only: attributes can be empty. */
    public static void checkAll(Problems problems, String setting, MatchType type, List<AttributeMatch> written) {
        for (int i = 0; i < written.size(); i++) {
            String path = setting + "[" + i + "].value";
            AttributeMatch attribute = written.get(i);
            String text = attribute.text();
            if (text != null && type == MatchType.REGEXP) {
                type.check(problems, path, text);
            } else if (text == null && attribute.value != null) {
                problems.add(path, "must be a single value; the entries of a list are entries of their own here");
            }
        }
    }

    /** Whether attributes have it; only of what {@link #checkAll} has nothing against. */
    public Predicate<Attributes> predicate(MatchType type) {
        String text = text();
        Predicate<String> wanted = text == null ? any -> true : type.predicate(text);
        return attributes -> isIn(attributes, wanted);
    }

    /** The value as text; null if any will do. */
    private @Nullable String text() {
        return value instanceof ConfigValue.Scalar scalar ? scalar.text() : null;
    }

    private boolean isIn(Attributes attributes, Predicate<String> wanted) {
        for (Map.Entry<AttributeKey<?>, Object> attribute : attributes.asMap().entrySet()) {
            if (attribute.getKey().getKey().equals(key)) {
                return is(attribute.getValue(), wanted);
            }
        }
        return false;
    }

    private static boolean is(Object found, Predicate<String> wanted) {
        if (found instanceof List<?> elements) {
            return elements.stream().anyMatch(element -> wanted.test(element.toString()));
        }
        return wanted.test(found instanceof Value<?> structured ? structured.asString() : found.toString());
    }
}
