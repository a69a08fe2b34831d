package tscollector.app.imports;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Writes a Python regular expression as the Java one that finds the same in a line of text. What Python does not compile is refused, as
 * the check refuses it; what has no equal in Java is refused by name.
 *
 * <p>Differences that matter: {@code (?P<n>...)}, {@code (?P=n)}, {@code \Z}, {@code {,n}}, brackets and {@code &&} in classes, braces that
 * repeat nothing, octal numbers, comments, verbose mode, flags, and {@code \d \w \s \b}, which are Unicode's in Python ({@code (?U)} here).
 *
 * @see <a href="https://docs.python.org/3/library/re.html">Python: re</a>
 */
final class PythonRegex {
    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 100;

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, String> names = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();
    private String pending = ""; // the repetition that was read last
    private int at;
    private int groups;
    private int depth;
    private boolean verbose;
    private boolean ascii;
    private boolean unicode;
    private boolean ignoreCase;

    private PythonRegex(String source) {
        this.source = source;
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
        String flags = regex.globalFlags();
        regex.alternatives();
        if (regex.at < python.length()) {
            throw regex.invalid("unbalanced parenthesis");
        }
        flags += regex.unicode && !regex.ascii ? "U" : regex.ignoreCase && !regex.ascii ? "u" : "";
        String java = (flags.isEmpty() ? "" : "(?" + flags + ")") + regex.out;
        try {
            Pattern unused = Pattern.compile(java);
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw new Unusable("has no equal here: " + explain(python));
        }
        return new Translated(java, regex.groups);
    }

    private static String explain(String python) {
        return python.contains("(?<")
                ? "Java cannot look behind without knowing how far"
                : "Java cannot compile what it becomes";
    }

    /** Flags at the very beginning count everywhere. */
    private String globalFlags() throws Unusable {
        StringBuilder flags = new StringBuilder();
        while (source.startsWith("(?", at) && at + 2 < source.length()) {
            int end = at + 2;
            while (end < source.length() && "aiLmsux".indexOf(source.charAt(end)) >= 0) {
                end++;
            }
            if (end == at + 2 || end >= source.length() || source.charAt(end) != ')') {
                break;
            }
            for (char flag : source.substring(at + 2, end).toCharArray()) {
                switch (flag) {
                    case 'a' -> ascii = true;
                    case 'x' -> verbose = true;
                    case 'L' -> throw invalid("bad inline flags: cannot use 'L' flag with a str pattern");
                    case 'u' -> {} // is so anyhow
                    default -> {
                        ignoreCase |= flag == 'i';
                        if (flags.indexOf(String.valueOf(flag)) < 0) {
                            flags.append(flag);
                        }
                    }
                }
            }
            at = end + 1;
        }
        return flags.toString();
    }

    private void alternatives() throws Unusable {
        if (++depth > DEEPEST) {
            throw new Unusable("is nested deeper than " + DEEPEST + " groups");
        }
        boolean repeatable = false;
        boolean repeated = false;
        while (at < source.length() && source.charAt(at) != ')') {
            char c = source.charAt(at);
            if (verbose && skipped(c)) {
                continue;
            }
            int minimum = repetition();
            if (minimum > 0) {
                if (!repeatable) {
                    throw invalid(repeated ? "multiple repeat" : "nothing to repeat");
                }
                at = minimum;
                lazyOrPossessive();
                repeatable = false;
                repeated = true;
                continue;
            }
            repeated = false;
            repeatable = atom(c);
        }
        depth--;
    }

    private boolean skipped(char c) {
        if (c == '#') {
            while (at < source.length() && source.charAt(at) != '\n') {
                at++;
            }
            return true;
        }
        if (" \t\n\r\f\u000b".indexOf(c) >= 0) {
            at++;
            return true;
        }
        return false;
    }

    /** Writes a repetition that stands here; the place after it, or 0 if there is none. */
    private int repetition() throws Unusable {
        char c = source.charAt(at);
        if (c == '*' || c == '+' || c == '?') {
            pending = String.valueOf(c);
            return at + 1;
        }
        if (c != '{') {
            return 0;
        }
        int end = source.indexOf('}', at);
        String body = end < 0 ? "" : source.substring(at + 1, end);
        if (body.isEmpty() || !body.matches("[0-9]*(,[0-9]*)?")) {
            return 0;
        }
        String low = body.contains(",") ? body.substring(0, body.indexOf(',')) : body;
        String high = body.contains(",") ? body.substring(body.indexOf(',') + 1) : body;
        if (low.length() > 9 || high.length() > 9) {
            throw new Unusable("repeats something more often than Java can count");
        }
        if (!low.isEmpty() && !high.isEmpty() && Integer.parseInt(low) > Integer.parseInt(high)) {
            throw invalid("min repeat greater than max repeat");
        }
        String from = low.isEmpty() ? "0" : low;
        pending = body.contains(",") ? "{" + from + "," + high + "}" : "{" + from + "}";
        return end + 1;
    }

