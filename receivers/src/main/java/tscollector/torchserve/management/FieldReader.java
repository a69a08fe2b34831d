package tscollector.torchserve.management;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the values of single fields and counts those that are not what they should be; each such field is as good as absent.
 * Null is absent and no mistake. Stands on the value before a call and on its last token after it.
 */
class FieldReader {
    /** Names, versions and URLs that anybody uses have less than 300. */
    private static final int LONGEST_TEXT = 4096;

    private static final int LONGEST_NUMBER = 40;

    private final JsonParser json;
    private int bad;

    FieldReader(JsonParser json) {
        this.json = json;
    }

    /** Fields so far that were not what they should be. */
    int bad() {
        return bad;
    }

    void countBad() {
        bad++;
    }

    @Nullable
    String text() {
        if (json.currentToken() == JsonToken.VALUE_STRING && json.getStringLength() <= LONGEST_TEXT) {
            return json.getString();
        }
        return absent();
    }

    /** A text, or a number as its text: ids are one or the other. */
    @Nullable
    String id() {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return json.getString();
        }
        return text();
    }

    /** A worker's pid as text; null if absent. */
    @Nullable
    String pid() {
        return id();
    }

    /** A finite number, also one in quotes; NaN if absent. */
    double number() {
        JsonToken token = json.currentToken();
        double value = Double.NaN;
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            value = parse(json.getString());
        } else if (token == JsonToken.VALUE_STRING && json.getStringLength() <= LONGEST_NUMBER) {
            value = parse(json.getString());
        }
        if (!Double.isFinite(value)) {
            absent();
            return Double.NaN;
        }
        return value;
    }

    /** A truth value, also one in quotes; false if absent. */
    boolean truth() {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        String word = token == JsonToken.VALUE_STRING ? json.getString() : "";
        if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
            return word.equalsIgnoreCase("true");
        }
        absent();
        return false;
    }

    /** Whether the value is of this kind; if not, it is skipped, and counted unless it is null. */
    boolean begins(JsonToken structure) {
        if (json.currentToken() == structure) {
            return true;
        }
        absent();
        return false;
    }

    private @Nullable String absent() {
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            bad++;
        }
        json.skipChildren();
        return null;
    }

    private static double parse(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
