package tscollector.kit.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of {@code WWW-Authenticate} (RFC 9110 11.6.1). What cannot be read is left out: it comes from outside.
 *
 * @param scheme in lower case
 * @param parameters names in lower case; of repeated ones the first
 */
record Challenge(String scheme, Map<String, String> parameters) {
    /** All challenges of all such headers, in their order. */
    static List<Challenge> of(List<String> headers) {
        List<Challenge> found = new ArrayList<>();
        headers.forEach(header -> new Reader(header).into(found));
        return List.copyOf(found);
    }

    /** A parameter's value, or null. */
    @Nullable
    String get(String name) {
        return parameters.get(name);
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        /** A word with {@code =} after it belongs to the challenge before; any other begins one. */
        void into(List<Challenge> found) {
            Map<String, String> parameters = null;
            while (at < text.length()) {
                skip(" \t,");
                String word = word();
                skip(" \t");
                if (word.isEmpty()) {
                    at++; // a sign that has no business here
                } else if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    skip(" \t");
                    String value = value();
                    if (parameters != null) {
                        parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value);
                    }
                } else {
                    parameters = new HashMap<>();
                    found.add(new Challenge(word.toLowerCase(Locale.ROOT), parameters));
                }
            }
        }

        private String word() {
            int start = at;
            while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                return word();
            }
            at++;
            StringBuilder value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return value.toString();
        }

        private void skip(String signs) {
            while (at < text.length() && signs.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}
