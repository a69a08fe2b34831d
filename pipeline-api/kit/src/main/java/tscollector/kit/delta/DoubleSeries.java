package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import org.jspecify.annotations.Nullable;

/** A counter. */
final class DoubleSeries extends Series {
    private double value;

    DoubleSeries(SeriesKey key) {
        super(key);
    }

    double value() {
        return value;
    }

    void value(double newValue) {
        value = newValue;
    }

    @Override
    SeriesKind kind() {
        return SeriesKind.DOUBLE;
    }

    @Override
    Turn.@Nullable Drop fault(PointData point) {
        return Double.isFinite(valueOf(point)) ? null : Turn.Drop.NOT_A_NUMBER;
    }

    @Override
    boolean isBelowZero(PointData point) {
        return valueOf(point) < 0;
    }

    @Override
    boolean fell(PointData point) {
        double next = valueOf(point);
        return next < value || Double.isInfinite(next - value);
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
        double sum = Math.min(valueOf(delta) + valueOf(before), Double.MAX_VALUE);
        return point(delta, before.getStartEpochNanos(), sum);
    }

    @Override
    void remember(PointData point) {
        value = valueOf(point);
    }

    private static PointData point(PointData point, long sinceNanos, double value) {
        return DoublePointData.create(
                sinceNanos,
                point.getEpochNanos(),
                point.getAttributes(),
                value,
                ((DoublePointData) point).getExemplars());
    }

    private static double valueOf(PointData point) {
        return ((DoublePointData) point).getValue();
    }
}
