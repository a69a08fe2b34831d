package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import org.jspecify.annotations.Nullable;

/** A counter of whole numbers. */
final class LongSeries extends Series {
    private long value;

    LongSeries(SeriesKey key) {
        super(key);
    }

    long value() {
        return value;
    }

    void value(long newValue) {
        value = newValue;
    }

    @Override
    SeriesKind kind() {
        return SeriesKind.LONG;
    }

    @Override
    Turn.@Nullable Drop fault(PointData point) {
        return null;
    }

    @Override
    boolean isBelowZero(PointData point) {
        return valueOf(point) < 0;
    }

    @Override
    boolean fell(PointData point) {
        long next = valueOf(point);
        return next < value || next - value < 0; // the difference has no room in a long
    }

    @Override
    PointData difference(PointData point, long sinceNanos) {
        return point(point, sinceNanos, valueOf(point) - value);
    }

    @Override
    PointData whole(PointData point, long sinceNanos) {
        return point(point, sinceNanos, valueOf(point));
    }

    @Override
    PointData plus(PointData delta, PointData before) {
        long sum = valueOf(delta) + valueOf(before);
        return point(delta, before.getStartEpochNanos(), sum < 0 ? Long.MAX_VALUE : sum);
    }

    @Override
    void remember(PointData point) {
        value = valueOf(point);
    }

    private static PointData point(PointData point, long sinceNanos, long value) {
        return LongPointData.create(sinceNanos, point.getEpochNanos(), point.getAttributes(), value);
    }

    private static long valueOf(PointData point) {
        return ((LongPointData) point).getValue();
    }
}
