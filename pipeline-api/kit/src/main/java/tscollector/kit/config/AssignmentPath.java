package tscollector.kit.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an assignment before its {@code =}: keys with dots between them. A key with a dot or an equals sign in it stands in double
 * quotes, or has a backslash before these.
 *
 * @param keys at least one, none empty
 * @param length of the text before the equals sign
 */
record AssignmentPath(List<String> keys, int length) {
    /** The path at the beginning of {@code assignment}, or null if it has none. */
    static @Nullable AssignmentPath read(String assignment) {
        List<String> keys = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < assignment.length(); i++) {
            char c = assignment.charAt(i);
            if (c == '\\' && i + 1 < assignment.length()) {
                key.append(assignment.charAt(++i));
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (isQuoted || (c != '.' && c != '=')) {
                key.append(c);
            } else if (key.isEmpty()) {
                return null;
            } else {
                keys.add(key.toString());
                key.setLength(0);
                if (c == '=') {
                    return new AssignmentPath(List.copyOf(keys), i);
                }
            }
        }
        return null;
    }
}
