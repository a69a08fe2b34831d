package tscollector.app.imports;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Seconds as the check takes them, written as durations of a configuration. */
final class Times {
    private Times() {}

    /** {@code 15s}, {@code 1500ms}; at least 1ms. */
    static String seconds(double seconds) {
        BigDecimal millis = BigDecimal.valueOf(seconds).movePointRight(3).setScale(0, RoundingMode.HALF_UP);
        if (millis.signum() <= 0) {
            return "1ms";
        }
        BigDecimal[] parts = millis.divideAndRemainder(BigDecimal.valueOf(1000));
        return parts[1].signum() == 0 ? parts[0].toPlainString() + "s" : millis.toPlainString() + "ms";
    }
}
