package tscollector.component;

import java.util.regex.Pattern;

/**
 * The name of one configured component: {@code type} or {@code type/name}, as the user wrote it.
 *
 * <p>Types begin with a letter and have letters, digits and underscores (at most 63 characters); names have no
 * white space, control characters or symbols (at most 1024 characters). Both are the OpenTelemetry Collector's rules.
 */
public record ComponentId(String type, String name) {
    private static final Pattern TYPE = Pattern.compile("[a-zA-Z][0-9a-zA-Z_]{0,62}");
    private static final Pattern NAME = Pattern.compile("[^\\pZ\\pC\\pS]{1,1024}");

    public ComponentId {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("a type begins with a letter and has letters, digits and underscores");
        }
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name has no spaces, control characters or symbols");
        }
    }

    /**
     * Reads {@code type} or {@code type/name}.
     *
     * @throws IllegalArgumentException with a sentence for the user if {@code text} is no id
     */
    public static ComponentId parse(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0 && slash == text.length() - 1) {
            throw new IllegalArgumentException("a name must follow the slash");
        }
        return slash < 0
                ? new ComponentId(text, "")
                : new ComponentId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return name.isEmpty() ? type : type + "/" + name;
    }
}
