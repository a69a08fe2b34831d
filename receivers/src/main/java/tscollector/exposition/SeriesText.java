package tscollector.exposition;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the value of a sample line: the name and the labels, as places in the body. Reads one after the other
 * without making anything; a cursor, not thread-safe.
 */
final class SeriesText {
    private static final int PLACES = 4; // per label: name from, name to, value from, value to

    private final int labelLimit;
    private int[] places = new int[PLACES * 8];
    private int labels;
    private int nameFrom;
    private int nameTo;
    private int end;
    private @Nullable LineError error;

    SeriesText(int labelLimit) {
        this.labelLimit = labelLimit;
    }

    /**
     * Reads name and labels and the blanks after them.
     *
     * @param from the first byte that is no blank
     * @param to the end of the line
     * @return whether they can be read; if not, {@link #error} says why and {@link #end} where
     */
    boolean read(byte[] body, int from, int to) {
        labels = 0;
        error = null;
        nameFrom = from;
        nameTo = skipName(body, from, to, true);
        int at = skipBlanks(body, nameTo, to);
        if (nameTo == from || (at == nameTo && at < to && body[at] != '{')) {
            return fail(LineError.BAD_NAME, nameTo);
        }
        if (at < to && body[at] == '{') {
            at = readLabels(body, at + 1, to);
            if (error != null) {
                return false;
            }
        }
        end = skipBlanks(body, at, to);
        return true;
    }

    /** Where the value begins, or where the error is. */
    int end() {
        return end;
    }

    /** Only after {@link #read} said no. */
    LineError error() {
        return error == null ? LineError.BAD_NAME : error;
    }

    int labelCount() {
        return labels;
    }

    int nameFrom() {
        return nameFrom;
    }

    int nameTo() {
        return nameTo;
    }

    int labelNameFrom(int label) {
        return places[PLACES * label];
    }

    int labelNameTo(int label) {
        return places[PLACES * label + 1];
    }

    /** The first byte inside the quotes. */
    int labelValueFrom(int label) {
        return places[PLACES * label + 2];
    }

    /** The closing quote. */
    int labelValueTo(int label) {
        return places[PLACES * label + 3];
    }

    /** From behind the opening brace to behind the closing one; with {@link #error} set if that cannot be read. */
    private int readLabels(byte[] body, int from, int to) {
        int at = skipBlanks(body, from, to);
        while (at < to && body[at] != '}') {
            at = readLabel(body, at, to);
            if (error != null) {
                return at;
            }
            at = skipBlanks(body, at, to);
            if (at < to && body[at] == ',') {
                at = skipBlanks(body, at + 1, to); // a comma after the last label is how simpleclient writes
            } else if (at < to && body[at] != '}') {
                fail(LineError.BAD_LABEL_VALUE, at);
                return at;
            }
        }
        if (at >= to) {
            fail(LineError.BAD_LABEL_NAME, at);
            return at;
        }
        return at + 1;
    }

    private int readLabel(byte[] body, int from, int to) {
        int labelTo = skipName(body, from, to, false);
        int equals = skipBlanks(body, labelTo, to);
        if (labelTo == from || equals >= to || body[equals] != '=') {
            fail(LineError.BAD_LABEL_NAME, equals);
            return equals;
        }
        int quote = skipBlanks(body, equals + 1, to);
        if (quote >= to || body[quote] != '"') {
            fail(LineError.BAD_LABEL_VALUE, quote);
            return quote;
        }
        int close = closingQuote(body, quote + 1, to);
        if (close >= to) {
            fail(LineError.BAD_LABEL_VALUE, quote);
        } else if (labels >= labelLimit) {
            fail(LineError.TOO_MANY_LABELS, from);
        } else if (isKnown(body, from, labelTo)) {
            fail(LineError.DUPLICATE_LABEL, from);
        } else {
            remember(from, labelTo, quote + 1, close);
        }
        return close + 1;
    }

    private void remember(int labelFrom, int labelTo, int valueFrom, int valueTo) {
        if (PLACES * labels == places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        int at = PLACES * labels++;
        places[at] = labelFrom;
        places[at + 1] = labelTo;
        places[at + 2] = valueFrom;
        places[at + 3] = valueTo;
    }

    private boolean isKnown(byte[] body, int from, int to) {
        for (int label = 0; label < labels; label++) {
            if (Arrays.equals(body, from, to, body, labelNameFrom(label), labelNameTo(label))) {
                return true;
            }
        }
        return false;
    }

    private boolean fail(LineError reason, int at) {
        error = reason;
        end = at;
        return false;
    }

    private static int closingQuote(byte[] body, int from, int to) {
        int at = from;
        while (at < to && body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    static int skipBlanks(byte[] body, int from, int to) {
        int at = from;
        while (at < to && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        return at;
    }

    /**
     * The end of the name that begins at {@code from}: letters, underscores, and digits after the first; in metric names colons, and
     * after the first also dashes and dots, which the format forbids but hand-made expositions have.
     */
    static int skipName(byte[] body, int from, int to, boolean metric) {
        int at = from;
        while (at < to && isNameByte(body[at], at > from, metric)) {
            at++;
        }
        return at;
    }

    private static boolean isNameByte(byte b, boolean inside, boolean metric) {
        int letter = b | 0x20;
        return (letter >= 'a' && letter <= 'z')
                || b == '_'
                || (inside && b >= '0' && b <= '9')
                || (metric && (b == ':' || (inside && (b == '-' || b == '.'))));
    }
}
