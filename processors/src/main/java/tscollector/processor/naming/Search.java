package tscollector.processor.naming;

import java.util.List;
import java.util.regex.Pattern;

/** Regular expressions of the user on texts of servers: searched anywhere, never anchored. */
final class Search {
    private Search() {}

    /** Whether the expression is found; not in a text on which it would need too deep a stack. */
    static boolean finds(Pattern pattern, String text) {
        try {
            return pattern.matcher(text).find();
        } catch (StackOverflowError e) {
            return false; // java.util.regex recurses for repeated groups; the text is the server's
        }
    }

    /** Whether one of them is found. */
    static boolean findsAny(List<Pattern> patterns, String text) {
        for (Pattern pattern : patterns) {
            if (finds(pattern, text)) {
                return true;
            }
        }
        return false;
    }

    static List<Pattern> compiled(List<String> expressions) {
        return expressions.stream().map(Pattern::compile).toList();
    }
}
