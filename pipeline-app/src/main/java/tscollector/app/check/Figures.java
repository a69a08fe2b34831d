package tscollector.app.check;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people: no exponents where they can be avoided, at most ten digits. */
final class Figures {
    private Figures() {}

    static String of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.valueOf((long) value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(10)).stripTrailingZeros();
        return Math.abs(value) < 1e15 && Math.abs(value) > 1e-6 ? rounded.toPlainString() : rounded.toString();
    }
}
