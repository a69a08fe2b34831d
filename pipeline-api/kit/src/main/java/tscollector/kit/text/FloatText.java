package tscollector.kit.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as the official Datadog check writes the bounds of buckets and the quantiles of summaries: as Python prints a float,
 * {@code 0.5}, {@code 1.0}, {@code 1e-07}, {@code inf}, but {@code 0} for zero. Receivers, processors and exporters write them;
 * series are the same only if the text is.
 */
public final class FloatText {
    private static final int MOST_DIGITS = 17; // that any double needs
    private static final int FIRST_EXPONENT_ABOVE = 16; // 1e+16 and beyond, and below 1e-04, have an exponent
    private static final int LAST_EXPONENT_BELOW = -4;

    private FloatText() {}

    /** The number's text; {@code nan} for what is none. */
    public static String of(double number) {
        if (number == 0) {
            return "0";
        }
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }
        BigDecimal shortest = shortest(number);
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= LAST_EXPONENT_BELOW && exponent < FIRST_EXPONENT_ABOVE) {
            String plain = shortest.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = shortest.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        int size = Math.abs(exponent);
        return (number < 0 ? "-" : "") + mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    /** The fewest digits that read back as the same number, without zeros at the end. */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
