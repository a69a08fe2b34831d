package tscollector.reshape;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tscollector.config.Problems;

/** How the texts of a section are compared with what is found: its setting {@code match_type}. */
public enum MatchType {
    /** Equal to the letter. */
    STRICT,
    /** A regular expression, searched anywhere. */
    REGEXP;

    /** Whether a text is what is written; only of what {@link #check} has nothing against. */
    public Predicate<String> predicate(String written) {
        return this == REGEXP ? Pattern.compile(written).asPredicate() : written::equals;
    }

    /** The same for each. */
    public List<Predicate<String>> predicates(List<String> written) {
        return written.stream().map(this::predicate).toList();
    }

    /** Says what is wrong with a text: that it is empty, or no regular expression where it has to be one. */
    public void check(Problems problems, String path, String written) {
        if (written.isEmpty()) {
            problems.add(path, "must not be empty");
        } else if (this == REGEXP) {
            try {
                Pattern.compile(written);
            } catch (PatternSyntaxException e) {
                problems.add(path, "is not a regular expression: " + e.getDescription());
            }
        }
    }

    /** The same for each text of a list. */
    public void checkAll(Problems problems, String setting, List<String> written) {
        for (int i = 0; i < written.size(); i++) {
            check(problems, setting + "[" + i + "]", written.get(i));
        }
    }
}
