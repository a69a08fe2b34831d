package tscollector.kit.text;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them in the log. */
public final class Amounts {
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB"};

    private Amounts() {}

    /** For instance {@code 8,192}. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** For instance {@code 1.2 MB}: a thousand bytes are a kB. */
    public static String bytes(long bytes) {
        double shown = bytes;
        int unit = 0;
        while (Math.abs(shown) >= 999.5 && unit < BYTES.length - 1) {
            shown /= 1000;
            unit++;
        }
        boolean whole = unit == 0 || Math.abs(shown) >= 99.95;
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", shown, BYTES[unit]);
    }

    /** The two largest units of it, for instance {@code 2.5 s}, {@code 3 min 5 s} and {@code 1 h 12 min}. */
    public static String time(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return time.toSeconds() + "." + time.toMillisPart() / 100 + " s";
        }
        if (time.compareTo(Duration.ofHours(1)) < 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
