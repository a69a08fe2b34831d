package tscollector.app.imports;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Python regular expression as the Java one that finds the same in a line of text. What Python does not compile is refused, as
 * the check refuses it; what has no equal in Java is refused by name.
 *
 * <p>Differences that matter: {@code (?P<n>...)}, {@code (?P=n)}, {@code \Z}, {@code {,n}}, brackets and {@code &&} in classes, braces that
 * repeat nothing, octal numbers, comments, verbose mode, flags, and {@code \d \w \s \b}, which are Unicode's in Python ({@code (?U)} here).
 *
 * <p>One pass over the text: groups and repetitions here, what stands for a character in {@link PythonCharacters}.
 *
 * @see <a href="https://docs.python.org/3/library/re.html">Python: re</a>
 */
final class PythonRegex {
    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 100;

    /** Java's own knows more ends of lines, and no begin in an empty text or behind the last line. */
    private static final String LINE_BEGIN = "(?:\\A|(?<=\\n))";

    private static final String LINE_END = "(?=\\n|\\z)";
    private static final int MOST_DIGITS = 9; // that any int has room for
    private static final List<String> PLAIN_OPENINGS = List.of("<=", "<!", "=", "!", ":", ">");

    private final PythonText text;
    private final PythonFlags flags = new PythonFlags();
    private final PythonGroups groups = new PythonGroups();
    private final StringBuilder out = new StringBuilder();
    private final PythonCharacters characters;
    private int depth;

    private PythonRegex(String source) {
        this.text = new PythonText(source);
        this.characters = new PythonCharacters(text, flags, groups, out);
    }

    /**
     * The Java expression.
     *
     * @throws Unusable with what follows "the expression"
     */
    static String toJava(String python) throws Unusable {
        return translate(python).java;
    }

    /** How many groups the expression has, as {@code toJava} reads it. */
    static int groups(String python) throws Unusable {
        return translate(python).groups;
    }

    private record Translated(String java, int groups) {}

    private static Translated translate(String python) throws Unusable {
        if (python.length() > LONGEST) {
            throw new Unusable("is longer than " + LONGEST + " characters");
        }
        PythonRegex regex = new PythonRegex(python);
        regex.flags.readGlobal(regex.text);
        regex.alternatives();
        if (!regex.text.isAtEnd()) {
            throw regex.text.invalid("unbalanced parenthesis");
        }
        String java = regex.flags.java() + regex.out;
        try {
            Pattern unused = Pattern.compile(java);
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw new Unusable("has no equal here: " + explain(python));
        }
        return new Translated(java, regex.groups.count());
    }

    private static String explain(String python) {
        return python.contains("(?<")
                ? "Java cannot look behind without knowing how far"
                : "Java cannot compile what it becomes";
    }

    private void alternatives() throws Unusable {
        if (++depth > DEEPEST) {
            throw new Unusable("is nested deeper than " + DEEPEST + " groups");
        }
        boolean repeatable = false;
        boolean repeated = false;
        while (!text.isAtEnd() && !text.has(')')) {
            if (flags.isVerbose() && skipped()) {
                continue;
            }
            Repetition repetition = repetition();
            if (repetition == null) {
                repeated = false;
                repeatable = atom();
                continue;
            }
            if (!repeatable) {
                throw text.invalid(repeated ? "multiple repeat" : "nothing to repeat");
            }
            text.skip(repetition.length);
            out.append(repetition.java);
            lazyOrPossessive();
            repeatable = false;
            repeated = true;
        }
        depth--;
    }

    private boolean skipped() {
        if (text.has('#')) {
            text.skipUntil('\n');
            return true;
        }
        boolean blank = text.hasAny(" \t\n\r\f\u000b", 0);
        text.skip(blank ? 1 : 0);
        return blank;
    }

    /** A repetition: what it becomes, and how long it is in Python. */
    private record Repetition(String java, int length) {}

