package tscollector.exporter.debug;

import io.opentelemetry.api.common.Attributes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How numbers, times and attributes read. Control characters never reach the terminal. */
final class Texts {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final MathContext FIFTEEN_DIGITS = new MathContext(15);
    private static final double LARGEST_WHOLE = 1e15; // beyond it a double has no digits behind the point to speak of

    private Texts() {}

    /** Time of day, in the machine's zone. */
    static String time(long epochNanos, ZoneId zone) {
        return CLOCK.format(Instant.ofEpochSecond(0, epochNanos).atZone(zone));
    }

    /**
     * The value as people write it: {@code 3}, {@code 0.25}, {@code 1.7E300}. To 15 digits: beyond them stands only what adding binary
     * fractions leaves, as in 0.30000000000000004.
     */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
            return Long.toString((long) value);
        }
        if (Double.isFinite(value) && Math.abs(value) >= 1e-6 && Math.abs(value) < LARGEST_WHOLE) {
            return new BigDecimal(value, FIFTEEN_DIGITS).stripTrailingZeros().toPlainString();
        }
        return Double.toString(value);
    }

    /** {@code a=1 b=two}, in the order of the attributes; a text with spaces in quotes. */
    static String attributes(Attributes attributes) {
        StringBuilder text = new StringBuilder();
        attributes.forEach((key, value) -> {
            if (text.length() > 0) {
                text.append(' ');
            }
            String shown = clean(value.toString());
            boolean quoted = shown.isEmpty() || shown.indexOf(' ') >= 0;
            text.append(clean(key.getKey())).append('=').append(quoted ? '"' + shown + '"' : shown);
        });
        return text.toString();
    }

    /** The text with control characters replaced: what a server sends must not drive somebody's terminal. */
    static String clean(String text) {
        StringBuilder cleaned = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                if (cleaned == null) {
                    cleaned = new StringBuilder(text.length() + 8).append(text, 0, i);
                }
                cleaned.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else if (cleaned != null) {
                cleaned.append(c);
            }
        }
        return cleaned == null ? text : cleaned.toString();
    }

    static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    static String right(String text, int width) {
        return text.length() >= width ? text : " ".repeat(width - text.length()) + text;
    }
}
