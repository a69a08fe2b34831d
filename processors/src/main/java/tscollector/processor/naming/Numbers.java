package tscollector.processor.naming;

import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;

/** The one number of a point that has one. */
final class Numbers {
    private Numbers() {}

    /** The value of a number's point; NaN for all others. */
    static double of(PointData point) {
        if (point instanceof DoublePointData number) {
            return number.getValue();
        }
        return point instanceof LongPointData number ? number.getValue() : Double.NaN;
    }

    /** Whether a point with one number has one that can be sent; true for all others. */
    static boolean isFinite(PointData point) {
        return !(point instanceof DoublePointData number) || Double.isFinite(number.getValue());
    }
}
