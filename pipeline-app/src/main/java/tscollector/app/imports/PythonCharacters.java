package tscollector.app.imports;

import tscollector.app.imports.PythonRegex.Unusable;

/** The parts of a Python expression that stand for one character, and what else a backslash begins. */
final class PythonCharacters {
    private static final String DECIMAL = "0123456789";
    private static final String OCTAL = "01234567";
    private static final int LONGEST_OCTAL = 3;
    private static final int LONGEST_REFERENCE = 2;
    private static final int MOST_OCTAL = 0377;

    /** What stands at a border between words of ASCII letters: before it and behind it. Java's own has other letters, too. */
    private static final String BEHIND = "(?<=[a-zA-Z0-9_])";

    private static final String NOT_BEHIND = "(?<![a-zA-Z0-9_])";
    private static final String BEFORE = "(?=[a-zA-Z0-9_])";
    private static final String NOT_BEFORE = "(?![a-zA-Z0-9_])";
    private static final String ASCII_BORDER = "(?:" + BEHIND + NOT_BEFORE + "|" + NOT_BEHIND + BEFORE + ")";
    /** In an empty text there is neither a border nor none. */
    private static final String NO_ASCII_BORDER =
            "(?:" + BEHIND + BEFORE + "|(?!\\A\\z)" + NOT_BEHIND + NOT_BEFORE + ")";

    private final PythonText text;
    private final PythonFlags flags;
    private final PythonGroups groups;
    private final StringBuilder out;

    /** @param out what the translation is written to */
    PythonCharacters(PythonText text, PythonFlags flags, PythonGroups groups, StringBuilder out) {
        this.text = text;
        this.flags = flags;
        this.groups = groups;
        this.out = out;
    }

    /** What square brackets hold. */
    void characterClass() throws Unusable {
        int start = text.at();
        out.append('[');
        text.skip(1);
        if (text.has('^')) {
            out.append('^');
            text.skip(1);
        }
        boolean first = true;
        while (!text.isAtEnd() && (first || !text.has(']'))) {
            first = false;
            boolean category = classItem();
            if (text.has('-') && text.left() > 1 && !text.has(']', 1)) {
                out.append('-');
                text.skip(1);
                boolean categoryToo = classItem();
                if (category || categoryToo) {
                    throw text.invalid("bad character range");
                }
            }
        }
        if (text.isAtEnd()) {
            throw text.invalid("unterminated character set", start);
        }
        out.append(']');
        text.skip(1);
    }

    /** What a backslash begins. Whether it can be repeated. */
    boolean escape() throws Unusable {
        return escape(false);
    }

    /** One character of a class, or a category such as {@code \\d}; true for a category. */
    private boolean classItem() throws Unusable {
        if (text.has('\\')) {
            boolean category = text.hasAny("dDsSwW", 1);
            boolean unused = escape(true);
            return category;
        }
        out.append(text.hasAny("[]&^#-", 0) ? "\\" : "").appendCodePoint(text.read());
        return false;
    }

    private boolean escape(boolean inClass) throws Unusable {
        if (text.left() < 2) {
            throw text.invalid("bad escape (end of pattern)");
        }
        int start = text.at();
        text.skip(1);
        char c = text.next();
        text.skip(1);
        switch (c) {
            case 'd', 'D', 's', 'S', 'w', 'W' -> {
                flags.categoryRead();
                out.append('\\').append(c);
            }
            case 'b', 'B', 'A', 'Z' -> {
                return boundary(start, c, inClass);
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

    /** A place between characters, or in a class the one that {@code \b} means there. */
    private boolean boundary(int start, char c, boolean inClass) throws Unusable {
        if (inClass) {
            if (c != 'b') {
                throw badEscape(start, c);
            }
            out.append("\\x08");
            return true;
        }
        if (flags.isAscii() && (c == 'b' || c == 'B')) {
            out.append(c == 'b' ? ASCII_BORDER : NO_ASCII_BORDER);
            return false;
        }
        if (c == 'b' || c == 'B') {
            flags.categoryRead();
        }
        out.append(c == 'Z' ? "\\z" : "\\" + c);
        return false;
    }

    private void other(int start, char c, boolean inClass) throws Unusable {
        if (c >= '0' && c <= '9') {
            text.moveTo(start + 1);
            number(start, inClass);
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            throw badEscape(start, c);
        } else {
            text.moveTo(start + 1);
            int point = text.read();
            out.append(point < 128 ? "\\" : "").appendCodePoint(point);
        }
    }

    /** An octal number, or what a group has found. */
    private void number(int start, boolean inClass) throws Unusable {
        int digits = Math.min(LONGEST_OCTAL, text.count(OCTAL, 0));
        if (inClass || text.has('0') || digits == LONGEST_OCTAL) {
            octal(start, digits);
            return;
        }
        String number = text.ahead(Math.min(LONGEST_REFERENCE, text.count(DECIMAL, 0)));
        text.moveTo(start + 2);
        groups.checkReference(Integer.parseInt(number), text);
        text.moveTo(start + 1 + number.length());
        out.append("(?:\\").append(number).append(')'); // so that no digit behind it becomes a part of it
    }

    private void octal(int start, int digits) throws Unusable {
        if (digits == 0) {
            throw badEscape(start, text.next());
        }
        int value = Integer.parseInt(text.ahead(digits), 8);
        if (value > MOST_OCTAL) {
            text.moveTo(start + 2);
            throw text.invalid("octal escape value outside of range 0-0o377");
        }
        text.skip(digits);
        out.append(String.format("\\x%02x", value));
    }

    private void hexadecimal(int start, char c, int digits) throws Unusable {
        String number = text.ahead(digits);
        if (!number.matches("[0-9a-fA-F]{" + digits + "}")) {
            throw badEscape(start, c);
        }
        long point = Long.parseLong(number, 16);
        if (point > Character.MAX_CODE_POINT) {
            throw badEscape(start, c);
        }
        out.append(String.format("\\x{%x}", point));
        text.skip(digits);
    }

    private void named(int start) throws Unusable {
        int end = text.distance('}');
        if (!text.has('{') || end < 0) {
            throw badEscape(start, 'N');
        }
        try {
            int point = Character.codePointOf(text.ahead(end).substring(1));
            out.append(String.format("\\x{%x}", point));
        } catch (IllegalArgumentException e) {
            throw text.invalid("undefined character name");
        }
        text.skip(end + 1);
    }

    private Unusable badEscape(int start, char c) {
        return text.invalid("bad escape \\" + c, start);
    }
}
