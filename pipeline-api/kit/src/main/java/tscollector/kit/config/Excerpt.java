package tscollector.kit.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line a mistake stands on, with its number and carets below, without anything secret. */
final class Excerpt {
    private static final String MASK = "****";
    /** Longest part of a line that is shown. */
    private static final int WIDTH = 120;

    private static final int BEFORE_CARET = 40;
    /** User and password of an address; a password may hold what should have been written %20 or %2F. */
    private static final Pattern USER_INFO =
            Pattern.compile("(?<=://)[^\\s/@:]*:[^@\"'\\r\\n]*@(?:[^\\s/@\"']*@)*|(?<=://)[^\\s/]+@");
    /** The same where the scheme was forgotten, which a mistake may be about; a text of another kind may look so, too. */
    private static final Pattern PERHAPS_USER_INFO =
            Pattern.compile(USER_INFO + "|(?<![^\\s\"'])[^\\s:/@\"']+:(?!//)[^\\s@\"']+@");
    /** The value of a parameter in an address, if the parameter's name says that it is a secret. */
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?i)(?<=[?&][\\w.-]{0,20}(?:key|tok|secret|passw|pwd|auth|sig|cred)[\\w.-]{0,20}=)[^&#\\s\"']+");
    /** What follows a key, in a text whose structure is not known. */
    private static final Pattern AFTER_KEY = Pattern.compile("(?<=:\\s)\\s*\\S.*|(?<==)\\S.*");

    private Excerpt() {}

    /** Two lines, each ended by a line feed; nothing where the source has no such line. */
    static String of(Place place) {
        YamlSource source = place.source();
        if (!source.hasLine(place.line())) {
            return "";
        }
        int[] line = source.line(place.line()).codePoints().toArray();
        boolean[] hidden = hidden(source, place.line(), line);
        StringBuilder shown = new StringBuilder();
        StringBuilder carets = new StringBuilder();
        int first = place.column() - 1;
        int from =
                line.length > WIDTH && first > WIDTH - BEFORE_CARET ? Math.min(first, line.length) - BEFORE_CARET : 0;
        int to = Math.min(line.length, from + WIDTH);
        append(from > 0 ? "..." : "", false, shown, carets);
        for (int i = from; i < to; i++) {
            boolean meant = i >= first && i < first + place.length();
            if (!hidden[i]) {
                append(Character.toString(printable(line[i])), meant, shown, carets);
            } else if (i == from || !hidden[i - 1]) {
                append(MASK, meantWithin(hidden, i, first, place.length()), shown, carets);
            }
        }
        append(to < line.length ? "..." : "", false, shown, carets);
        if (carets.indexOf("^") < 0) {
            carets.setLength(0);
            carets.append(" ".repeat(shown.length())).append('^');
        }
        return String.format(
                        "%5d | %s%n      | %s%n",
                        place.line(), shown, carets.toString().stripTrailing())
                .replace("\r\n", "\n");
    }

    /** Text without anything that would change how a terminal shows it. */
    static String withoutControlCharacters(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(printable(c)));
        return clean.toString();
    }

    /** The same text without users, passwords and the like in its addresses. */
    static String withoutUserInfo(String text) {
        return withoutParameters(USER_INFO.matcher(text).replaceAll(MASK + "@"));
    }

    /** The same for the text of a mistake: also without what looks so in an address whose scheme was forgotten. */
    static String withoutAnyUserInfo(String text) {
        return withoutParameters(PERHAPS_USER_INFO.matcher(text).replaceAll(MASK + "@"));
    }

    private static String withoutParameters(String text) {
        return SECRET_PARAMETER.matcher(text).replaceAll(MASK);
    }

    private static void append(String text, boolean meant, StringBuilder shown, StringBuilder carets) {
        shown.append(text);
        carets.append((meant ? "^" : " ").repeat(text.codePointCount(0, text.length())));
    }

    private static boolean meantWithin(boolean[] hidden, int start, int first, int length) {
        for (int i = start; i < hidden.length && hidden[i]; i++) {
            if (i >= first && i < first + length) {
                return true;
            }
        }
        return false;
    }

    private static boolean[] hidden(YamlSource source, int number, int[] line) {
        boolean[] hidden = new boolean[line.length];
        for (YamlSource.Span span : source.hidden()) {
            if (number < span.line() || number > span.endLine()) {
                continue;
            }
            int from = number == span.line() ? span.column() - 1 : indent(line);
            int to = number == span.endLine() ? span.endColumn() - 1 : line.length;
            fill(hidden, from, to);
        }
        String text = source.line(number);
        hideMatches(PERHAPS_USER_INFO, text, hidden, 1);
        hideMatches(SECRET_PARAMETER, text, hidden, 0);
        if (!source.isReadable()) {
            hideUnstructured(text, hidden);
        }
        return hidden;
    }

    /** A line of a text that is no YAML: only keys and marks are shown. */
    private static void hideUnstructured(String text, boolean[] hidden) {
        Matcher matcher = AFTER_KEY.matcher(text);
        if (matcher.find()) {
            int from = text.codePointCount(0, matcher.start());
            while (from < hidden.length && Character.isWhitespace(text.codePointAt(text.offsetByCodePoints(0, from)))) {
                from++;
            }
            fill(hidden, from, hidden.length);
        } else if (!text.stripTrailing().endsWith(":")) {
            String start = text.stripLeading();
            int indent = text.codePointCount(0, text.length() - start.length());
            fill(hidden, start.startsWith("- ") ? indent + 2 : indent, start.length() > 3 ? hidden.length : 0);
        }
    }

    private static void hideMatches(Pattern pattern, String text, boolean[] hidden, int keepAtEnd) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            fill(hidden, text.codePointCount(0, matcher.start()), text.codePointCount(0, matcher.end() - keepAtEnd));
        }
    }

    private static int indent(int[] line) {
        int indent = 0;
        while (indent < line.length && line[indent] == ' ') {
            indent++;
        }
        return indent;
    }

    private static void fill(boolean[] hidden, int from, int to) {
        for (int i = Math.max(0, from); i < Math.min(hidden.length, to); i++) {
            hidden[i] = true;
        }
    }

    private static int printable(int c) {
        if (c == '\t' || c == '\n' || c == '\r') {
            return ' ';
        }
        int type = Character.getType(c);
        boolean invisible = type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        return invisible ? '\uFFFD' : c;
    }
}
