package tscollector.exposition;

import java.math.BigDecimal;
import java.math.MathContext;

/** Bounds as the official check writes them: as Python prints a float, but {@code 0} for zero. */
final class BoundText {
    private static final int MOST_DIGITS = 17; // that any double needs
    private static final int FIRST_EXPONENT_ABOVE = 16; // 1e+16 and beyond, and below 1e-04, have an exponent
    private static final int LAST_EXPONENT_BELOW = -4;

    private BoundText() {}

    static String of(double bound) {
        if (bound == 0) {
            return "0";
        }
        if (Double.isInfinite(bound)) {
            return bound > 0 ? "inf" : "-inf";
        }
        BigDecimal shortest = shortest(bound);
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= LAST_EXPONENT_BELOW && exponent < FIRST_EXPONENT_ABOVE) {
            String plain = shortest.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = shortest.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = exponent < 0 ? "-" : "+";
        int size = Math.abs(exponent);
        return (bound < 0 ? "-" : "") + mantissa + "e" + sign + (size < 10 ? "0" : "") + size;
    }

    /** The fewest digits that stand for this double and no other, without zeros at the end. */
    private static BigDecimal shortest(double bound) {
        BigDecimal exact = new BigDecimal(bound);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == bound) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MOST_DIGITS)).stripTrailingZeros();
    }
}
