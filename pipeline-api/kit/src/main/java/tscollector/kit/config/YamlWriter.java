package tscollector.kit.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists and single values as YAML that reads back to the same: text in quotes where it must be, {@code $} twice. */
public final class YamlWriter {
    /** Text that means itself without quotes, in lists and maps of either style. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/.][A-Za-z0-9_/.:@+%=~-]*");

    private final StringBuilder text = new StringBuilder();

    /** Text that may have variables, as it stands in a configuration: {@code $} is not doubled. */
    public record Template(String text) {}

    private YamlWriter() {}

    /** In block style, indented by two spaces; each line ended by a line feed. */
    public static String block(Map<String, ? extends @Nullable Object> values) {
        YamlWriter writer = new YamlWriter();
        writer.map(values, 0);
        return writer.text.toString();
    }

    /** In one line. */
    public static String inline(@Nullable Object value) {
        YamlWriter writer = new YamlWriter();
        writer.flow(value);
        return writer.text.toString();
    }

    private void map(Map<?, ?> values, int indent) {
        boolean first = true;
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            text.append(" ".repeat(first && atDash() ? 0 : indent));
            first = false;
            scalar(String.valueOf(entry.getKey()), false);
            text.append(':');
            value(entry.getValue(), indent);
        }
    }

    /** After {@code "- "} the first key stands on the same line. */
    private boolean atDash() {
        return text.length() > 1 && text.charAt(text.length() - 1) == ' ';
    }

    private void value(@Nullable Object value, int indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append('\n');
            map(map, indent + 2);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            text.append('\n');
            for (Object item : list) {
                text.append(" ".repeat(indent + 2)).append("- ");
                if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                    map(map, indent + 4);
                } else {
                    flow(item);
                    text.append('\n');
                }
            }
        } else {
            text.append(' ');
            flow(value);
            text.append('\n');
        }
    }

    private void flow(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            text.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(separator);
                scalar(String.valueOf(entry.getKey()), false);
                text.append(": ");
                flow(entry.getValue());
                separator = ", ";
            }
            text.append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            String separator = "";
            for (Object item : list) {
                text.append(separator);
                flow(item);
                separator = ", ";
            }
            text.append(']');
        } else if (value instanceof PlainValues.Literal literal) {
            text.append(literal.text().isEmpty() ? "null" : literal.text());
        } else if (value instanceof Template template) {
            scalar(template.text(), false);
        } else if (value instanceof String string) {
            scalar(string, true);
        } else {
            text.append(value);
        }
    }

    private void scalar(String string, boolean isValue) {
        boolean plain =
                PLAIN.matcher(string).matches() && !string.endsWith(":") && ScalarKind.of(string) == ScalarKind.TEXT;
        if (plain) {
            text.append(string);
            return;
        }
        text.append('"');
        string.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (c == '$' && isValue) {
                text.append("$$");
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c == '\t') {
                text.append("\\t");
            } else if (c < 0x20
                    || (c >= 0x7f && c < 0xa0)
                    || c == 0x2028
                    || c == 0x2029
                    || c == 0xfeff
                    || (c >= 0xd800 && c < 0xe000)
                    || c == 0xfffe
                    || c == 0xffff) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        text.append('"');
    }
}
