package tscollector.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one exposition from bytes. Input: any bytes at all; text 0.0.4, or OpenMetrics 1.0 when told so. Output: places and values
 * of the samples, the families' declarations, and what could not be read. Never throws; what it holds is bounded by the limits.
 * Not thread-safe; one may read many bodies, one after the other.
 */
final class ExpositionParser {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    /** How the content type of OpenMetrics text begins. */
    static final String OPEN_METRICS = "application/openmetrics-text";

    private final ExpositionLimits limits;
    private final List<Pattern> filters;
    private final boolean inOrder;
    private final SeriesText series;
    private final NumberReader number = new NumberReader();

    // Where the parser stands; the body's own as long as one is read.
    private ScannedExposition scan = new ScannedExposition(new byte[0]);
    private byte[] body = new byte[0];
    private boolean openMetrics;
    private @Nullable StretchReader stretches;
    private int line;
    private int lineFrom;

    ExpositionParser(ExpositionLimits limits) {
        this(limits, List.of(), false);
    }

    /**
     * A parser with settings.
     *
     * @param filters lines in which one of them is found are left out
     * @param inOrder whether text 0.0.4 is read by {@link FamiliesInOrder}
     */
    ExpositionParser(ExpositionLimits limits, List<Pattern> filters, boolean inOrder) {
        this.limits = limits;
        this.filters = filters;
        this.inOrder = inOrder;
        this.series = new SeriesText(limits.labelLimit());
    }

    /**
     * Whether a body is OpenMetrics text, where times are seconds: by its content type, or by its last line.
     *
     * @param contentType as the server said it, or null
     */
    static boolean isOpenMetrics(@Nullable String contentType, byte[] body) {
        return (contentType != null && contentType.startsWith(OPEN_METRICS)) || endsWithEof(body);
    }

    /** Whether the body's last line is that of OpenMetrics text. */
    static boolean endsWithEof(byte[] body) {
        int to = body.length;
        while (to > 0 && (body[to - 1] == '\n' || body[to - 1] == '\r')) {
            to--;
        }
        byte[] eof = {'#', ' ', 'E', 'O', 'F'};
        int from = to - eof.length;
        return from >= 0 && Arrays.equals(body, from, to, eof, 0, eof.length) && (from == 0 || body[from - 1] == '\n');
    }

    /** Reads a whole body, or as much of it as the limits allow. */
    ScannedExposition parse(byte[] text, boolean isOpenMetrics) {
        body = text;
        openMetrics = isOpenMetrics;
        scan = new ScannedExposition(text);
        stretches = inOrder && !isOpenMetrics ? scan.followOrder() : null;
        if (!filters.isEmpty()) {
            scan.markNotPlain(); // a filter may look at values
        }
        line = 0;
        lineFrom = 0;
        while (lineFrom < body.length && !scan.isOverLimit()) {
            line++;
            int newline = endOfLine(lineFrom);
            int to = newline > lineFrom && body[newline - 1] == '\r' ? newline - 1 : newline;
            readLine(to);
            lineFrom = newline + 1;
        }
        ScannedExposition result = scan;
        body = new byte[0]; // nothing of it is kept
        scan = new ScannedExposition(body);
        return result;
    }

    private int endOfLine(int from) {
        int at = from;
        while (at < body.length && body[at] != '\n') {
            at++;
        }
        return at;
    }

    private void readLine(int to) {
        int from = SeriesText.skipBlanks(body, lineFrom, to);
        if (from == to) {
            return;
        }
        if (to - lineFrom > limits.lineLengthLimit().bytes()) {
            fail(LineError.LINE_TOO_LONG, lineFrom);
        } else if (isFiltered(to)) {
            scan.countFilteredLine();
        } else if (body[from] == '#') {
            readComment(from + 1, to);
        } else {
            readSample(from, to);
        }
    }

    private boolean isFiltered(int to) {
        if (filters.isEmpty()) {
            return false;
        }
        String text = text(lineFrom, to);
        for (Pattern filter : filters) {
            if (filter.matcher(text).find()) {
                return true;
            }
        }
        return false;
    }

    private void readSample(int from, int to) {
        if (!series.read(body, from, to)) {
            fail(series.error(), series.end());
            return;
        }
        int valueFrom = series.end();
        int valueTo = endOfToken(valueFrom, to);
        if (valueFrom == valueTo) {
            fail(LineError.MISSING_VALUE, valueFrom);
        } else if (!number.read(body, valueFrom, valueTo)) {
            fail(LineError.BAD_VALUE, valueFrom);
        } else {
            readRest(from, valueFrom, valueTo, number.value(), to);
        }
    }

