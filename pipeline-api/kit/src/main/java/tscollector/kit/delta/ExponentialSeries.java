package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exponential histogram. Its source may lower the resolution at any time; the last point is then compared in the new one. It
 * began again if any bucket fell, the sum of numbers that are not negative fell, or the resolution rose.
 */
final class ExponentialSeries extends Series {
    private int scale;
    private double sum;
    private long zeroCount;
    private Buckets positive = Buckets.NONE;
    private Buckets negative = Buckets.NONE;

    ExponentialSeries(SeriesKey key) {
        super(key);
    }

    int scale() {
        return scale;
    }

    double sum() {
        return sum;
    }

    long zeroCount() {
        return zeroCount;
    }

    Buckets positive() {
        return positive;
    }

    Buckets negative() {
        return negative;
    }

    /** Sets the last point's numbers, for a series that is read from a store. */
    void numbers(int newScale, double newSum, long newZeroCount, Buckets newPositive, Buckets newNegative) {
        scale = newScale;
        sum = newSum;
        zeroCount = newZeroCount;
        positive = newPositive;
        negative = newNegative;
    }

    @Override
    SeriesKind kind() {
        return SeriesKind.EXPONENTIAL;
    }

    @Override
    int weight() {
        return 2 + (positive.counts().length + negative.counts().length) / 4;
    }

    @Override
    Turn.@Nullable Drop fault(PointData point) {
        ExponentialHistogramPointData next = (ExponentialHistogramPointData) point;
        if (!Double.isFinite(next.getSum())) {
            return Turn.Drop.NOT_A_NUMBER;
        }
        boolean bad = next.getZeroCount() < 0
                || Buckets.hasNegative(next.getPositiveBuckets().getBucketCounts())
                || Buckets.hasNegative(next.getNegativeBuckets().getBucketCounts());
        return bad ? Turn.Drop.NEGATIVE : null;
    }

    @Override
    boolean fell(PointData point) {
        ExponentialHistogramPointData next = (ExponentialHistogramPointData) point;
        int steps = scale - next.getScale();
        if (steps < 0 || next.getZeroCount() < zeroCount) {
            return true;
        }
        if (!positive.coarser(steps).canBecome(next.getPositiveBuckets())
                || !negative.coarser(steps).canBecome(next.getNegativeBuckets())) {
            return true;
        }
        return next.getNegativeBuckets().getTotalCount() == 0 && next.getSum() < sum;
    }

    @Override
    PointData difference(PointData point, long sinceNanos) {
        ExponentialHistogramPointData next = (ExponentialHistogramPointData) point;
        int steps = scale - next.getScale();
        return point(
                next,
                sinceNanos,
                next.getSum() - sum,
                next.getZeroCount() - zeroCount,
                positive.coarser(steps).subtractFrom(next.getPositiveBuckets()),
                negative.coarser(steps).subtractFrom(next.getNegativeBuckets()));
    }

    @Override
    PointData whole(PointData point, long sinceNanos) {
        ExponentialHistogramPointData next = (ExponentialHistogramPointData) point;
        return ExponentialHistogramPointData.create(
                next.getScale(),
                next.getSum(),
                next.getZeroCount(),
                next.hasMin(),
                next.getMin(),
                next.hasMax(),
                next.getMax(),
                next.getPositiveBuckets(),
                next.getNegativeBuckets(),
                sinceNanos,
                next.getEpochNanos(),
                next.getAttributes(),
                List.of());
    }

    @Override
    PointData plus(PointData delta, PointData before) {
        ExponentialHistogramPointData one = (ExponentialHistogramPointData) delta;
        ExponentialHistogramPointData other = (ExponentialHistogramPointData) before;
        double both = one.getSum() + other.getSum();
        int steps = other.getScale() - one.getScale();
        if (steps < 0 || !Double.isFinite(both)) {
            return delta;
        }
        return point(
                one,
                before.getStartEpochNanos(),
                both,
                one.getZeroCount() + other.getZeroCount(),
                Buckets.of(other.getPositiveBuckets()).coarser(steps).plus(one.getPositiveBuckets()),
                Buckets.of(other.getNegativeBuckets()).coarser(steps).plus(one.getNegativeBuckets()));
    }

    @Override
    void remember(PointData point) {
        ExponentialHistogramPointData next = (ExponentialHistogramPointData) point;
        numbers(
                next.getScale(),
                next.getSum(),
                next.getZeroCount(),
                Buckets.of(next.getPositiveBuckets()),
                Buckets.of(next.getNegativeBuckets()));
    }

    private static PointData point(
            ExponentialHistogramPointData point,
            long sinceNanos,
            double sum,
            long zeroCount,
            ExponentialHistogramBuckets positive,
            ExponentialHistogramBuckets negative) {
        return ExponentialHistogramPointData.create(
                point.getScale(),
                sum,
                zeroCount,
                false,
                0,
                false,
                0,
                positive,
                negative,
                sinceNanos,
                point.getEpochNanos(),
                point.getAttributes(),
                List.of());
    }
}
