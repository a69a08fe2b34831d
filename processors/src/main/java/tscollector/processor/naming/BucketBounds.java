package tscollector.processor.naming;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The bound of a histogram's bucket as an attribute: {@code le} becomes {@code upper_bound}, and its number is written as the
 * official check's language writes a float: {@code 0.5}, {@code 1.0}, {@code 1e-07}, {@code inf}; zero is {@code 0}. What is no
 * number stays as it is.
 */
final class BucketBounds {
    static final AttributeKey<String> UPPER = AttributeKey.stringKey("upper_bound");
    /** Made by receivers that were told to give each bucket its own share. */
    static final AttributeKey<String> LOWER = AttributeKey.stringKey("lower_bound");

    private static final AttributeKey<String> EXPOSED = AttributeKey.stringKey("le");

    private BucketBounds() {}

    /** The labels of a bucket, with its bound under the new name; the same instance if it has no bound. */
    static Attributes renamed(Attributes labels) {
        String bound = labels.get(EXPOSED);
        return bound == null
                ? labels
                : labels.toBuilder()
                        .remove(EXPOSED)
                        .put(UPPER, canonical(bound))
                        .build();
    }

    /** Whether the bucket has no upper bound, so that it says the same as the count. */
    static boolean isInfinite(Attributes labels) {
        String bound = labels.get(EXPOSED);
        return bound != null && canonical(bound).endsWith("inf");
    }

    /** The number in its one form. */
    static String canonical(String text) {
        Double number = number(text);
        if (number == null) {
            return text;
        }
        if (number.isNaN()) {
            return "nan";
        }
        if (number.isInfinite()) {
            return number > 0 ? "inf" : "-inf";
        }
        return number == 0 ? "0" : written(number);
    }

    private static @Nullable Double number(String text) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        String unsigned = bare.startsWith("+") || bare.startsWith("-") ? bare.substring(1) : bare;
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return bare.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (unsigned.equals("nan")) {
            return Double.NaN;
        }
        try {
            return unsigned.endsWith("d") || unsigned.endsWith("f") || unsigned.contains("x")
                    ? null // Java reads these, nobody else does
                    : Double.valueOf(bare);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The fewest digits that read back as the same number; an exponent below 0.0001 and from 1e16 on. */
    private static String written(double number) {
        BigDecimal digits = fewestDigits(number);
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String all = digits.unscaledValue().abs().toString();
        String fraction = all.length() == 1 ? "" : "." + all.substring(1);
        String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return (number < 0 ? "-" : "") + all.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + power;
    }

    private static BigDecimal fewestDigits(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int precision = 1; precision < 17; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
