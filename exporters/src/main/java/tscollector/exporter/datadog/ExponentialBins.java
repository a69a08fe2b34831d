package tscollector.exporter.datadog;

import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bins of an exponential histogram. Each bucket is shared out among the bins it overlaps, by how much of it each covers; then,
 * from the lowest bin to the highest, the shares become whole numbers whose total is right at every bin. Not thread-safe.
 */
final class ExponentialBins {
    /** A bin reaches half a key to both sides of its value. */
    private static final double HALF_BIN = Math.sqrt(SketchKeys.value(1) / SketchKeys.value(2));

    private final TreeMap<Integer, Double> shares = new TreeMap<>();
    private final double logBase; // of the buckets' growth

    private ExponentialBins(int scale) {
        this.logBase = Math.scalb(Math.log(2), -scale);
    }

    static SketchBins of(ExponentialHistogramPointData point) {
        ExponentialBins shared = new ExponentialBins(point.getScale());
        boolean isOne = point.getCount() == 1;
        shared.add(point.getNegativeBuckets(), -1, isOne);
        if (point.getZeroCount() > 0) {
            shared.share(0, (double) point.getZeroCount());
        }
        shared.add(point.getPositiveBuckets(), 1, isOne);
        return shared.whole();
    }

    private void add(ExponentialHistogramBuckets buckets, int sign, boolean isOne) {
        int index = buckets.getOffset();
        for (long count : buckets.getBucketCounts()) {
            if (count > 0 && isOne) {
                double base = Math.exp(logBase);
                double middle =
                        Double.isInfinite(base) ? 2 : 2 * base / (1 + base); // as far from both bounds, in proportion
                share(sign * SketchKeys.of(Math.exp(index * logBase) * middle), 1);
            } else if (count > 0) {
                spread(Math.exp(index * logBase), Math.exp((index + 1) * logBase), sign, count);
            }
            index++;
        }
    }

    private void spread(double near, double far, int sign, long count) {
        int first = SketchKeys.of(near);
        int last = SketchKeys.of(far);
        double width = far - near;
        if (first == last || !(width > 0) || Double.isInfinite(width)) {
            share(sign * (Double.isInfinite(width) ? first : last), (double) count);
            return;
        }
        double from = near;
        for (int key = first; key <= last && from < far; key++) {
            double to = key == last ? far : Math.min(far, SketchKeys.value(key + 1) * HALF_BIN);
            if (to > from) {
                share(sign * key, (to - from) / width * count);
                from = to;
            }
        }
    }

    private void share(int key, double count) {
        shares.merge(key, count, Double::sum);
    }

    private SketchBins whole() {
        SketchBins bins = new SketchBins();
        double total = 0;
        long given = 0;
        for (Map.Entry<Integer, Double> bin : shares.entrySet()) {
            bins.reach(bin.getKey());
            total += bin.getValue();
            long whole = Math.round(total) - given;
            if (whole > 0) {
                bins.put(bin.getKey(), whole);
                given += whole;
            }
        }
        return bins;
    }
}
