package tscollector.kit.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${env:X}}, {@code ${env:X:-default}}, {@code ${X}}, {@code ${file:PATH}} and {@code $$} in single values.
 *
 * <p>The default counts when the variable is not set or empty, as in a shell. What a variable holds is taken as it is, but for
 * {@code ${env:...}} and {@code ${file:...}} in the text of an environment variable, which are replaced in turn. A file's text
 * loses one final line feed. An unknown scheme, a variable that is not set and a file that cannot be read are mistakes.
 */
public final class Variables {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(?!-)(.*)", Pattern.DOTALL);
    private static final int LARGEST_FILE = 1 << 20;
    private static final int MOST_REPLACEMENTS = 100;
    private static final int LONGEST_TEXT = 1 << 20;

    private final Surroundings surroundings;
    private final Mistakes mistakes;
    private int structures;

    public Variables(Surroundings surroundings, Mistakes mistakes) {
        this.surroundings = surroundings;
        this.mistakes = mistakes;
    }

    /** The same tree with all variables replaced. */
    public YamlNode expand(YamlNode node, String path) {
        if (node instanceof YamlNode.Mapping map) {
            Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
            map.entries()
                    .forEach((key, entry) -> entries.put(
                            key,
                            new YamlNode.Entry(key, entry.place(), expand(entry.value(), YamlPath.child(path, key)))));
            return new YamlNode.Mapping(map.place(), map.span(), entries);
        }
        if (node instanceof YamlNode.Sequence list) {
            List<YamlNode> items = new ArrayList<>();
            for (YamlNode item : list.items()) {
                items.add(expand(item, YamlPath.child(path, items.size())));
            }
            return new YamlNode.Sequence(list.place(), list.span(), items);
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        return scalar.text().indexOf('$') < 0 ? scalar : new Replacement(scalar.place(), path).in(scalar);
    }

    /**
     * The list or map that a variable stands for, where one is wanted: its text is read as YAML.
     *
     * @return the node itself if it is no variable, or none with a list or map in it
     */
    public YamlNode structure(YamlNode node, String path) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.origin() == null || scalar.isUnset()) {
            return node;
        }
        if (++structures > MOST_REPLACEMENTS) {
            mistakes.add(node.place(), path, "stands for a file that leads to more than 100 others");
            return node;
        }
        YamlNode.Origin origin = scalar.origin();
        Mistakes own = origin.file() == null ? new Mistakes() : mistakes;
        YamlSource source = own.source(origin.file() == null ? "" : origin.file(), origin.text());
        YamlNode read = new YamlReader(own).read(source);
        if (own != mistakes && own.any()) {
            return node;
        }
        if (read == null || read instanceof YamlNode.Scalar) {
            return node;
        }
        return expand(own == mistakes ? read : YamlNode.moved(read, scalar.place(), scalar.span()), path);
    }

    /** One scalar's variables. */
    private final class Replacement {
        private final Place place;
        private final String path;
        private YamlNode.@Nullable Origin last;
        private boolean failed;
        private int replacements;
        private int top;

        Replacement(Place place, String path) {
            this.place = place;
            this.path = path;
        }

        YamlNode in(YamlNode.Scalar scalar) {
            String text = replaced(scalar.text(), true, 0);
            boolean whole = top == 1
                    && scalar.text().startsWith("${")
                    && closing(scalar.text(), 2) == scalar.text().length() - 1;
            YamlNode.Expansion expansion = failed
                    ? YamlNode.Expansion.FAILED
                    : whole ? YamlNode.Expansion.WHOLE : top > 0 ? YamlNode.Expansion.PART : YamlNode.Expansion.NONE;
            YamlNode.Origin origin = whole && !failed ? (last == null ? new YamlNode.Origin(null, text) : last) : null;
            return new YamlNode.Scalar(scalar.place(), scalar.span(), text, scalar.plain(), expansion, origin);
        }

        /** @param written whether a person wrote this in a configuration, so that {@code $$} and {@code ${X}} count */
        private String replaced(String text, boolean written, int depth) {
            StringBuilder result = new StringBuilder(text.length());
            int at = 0;
            while (at < text.length() && !failed) {
                char c = text.charAt(at);
                if (c == '$' && written && text.startsWith("$$", at)) {
                    result.append('$');
                    at += 2;
                } else if (c == '$' && isReference(text, at, written)) {
                    int end = closing(text, at + 2);
                    if (end < 0) {
                        fail("has \"${\" without \"}\"; write $$ for a plain $");
                        break;
                    }
                    top += depth == 0 ? 1 : 0;
                    result.append(value(text.substring(at + 2, end), depth));
                    at = end + 1;
                } else {
                    result.append(c);
                    at++;
                }
                if (result.length() > LONGEST_TEXT) {
                    fail("becomes longer than " + (LONGEST_TEXT >> 20) + "MiB");
                }
            }
            return failed ? "" : result.toString();
        }

        private boolean isReference(String text, int at, boolean written) {
            return written
                    ? text.startsWith("${", at)
                    : text.startsWith("${env:", at) || text.startsWith("${file:", at);
        }

        private String value(String expression, int depth) {
            if (++replacements > MOST_REPLACEMENTS || depth > MOST_REPLACEMENTS) {
                return fail("leads to more than " + MOST_REPLACEMENTS + " replacements; does a variable name itself?");
            }
            Matcher scheme = SCHEME.matcher(expression);
            if (!scheme.matches()) {
                return variable(expression, depth);
            }
            return switch (scheme.group(1)) {
                case "env" -> variable(scheme.group(2), depth);
                case "file" -> file(scheme.group(2), depth);
                default ->
                    fail("has the unknown scheme \"" + scheme.group(1) + "\" in ${" + scheme.group(1)
                            + ":...}; known are env, file"
                            + Nearest.suggestion(scheme.group(1), List.of("env", "file")));
            };
        }

        private String variable(String expression, int depth) {
            int colon = expression.indexOf(":-");
            String name = colon < 0 ? expression : expression.substring(0, colon);
            if (!NAME.matcher(name).matches()) {
                return fail("has ${" + name + "}, which is not the name of a variable; write $$ for a plain $");
            }
            String value = surroundings.variable(name);
            if (colon >= 0 && (value == null || value.isEmpty())) {
                return replaced(expression.substring(colon + 2), true, depth + 1);
            }
            if (value == null) {
                return fail("needs the variable " + name + ", which is not set; set it, or give a default: ${env:"
                        + name + ":-default}");
            }
            if (depth == 0) {
                last = new YamlNode.Origin(null, value);
            }
            return replaced(value, false, depth + 1);
        }

        private String file(String expression, int depth) {
            String name = replaced(expression, true, depth + 1);
            if (failed) {
                return "";
            }
            try {
                YamlSource.Decoded decoded = YamlSource.decode(surroundings.read(name, LARGEST_FILE));
                if (!decoded.whole()) {
                    return fail("names the file " + name + ", which is not UTF-8");
                }
                if (depth == 0) {
                    last = new YamlNode.Origin(name, decoded.text());
                }
                return withoutFinalLineFeed(decoded.text());
            } catch (IOException e) {
                return fail("names the file " + name + ", which "
                        + (e.getClass() == IOException.class ? e.getMessage() : "cannot be read"));
            }
        }

        private String fail(String text) {
            if (!failed) {
                mistakes.add(place, path, text);
            }
            failed = true;
            return "";
        }
    }

    private static String withoutFinalLineFeed(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** The brace that closes what began before {@code from}, or -1. */
    private static int closing(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                open++;
            } else if (text.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }
}
