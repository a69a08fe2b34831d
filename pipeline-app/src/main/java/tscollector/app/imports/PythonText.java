package tscollector.app.imports;

import tscollector.app.imports.PythonRegex.Unusable;

/** A Python expression and how far it has been read. Mistakes tell the position, as Python does. */
final class PythonText {
    private final String source;
    private int at;

    PythonText(String source) {
        this.source = source;
    }

    boolean isAtEnd() {
        return at >= source.length();
    }

    int at() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    void skip(int characters) {
        at += characters;
    }

    /** Moves to the next of these, or to the end. */
    void skipUntil(char c) {
        int distance = distance(c);
        at = distance < 0 ? source.length() : at + distance;
    }

    /** The character that is read next; there must be one. */
    char next() {
        return source.charAt(at);
    }

    /** The code point that is read next, and moves behind it. */
    int read() {
        int point = source.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }

    boolean has(char c) {
        return has(c, 0);
    }

    /** Whether the character stands this far ahead. */
    boolean has(char c, int ahead) {
        return at + ahead < source.length() && source.charAt(at + ahead) == c;
    }

    boolean has(String text) {
        return source.startsWith(text, at);
    }

    /** Whether one of the characters stands this far ahead. */
    boolean hasAny(String characters, int ahead) {
        return at + ahead < source.length() && characters.indexOf(source.charAt(at + ahead)) >= 0;
    }

    /** How many characters from here to this one; -1 if it does not follow. */
    int distance(char c) {
        int position = source.indexOf(c, at);
        return position < 0 ? -1 : position - at;
    }

    /** How many of these characters follow each other, beginning this far ahead. */
    int count(String characters, int ahead) {
        int length = 0;
        while (hasAny(characters, ahead + length)) {
            length++;
        }
        return length;
    }

    int left() {
        return source.length() - at;
    }

    /** The next characters, as far as there are any. */
    String ahead(int length) {
        return source.substring(at, Math.min(source.length(), at + length));
    }

    Unusable invalid(String why) {
        return invalid(why, at);
    }

    /** What Python says about an expression that it does not compile. */
    Unusable invalid(String why, int position) {
        return new Unusable("is not a valid regular expression: " + why + " at position " + position);
    }
}
