package tscollector.processor.naming;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tscollector.kit.text.FloatText;

/**
 * The bound of a histogram's bucket as an attribute: {@code le} becomes {@code upper_bound}, and its number is written in the
 * form of {@link FloatText}. What is no number stays as it is.
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
        return number == null ? text : FloatText.of(number);
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
}