    /** The repetition that stands here; null if there is none. */
    private @Nullable Repetition repetition() throws Unusable {
        if (text.hasAny("*+?", 0)) {
            return new Repetition(text.ahead(1), 1);
        }
        int end = text.has('{') ? text.distance('}') : -1;
        String body = end < 0 ? "" : text.ahead(end).substring(1);
        if (body.isEmpty() || !body.matches("[0-9]*(,[0-9]*)?")) {
            return null;
        }
        int comma = body.indexOf(',');
        String low = comma < 0 ? body : body.substring(0, comma);
        String high = body.substring(comma + 1);
        if (low.length() > MOST_DIGITS || high.length() > MOST_DIGITS) {
            throw new Unusable("repeats something more often than Java can count");
        }
        if (!low.isEmpty() && !high.isEmpty() && Integer.parseInt(low) > Integer.parseInt(high)) {
            throw text.invalid("min repeat greater than max repeat");
        }
        String from = low.isEmpty() ? "0" : low;
        return new Repetition(comma < 0 ? "{" + from + "}" : "{" + from + "," + high + "}", end + 1);
    }

    private void lazyOrPossessive() {
        if (text.hasAny("?+", 0)) {
            out.append(text.next());
            text.skip(1);
        }
    }

    /** One thing that is no repetition. Whether it can be repeated. */
    private boolean atom() throws Unusable {
        char c = text.next();
        switch (c) {
            case '\\' -> {
                return characters.escape();
            }
            case '[' -> characters.characterClass();
            case '(' -> {
                return group();
            }
            case '^', '$', '|' -> {
                if (flags.isMultiline() && c != '|') {
                    out.append(c == '^' ? LINE_BEGIN : LINE_END);
                } else {
                    out.append(c);
                }
                text.skip(1);
                return false;
            }
            case '{', '}', ']' -> {
                out.append('\\').append(c);
                text.skip(1);
            }
            default -> out.appendCodePoint(text.read());
        }
        return true;
    }

    private boolean group() throws Unusable {
        int start = text.at();
        text.skip(1);
        if (!text.has('?')) {
            capture("(", start);
            return true;
        }
        text.skip(1);
        if (text.has("P<")) {
            int end = text.distance('>');
            String name = end < 0 ? "" : text.ahead(end).substring(2);
            text.skip(Math.max(0, end) + 1);
            capture("(?<" + groups.define(name, text) + ">", start);
            return true;
        }
        if (text.has("P=")) {
            reference();
            return true;
        }
        if (text.has('#')) {
            int end = text.distance(')');
            if (end < 0) {
                throw text.invalid("missing ), unterminated comment");
            }
            text.skip(end + 1);
            return out.length() > 0; // what stands before may still be repeated
        }
        if (text.has('(')) {
            throw new Unusable("has a condition (?(...)yes|no), which has no equal here");
        }
        for (String opening : PLAIN_OPENINGS) {
            if (text.has(opening)) {
                text.skip(opening.length());
                out.append("(?").append(opening);
                close(start);
                return true;
            }
        }
        PythonFlags.Scope outer = flags.scope();
        out.append(flags.enter(text));
        close(start);
        flags.leave(outer);
        return true;
    }

    /** What a named group has found. */
    private void reference() throws Unusable {
        int end = text.distance(')');
        String name = groups.named(end < 0 ? "" : text.ahead(end).substring(2));
        if (name == null) {
            throw text.invalid("unknown group name");
        }
        text.skip(end + 1);
        out.append("\\k<").append(name).append('>');
    }

    private void capture(String opening, int start) throws Unusable {
        int number = groups.begin();
        out.append(opening);
        close(start);
        groups.end(number);
    }

    private void close(int start) throws Unusable {
        alternatives();
        if (text.isAtEnd()) {
            throw text.invalid("missing ), unterminated subpattern", start);
        }
        out.append(')');
        text.skip(1);
    }

    /** What Python does not compile, or Java cannot do. The message follows the name of the option and shows no value. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }
}