    private void lazyOrPossessive() {
        out.append(pending);
        if (at < source.length() && (source.charAt(at) == '?' || source.charAt(at) == '+')) {
            out.append(source.charAt(at++));
        }
    }

    /** One thing that is no repetition. Whether it can be repeated. */
    private boolean atom(char c) throws Unusable {
        switch (c) {
            case '\\' -> {
                return escape(false);
            }
            case '[' -> characterClass();
            case '(' -> {
                return group();
            }
            case '^', '$', '|' -> {
                out.append(c);
                at++;
                return false;
            }
            case '{', '}', ']' -> {
                out.append('\\').append(c);
                at++;
            }
            case '#', ' ', '\t', '\n', '\r', '\f' -> {
                out.append(c);
                at++;
            }
            default -> {
                out.appendCodePoint(source.codePointAt(at));
                at += Character.charCount(source.codePointAt(at));
            }
        }
        return true;
    }

    private boolean group() throws Unusable {
        int start = at;
        at++;
        if (!source.startsWith("?", at)) {
            capture("(", start);
            return true;
        }
        at++;
        String rest = source.substring(at);
        if (rest.startsWith("P<")) {
            int end = rest.indexOf('>');
            String name = end < 0 ? "" : rest.substring(2, end);
            at += Math.max(0, end) + 1;
            capture("(?<" + define(name) + ">", start);
            return true;
        }
        if (rest.startsWith("P=")) {
            int end = rest.indexOf(')');
            String name = names.get(end < 0 ? "" : rest.substring(2, end));
            if (name == null) {
                throw invalid("unknown group name");
            }
            at += end + 1;
            out.append("\\k<").append(name).append('>');
            return true;
        }
        if (rest.startsWith("#")) {
            int end = rest.indexOf(')');
            if (end < 0) {
                throw invalid("missing ), unterminated comment");
            }
            at += end + 1;
            return out.length() > 0; // what stands before may still be repeated
        }
        if (rest.startsWith("(")) {
            throw new Unusable("has a condition (?(...)yes|no), which has no equal here");
        }
        for (String opening : new String[] {"<=", "<!", "=", "!", ":", ">"}) {
            if (rest.startsWith(opening)) {
                at += opening.length();
                out.append("(?").append(opening);
                close(start);
                return true;
            }
        }
        scopedFlags(rest, start);
        return true;
    }

    private void scopedFlags(String rest, int start) throws Unusable {
        int colon = 0;
        while (colon < rest.length() && "aiLmsux-".indexOf(rest.charAt(colon)) >= 0) {
            colon++;
        }
        if (colon > 0 && colon < rest.length() && rest.charAt(colon) == ')') {
            throw invalid("global flags not at the start of the expression");
        }
        String flags = rest.substring(0, colon).toLowerCase(Locale.ROOT);
        if (colon == 0
                || colon == rest.length()
                || rest.charAt(colon) != ':'
                || rest.substring(0, colon).contains("L")) {
            throw invalid("unknown extension ?" + (rest.startsWith("<") ? "<" : ""));
        }
        boolean twice = flags.matches(".*([imsx]).*-.*\\1.*") || (flags.contains("a") && flags.contains("u"));
        if (!flags.matches("[aimsux]*(-[imsx]+)?") || twice) {
            throw invalid("bad inline flags");
        }
        int minus = flags.indexOf('-') < 0 ? flags.length() : flags.indexOf('-');
        String on = flags.substring(0, minus);
        String off = flags.substring(minus);
        boolean outerVerbose = verbose;
        boolean outerAscii = ascii;
        verbose = on.contains("x") || (verbose && !off.contains("x"));
        boolean switched = on.contains("a") || on.contains("u");
        ascii = switched ? on.contains("a") : ascii;
        String added = on.replaceAll("[aux]", "") + (switched && !ascii ? "U" : on.contains("i") && !ascii ? "u" : "");
        String removed = off.replaceAll("[-x]", "") + (switched && ascii ? "U" : "");
        out.append("(?")
                .append(added)
                .append(removed.isEmpty() ? "" : "-" + removed)
                .append(':');
        at += colon + 1;
        close(start);
        verbose = outerVerbose;
        ascii = outerAscii;
    }

    private void capture(String opening, int start) throws Unusable {
        int number = ++groups;
        open.add(number);
        out.append(opening);
        close(start);
        open.remove(number);
    }

    private void close(int start) throws Unusable {
        alternatives();
        if (at >= source.length()) {
            at = start;
            throw invalid("missing ), unterminated subpattern");
        }
        out.append(')');
        at++;
    }

