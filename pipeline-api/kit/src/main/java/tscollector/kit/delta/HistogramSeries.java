package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A histogram with fixed bounds. It began again if any bucket fell, the sum of numbers that are not negative fell, or it has
 * other bounds. Deltas have no least and greatest value, since nobody knows these of the difference.
 */
final class HistogramSeries extends Series {
    private List<Double> bounds = List.of();
    private long[] counts = new long[1];
    private double sum;

    HistogramSeries(SeriesKey key) {
        super(key);
    }

    List<Double> bounds() {
        return bounds;
    }

    long[] counts() {
        return counts;
    }

    double sum() {
        return sum;
    }

    /** Sets the last point's numbers, for a series that is read from a store. */
    void numbers(List<Double> newBounds, long[] newCounts, double newSum) {
        bounds = List.copyOf(newBounds);
        counts = newCounts;
        sum = newSum;
    }

    @Override
    SeriesKind kind() {
        return SeriesKind.HISTOGRAM;
    }

    @Override
    int weight() {
        return 2 + counts.length / 4;
    }

    @Override
    Turn.@Nullable Drop fault(PointData point) {
        HistogramPointData next = (HistogramPointData) point;
        if (!Double.isFinite(next.getSum())) {
            return Turn.Drop.NOT_A_NUMBER;
        }
        return Buckets.hasNegative(next.getCounts()) ? Turn.Drop.NEGATIVE : null;
    }

    @Override
    boolean fell(PointData point) {
        HistogramPointData next = (HistogramPointData) point;
        if (!next.getBoundaries().equals(bounds)) {
            return true;
        }
        for (int i = 0; i < counts.length; i++) {
            if (next.getCounts().get(i) < counts[i]) {
                return true;
            }
        }
        boolean onlyGrows = (bounds.isEmpty() || bounds.get(0) >= 0) && sum >= 0 && next.getSum() >= 0;
        return onlyGrows && next.getSum() < sum;
    }

    @Override
    PointData difference(PointData point, long sinceNanos) {
        HistogramPointData next = (HistogramPointData) point;
        List<Long> differences = new ArrayList<>(counts.length);
        for (int i = 0; i < counts.length; i++) {
            differences.add(next.getCounts().get(i) - counts[i]);
        }
        return point(next, sinceNanos, next.getSum() - sum, differences);
    }

    @Override
    PointData whole(PointData point, long sinceNanos) {
        HistogramPointData next = (HistogramPointData) point;
        return HistogramPointData.create(
                sinceNanos,
                next.getEpochNanos(),
                next.getAttributes(),
                next.getSum(),
                next.hasMin(),
                next.getMin(),
                next.hasMax(),
                next.getMax(),
                next.getBoundaries(),
                next.getCounts());
    }

    @Override
    PointData plus(PointData delta, PointData before) {
        HistogramPointData one = (HistogramPointData) delta;
        HistogramPointData other = (HistogramPointData) before;
        double both = one.getSum() + other.getSum();
        if (!one.getBoundaries().equals(other.getBoundaries()) || !Double.isFinite(both)) {
            return delta;
        }
        List<Long> sums = new ArrayList<>(one.getCounts().size());
        for (int i = 0; i < one.getCounts().size(); i++) {
            sums.add(one.getCounts().get(i) + other.getCounts().get(i));
        }
        return point(one, before.getStartEpochNanos(), both, sums);
    }

    @Override
    void remember(PointData point) {
        HistogramPointData next = (HistogramPointData) point;
        if (!next.getBoundaries().equals(bounds)) {
            bounds = List.copyOf(next.getBoundaries());
        }
        counts = Buckets.copy(next.getCounts(), counts);
        sum = next.getSum();
    }

    private static PointData point(HistogramPointData point, long sinceNanos, double sum, List<Long> counts) {
        return HistogramPointData.create(
                sinceNanos,
                point.getEpochNanos(),
                point.getAttributes(),
                sum,
                false,
                0,
                false,
                0,
                point.getBoundaries(),
                counts);
    }
}
