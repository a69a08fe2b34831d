package tscollector.kit.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the Collector writes them: {@code 500ms}, {@code 15s}, {@code 1h30m}, {@code 1.5s}. */
public final class DurationText {
    /** The form, for the JSON schema too. */
    static final String FORM = "-?([0-9]+(\\.[0-9]+)?(ns|us|\u00B5s|ms|s|m|h))+";

    private static final Pattern WHOLE = Pattern.compile(FORM);
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|\u00B5s|ms|s|m|h)");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final int LONGEST = 60;
    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00B5s", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private DurationText() {}

    /**
     * Reads what a user wrote.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static Duration parse(String text) {
        if (text.length() <= LONGEST && NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("needs a unit, such as " + text + "s or " + text + "ms");
        }
        if (text.length() > LONGEST || !WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a duration such as 500ms, 15s or 1h30m");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            nanos = nanos.add(
                    new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L))));
        }
        if (nanos.compareTo(GREATEST) > 0) {
            throw new IllegalArgumentException("must be a duration below 292 years");
        }
        Duration duration = Duration.ofNanos(nanos.longValue());
        return text.startsWith("-") ? duration.negated() : duration;
    }

    /** The shortest form that {@link #parse} reads back to the same duration. */
    public static String print(Duration duration) {
        if (duration.isNegative()) {
            return "-" + print(duration.negated());
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        int nanos = duration.toNanosPart();
        append(text, duration.toSecondsPart(), "s");
        append(text, nanos / 1_000_000, "ms");
        append(text, nanos / 1_000 % 1_000, "us");
        append(text, nanos % 1_000, "ns");
        return text.length() == 0 ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