    /** Java's names have letters and digits only. */
    private String define(String name) throws Unusable {
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
            throw invalid("bad character in group name");
        }
        String java = name.matches("[A-Za-z][A-Za-z0-9]*") ? name : "group" + (groups + 1) + "x";
        if (names.putIfAbsent(name, java) != null) {
            throw invalid("redefinition of group name");
        }
        return java;
    }

    private void characterClass() throws Unusable {
        int start = at;
        out.append('[');
        at++;
        if (source.startsWith("^", at)) {
            out.append('^');
            at++;
        }
        boolean first = true;
        while (at < source.length() && (first || source.charAt(at) != ']')) {
            first = false;
            boolean category = classItem();
            if (source.startsWith("-", at) && at + 1 < source.length() && source.charAt(at + 1) != ']') {
                out.append('-');
                at++;
                boolean categoryToo = classItem();
                if (category || categoryToo) {
                    throw invalid("bad character range");
                }
            }
        }
        if (at >= source.length()) {
            at = start;
            throw invalid("unterminated character set");
        }
        out.append(']');
        at++;
    }

    /** One character of a class, or a category such as {@code \\d}; true for a category. */
    private boolean classItem() throws Unusable {
        char c = source.charAt(at);
        if (c == '\\') {
            boolean category = at + 1 < source.length() && "dDsSwW".indexOf(source.charAt(at + 1)) >= 0;
            boolean unused = escape(true);
            return category;
        }
        int point = source.codePointAt(at);
        out.append("[]&^#-".indexOf(c) >= 0 ? "\\" : "").appendCodePoint(point);
        at += Character.charCount(point);
        return false;
    }

    /** What a backslash begins. Whether it can be repeated. */
    private boolean escape(boolean inClass) throws Unusable {
        if (at + 1 >= source.length()) {
            throw invalid("bad escape (end of pattern)");
        }
        char c = source.charAt(at + 1);
        int start = at;
        at += 2;
        switch (c) {
            case 'd', 'D', 's', 'S', 'w', 'W' -> {
                unicode |= !ascii;
                out.append('\\').append(c);
                return true;
            }
            case 'b', 'B', 'A', 'Z' -> {
                if (inClass) {
                    if (c != 'b') {
                        throw badEscape(start, c);
                    }
                    out.append("\\x08");
                    return true;
                }
                unicode |= (c == 'b' || c == 'B') && !ascii;
                out.append(c == 'Z' ? "\\z" : "\\" + c);
                return false;
            }
            case 'a', 'f', 'n', 'r', 't' -> out.append('\\').append(c);
            case 'v' -> out.append("\\x0b");
            case 'x' -> hexadecimal(start, c, 2);
            case 'u' -> hexadecimal(start, c, 4);
            case 'U' -> hexadecimal(start, c, 8);
            case 'N' -> named(start);
            default -> other(start, c, inClass);
        }
        return true;
    }

    private void other(int start, char c, boolean inClass) throws Unusable {
        if (c >= '0' && c <= '9') {
            number(start, inClass);
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            throw badEscape(start, c);
        } else {
            at = start + 1;
            int point = source.codePointAt(at);
            out.append(point < 128 ? "\\" : "").appendCodePoint(point);
            at += Character.charCount(point);
        }
    }

    /** An octal number, or what a group has found. */
    private void number(int start, boolean inClass) throws Unusable {
        int end = start + 1;
        while (end < source.length() && end < start + 4 && isOctal(source.charAt(end))) {
            end++;
        }
        boolean octal = inClass || source.charAt(start + 1) == '0' || end == start + 4;
        if (octal) {
            if (end == start + 1) {
                throw badEscape(start, source.charAt(start + 1));
            }
            int value = Integer.parseInt(source.substring(start + 1, end), 8);
            if (value > 0377) {
                throw invalid("octal escape value outside of range 0-0o377");
            }
            out.append(String.format("\\x%02x", value));
            at = end;
            return;
        }
        end = start + 2;
        if (end < source.length() && Character.isDigit(source.charAt(end)) && source.charAt(end) < 128) {
            end++;
        }
        int group = Integer.parseInt(source.substring(start + 1, end));
        if (group > groups) {
            throw invalid("invalid group reference");
        }
        if (open.contains(group)) {
            throw invalid("cannot refer to an open group");
        }
        out.append("(?:\\").append(group).append(')'); // so that no digit behind it becomes a part of it
        at = end;
    }

    private void hexadecimal(int start, char c, int digits) throws Unusable {
        int end = at + digits;
        if (end > source.length() || !source.substring(at, end).matches("[0-9a-fA-F]+")) {
            throw badEscape(start, c);
        }
        long point = Long.parseLong(source.substring(at, end), 16);
        if (point > Character.MAX_CODE_POINT) {
            throw badEscape(start, c);
        }
        out.append(String.format("\\x{%x}", point));
        at = end;
    }

    private void named(int start) throws Unusable {
        int end = source.indexOf('}', at);
        if (!source.startsWith("{", at) || end < 0) {
            throw badEscape(start, 'N');
        }
        try {
            out.append(String.format("\\x{%x}", Character.codePointOf(source.substring(at + 1, end))));
        } catch (IllegalArgumentException e) {
            throw invalid("undefined character name");
        }
        at = end + 1;
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }

    private Unusable badEscape(int start, char c) {
        at = start;
        return invalid("bad escape \\" + c);
    }

    private Unusable invalid(String why) {
        return new Unusable("is not a valid regular expression: " + why + " at position " + at);
    }

    /** What Python does not compile, or Java cannot do. The message follows the name of the option and shows no value. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }
}
