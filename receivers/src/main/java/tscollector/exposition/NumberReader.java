package tscollector.exposition;

import java.nio.charset.StandardCharsets;

/**
 * Reads the numbers of an exposition from bytes: decimals with or without exponent, {@code NaN}, {@code Inf} and {@code
 * Infinity} with a sign, in any case. The value is bit-equal to what {@link Double#parseDouble} gives. Not thread-safe.
 */
final class NumberReader {
    // 10^22 is the largest power of ten that a double holds exactly; with a mantissa up to 2^53 one operation rounds
    // once.
    private static final double[] EXACT_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long LARGEST_EXACT_MANTISSA = 1L << 53;
    private static final int MOST_MANTISSA_DIGITS = 18; // 10^18 - 1 fits a long
    private static final int LARGEST_EXPONENT = 100_000; // beyond any double, so that the sum cannot overflow

    /** Longer than any double that is printed in full ({@code %f} of 1.8e308 has 316 characters). */
    static final int LONGEST_NUMBER = 400;

    private double value;

    /** The number that {@link #read} found. */
    double value() {
        return value;
    }

    /** Reads exactly the bytes from {@code from} to {@code to}; false if they are no number. */
    boolean read(byte[] bytes, int from, int to) {
        if (to - from > LONGEST_NUMBER) {
            return false;
        }
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative || (at < to && bytes[at] == '+')) {
            at++;
        }
        long mantissa = 0;
        int mantissaDigits = 0;
        int exponent = 0;
        int digits = 0;
        boolean fraction = false;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits++;
                if (mantissaDigits < MOST_MANTISSA_DIGITS) {
                    mantissa = mantissa * 10 + digit;
                    mantissaDigits += mantissa == 0 ? 0 : 1;
                    exponent -= fraction ? 1 : 0;
                } // else the mantissa is far beyond what is exact, whatever follows
            } else if (bytes[at] == '.' && !fraction) {
                fraction = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return !fraction && readWord(bytes, at, to, negative);
        }
        if (at < to) {
            if ((bytes[at] | 0x20) != 'e') {
                return false;
            }
            int written = readExponent(bytes, at + 1, to);
            if (written == Integer.MIN_VALUE) {
                return false;
            }
            exponent += written;
        }
        value = mantissa <= LARGEST_EXACT_MANTISSA && Math.abs(exponent) < EXACT_POWERS.length
                ? signed(negative, scale(mantissa, exponent))
                : Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        return true;
    }

    private static double scale(long mantissa, int exponent) {
        return exponent < 0 ? mantissa / EXACT_POWERS[-exponent] : mantissa * EXACT_POWERS[exponent];
    }

    private static double signed(boolean negative, double magnitude) {
        return negative ? -magnitude : magnitude;
    }

    /** The exponent, cut at a size that no double has; {@link Integer#MIN_VALUE} if there is none. */
    private static int readExponent(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative || (at < to && bytes[at] == '+')) {
            at++;
        }
        if (at == to) {
            return Integer.MIN_VALUE;
        }
        int exponent = 0;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            exponent = Math.min(exponent * 10 + digit, LARGEST_EXPONENT);
        }
        return negative ? -exponent : exponent;
    }

    private boolean readWord(byte[] bytes, int from, int to, boolean negative) {
        if (isWord(bytes, from, to, "nan")) {
            value = Double.NaN;
            return true;
        }
        if (isWord(bytes, from, to, "inf") || isWord(bytes, from, to, "infinity")) {
            value = signed(negative, Double.POSITIVE_INFINITY);
            return true;
        }
        return false;
    }

    private static boolean isWord(byte[] bytes, int from, int to, String lowerCase) {
        if (to - from != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((bytes[from + i] | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
