package tscollector.exporter.datadog;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Names of metrics as users write them: exact ones, in which {@code *} stands for any characters, also none. */
final class NamePattern {
    private static final char ANY = '*';

    private NamePattern() {}

    /** Whether some legal name can be meant. */
    static boolean isOne(String pattern) {
        return MetricNames.isLegal(pattern.replace(ANY, 'a'));
    }

    /** Whether a name is one of those that are meant. */
    static Predicate<String> anyOf(List<String> patterns) {
        List<Predicate<String>> all =
                patterns.stream().map(NamePattern::predicate).toList();
        return name -> all.stream().anyMatch(one -> one.test(name));
    }

    private static Predicate<String> predicate(String pattern) {
        if (pattern.indexOf(ANY) < 0) {
            return pattern::equals;
        }
        // quoted but for the stars: names have no line ends, so that a dot is any character of theirs
        return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q")).asMatchPredicate();
    }
}
