package tscollector.reshape;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression with named groups as users of the Collector write them: {@code (?P<http_route>...)}, underscores allowed,
 * which Java's own group names are not.
 *
 * @param pattern with groups named g0, g1, ...
 * @param names the written name of each
 */
record NamedGroups(Pattern pattern, List<String> names) {
    /** A named group's beginning; or what must not be taken for one: an escape, a quotation, a look-behind. */
    private static final Pattern GROUP =
            Pattern.compile("\\\\Q.*?(?:\\\\E|$)|\\\\.|\\(\\?<[=!]|\\(\\?P?<(\\w+)>", Pattern.DOTALL);

    NamedGroups {
        names = List.copyOf(names);
    }

    /** @throws PatternSyntaxException if it is no regular expression */
    static NamedGroups compile(String regex) {
        List<String> names = new ArrayList<>();
        StringBuilder java = new StringBuilder();
        Matcher matcher = GROUP.matcher(regex);
        while (matcher.find()) {
            String name = matcher.group(1);
            String replacement = matcher.group();
            if (name != null) {
                replacement = "(?<g" + names.size() + ">";
                names.add(name);
            }
            matcher.appendReplacement(java, Matcher.quoteReplacement(replacement));
        }
        matcher.appendTail(java);
        return new NamedGroups(Pattern.compile(java.toString()), names);
    }

    /** What is wrong with the expression, empty if nothing. */
    static String mistakeIn(String regex, boolean allNamed) {
        try {
            NamedGroups groups = compile(regex);
            if (allNamed && groups.names.isEmpty()) {
                return "needs a named group, for instance (?P<name>...)";
            }
            if (allNamed && groups.pattern.matcher("").groupCount() > groups.names.size()) {
                return "has a group without a name; write (?P<name>...), or (?:...) for one that is not wanted";
            }
            return "";
        } catch (PatternSyntaxException e) {
            return "is not a regular expression: " + e.getDescription();
        }
    }

    /** The text of the group with this position in {@link #names}, after a match. */
    static String group(Matcher matcher, int index) {
        String text = matcher.group("g" + index);
        return text == null ? "" : text;
    }
}
