package tscollector.exposition;

import java.util.Locale;

/** Why a line could not be read. Few on purpose: each is a counter of its own. */
enum LineError {
    BAD_NAME("does not begin with a metric name followed by a space or {"),
    BAD_LABEL_NAME("has no label name, or no = after it, where one is expected"),
    BAD_LABEL_VALUE("has a label value without its quotes"),
    DUPLICATE_LABEL("names a label twice"),
    TOO_MANY_LABELS("has more labels than label_limit"),
    MISSING_VALUE("has no value"),
    BAD_VALUE("has a value that is no number"),
    BAD_TIMESTAMP("has a timestamp that is no time"),
    TRAILING_TEXT("goes on after the timestamp"),
    LINE_TOO_LONG("is longer than line_length_limit"),
    BAD_DECLARATION("declares no family name"),
    UNKNOWN_TYPE("declares a type that is not known"),
    REPEATED_DECLARATION("declares a family differently from a line before it");

    private final String text;

    LineError(String text) {
        this.text = text;
    }

    /** What is wrong with the line, to follow its position in a sentence. */
    String text() {
        return text;
    }

    /** The reason as it is counted: {@code malformed line: bad value}. */
    String reason() {
        return "malformed line: " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
