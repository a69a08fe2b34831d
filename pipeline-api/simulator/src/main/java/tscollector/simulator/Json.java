package tscollector.simulator;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes trees of maps, lists, text, numbers and booleans as TorchServe's JSON library does: two blanks of indent, one entry a
 * line, {@code []} and {@code {}} when empty, non-ASCII left as it is.
 */
final class Json {
    private Json() {}

    /** The tree without a final newline. */
    static String pretty(Object tree) {
        StringBuilder out = new StringBuilder(256);
        write(out, tree, 0);
        return out.toString();
    }

    private static void write(StringBuilder out, Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            writeMap(out, map, depth);
        } else if (value instanceof List<?> list) {
            writeList(out, list, depth);
        } else if (value instanceof String text) {
            writeText(out, text);
        } else {
            out.append(value);
        }
    }

    private static void writeMap(StringBuilder out, Map<?, ?> map, int depth) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(out, depth + 1);
            writeText(out, String.valueOf(entry.getKey()));
            out.append(": ");
            write(out, entry.getValue(), depth + 1);
            if (entries.hasNext()) {
                out.append(',');
            }
        }
        newLine(out, depth);
        out.append('}');
    }

    private static void writeList(StringBuilder out, List<?> list, int depth) {
        if (list.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
            newLine(out, depth + 1);
            write(out, elements.next(), depth + 1);
            if (elements.hasNext()) {
                out.append(',');
            }
        }
        newLine(out, depth);
        out.append(']');
    }

    private static void newLine(StringBuilder out, int depth) {
        out.append('\n').append("  ".repeat(depth));
    }

    private static void writeText(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    // The two line separators of Unicode would break the answer inside JavaScript; Gson always escapes
                    // them.
                    if (c < ' ' || c == 0x2028 || c == 0x2029) {
                        escape(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void escape(StringBuilder out, char c) {
        out.append(String.format("\\u%04x", (int) c));
    }
}