    /** What may follow the value: a time, an exemplar, both. */
    private void readRest(int from, int valueFrom, int valueTo, double value, int to) {
        int at = SeriesText.skipBlanks(body, valueTo, to);
        long time = ScannedExposition.NO_TIME;
        if (at < to) {
            scan.markNotPlain();
            if (body[at] != '#') {
                int timeTo = endOfToken(at, to);
                time = readTime(at, timeTo);
                if (time == ScannedExposition.NO_TIME) {
                    fail(LineError.BAD_TIMESTAMP, at);
                    return;
                }
                at = SeriesText.skipBlanks(body, timeTo, to);
            }
            if (at < to && body[at] != '#') {
                fail(LineError.TRAILING_TEXT, at);
                return;
            }
        }
        if (scan.size() == limits.sampleLimit()) {
            scan.markOverLimit();
        } else {
            scan.add(from, valueFrom, valueTo, value, time);
            if (stretches != null) {
                stretches.sample(text(series.nameFrom(), series.nameTo()));
            }
        }
    }

    /** Milliseconds in text 0.0.4, seconds with a fraction in OpenMetrics; {@code NO_TIME} if it is neither. */
    private long readTime(int from, int to) {
        if (!number.read(body, from, to)) {
            return ScannedExposition.NO_TIME;
        }
        double written = number.value();
        double nanos = openMetrics ? written * NANOS_PER_SECOND : written * NANOS_PER_MILLI;
        if (!(nanos >= 0) || nanos >= Long.MAX_VALUE) {
            return ScannedExposition.NO_TIME;
        }
        if (openMetrics) { // whole seconds apart from the fraction, or a double could not tell microseconds
            long seconds = (long) written;
            return seconds * 1_000_000_000L + Math.round((written - seconds) * NANOS_PER_SECOND);
        }
        return written == Math.rint(written) ? ((long) written) * NANOS_PER_MILLI : ScannedExposition.NO_TIME;
    }

    private void readComment(int from, int to) {
        int wordFrom = SeriesText.skipBlanks(body, from, to);
        int wordTo = endOfToken(wordFrom, to);
        boolean isRemark = stretches != null && wordFrom == from; // in order, #TYPE without a blank declares nothing
        String word = !isRemark && (wordTo - wordFrom == 3 || wordTo - wordFrom == 4) ? text(wordFrom, wordTo) : "";
        switch (word) {
            case "TYPE", "HELP", "UNIT" -> readDeclaration(word, SeriesText.skipBlanks(body, wordTo, to), to);
            case "EOF" -> scan.countComment();
            default -> {} // a remark for people
        }
    }

    private void readDeclaration(String word, int from, int to) {
        int nameTo = SeriesText.skipName(body, from, to, true);
        if (nameTo == from || (nameTo < to && body[nameTo] != ' ' && body[nameTo] != '\t')) {
            fail(LineError.BAD_DECLARATION, from);
            return;
        }
        String family = text(from, nameTo);
        Declaration known = scan.declarations().getOrDefault(family, Declaration.NONE);
        int restFrom = SeriesText.skipBlanks(body, nameTo, to);
        int restTo = word.equals("HELP") ? to : endOfToken(restFrom, to);
        String rest = text(restFrom, restTo);
        Declaration more;
        Object before;
        if (word.equals("TYPE")) {
            DeclaredType type = DeclaredType.ofWord(rest);
            follow(family, type, null);
            if (type == null) {
                fail(LineError.UNKNOWN_TYPE, restFrom);
                return;
            }
            before = known.type();
            more = new Declaration(type, known.help(), known.unit());
        } else if (word.equals("HELP")) {
            follow(family, null, Escapes.resolve(rest));
            before = known.help();
            more = new Declaration(known.type(), Escapes.resolve(rest), known.unit());
        } else {
            before = known.unit();
            more = new Declaration(known.type(), known.help(), rest);
        }
        declare(family, before, known, more, from);
    }

    private void follow(String family, @Nullable DeclaredType type, @Nullable String help) {
        if (stretches == null) {
            return;
        }
        if (stretches.count() >= limits.sampleLimit()) {
            scan.markOverLimit();
        } else {
            stretches.declared(family, type, help);
        }
    }

    private void declare(String family, @Nullable Object before, Declaration known, Declaration more, int at) {
        scan.countComment();
        if (before != null) {
            if (!more.equals(known)) {
                fail(LineError.REPEATED_DECLARATION, at); // the first one counts
            }
        } else if (scan.declarations().size() >= limits.sampleLimit()
                && !scan.declarations().containsKey(family)) {
            scan.markOverLimit();
        } else {
            scan.declarations().put(family, more);
        }
    }

    private int endOfToken(int from, int to) {
        int at = from;
        while (at < to && body[at] != ' ' && body[at] != '\t') {
            at++;
        }
        return at;
    }

    private String text(int from, int to) {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    private void fail(LineError error, int at) {
        scan.errors().add(error, line, at - lineFrom + 1);
    }
}
