package tscollector.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of bytes, written {@code 64KiB}, {@code 4MiB}, {@code 1GiB}, {@code 500kB}, {@code 10MB}, {@code 512B} or a plain
 * number of bytes.
 */
public record DataSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,19})\\s?(B|kB|KB|KiB|MB|MiB|GB|GiB)?");

    private enum Unit {
        B(1),
        kB(1_000),
        KB(1_000),
        KiB(1L << 10),
        MB(1_000_000),
        MiB(1L << 20),
        GB(1_000_000_000),
        GiB(1L << 30);

        private final long bytes;

        Unit(long bytes) {
            this.bytes = bytes;
        }
    }

    public static DataSize ofMebibytes(long mebibytes) {
        return new DataSize(mebibytes << 20);
    }

    /**
     * Reads what a user wrote.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static DataSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a size such as 64KiB or 4MiB");
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        try {
            return new DataSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), Unit.valueOf(unit).bytes));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("must be a size below 8 EiB", e);
        }
    }

    /** The shortest form that {@link #parse} reads back to the same value. */
    @Override
    public String toString() {
        String shortest = bytes + "B";
        for (Unit unit : new Unit[] {Unit.GiB, Unit.MiB, Unit.KiB, Unit.GB, Unit.MB, Unit.kB}) {
            String text = bytes / unit.bytes + unit.name();
            if (bytes >= unit.bytes && bytes % unit.bytes == 0 && text.length() < shortest.length()) {
                shortest = text;
            }
        }
        return shortest;
    }
}
