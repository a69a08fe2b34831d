package tscollector.exporter.datadog;

import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Histogram points as Datadog's sketches: buckets are spread over the bins between their bounds, the two outer ones go to the
 * bound they have, and one that begins at 0 to its upper bound, since a bin is no measure of the way from 0. Count, sum and, where known, least and greatest value are exact. Stateless.
 *
 * @see <a href="https://github.com/DataDog/agent-payload">message Dogsketch of agent-payload</a>
 */
final class Sketches {
    private Sketches() {}

    /** The message {@code Dogsketch} of a point whose counts are those of one interval; null if nothing was observed. */
    static @Nullable WireBuffer of(HistogramPointData point, long second) {
        List<Double> bounds = point.getBoundaries();
        List<Long> counts = point.getCounts();
        SketchBins bins = new SketchBins();
        double min = Double.NaN;
        double max = Double.NaN;
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) <= 0) {
                continue;
            }
            double lower = i == 0 ? Double.NEGATIVE_INFINITY : bounds.get(i - 1);
            double upper = i == bounds.size() ? Double.POSITIVE_INFINITY : bounds.get(i);
            min = Double.isNaN(min) ? lower : min;
            max = upper;
            if (bounds.isEmpty()) {
                unbounded(point, bins, counts.get(i));
            } else if (Double.isInfinite(upper)) {
                bins.add(lower, counts.get(i));
            } else if (Double.isInfinite(lower) || lower == 0) {
                bins.add(upper, counts.get(i));
            } else {
                bins.spread(lower, upper, counts.get(i));
            }
        }
        if (bins.isEmpty()) {
            return null;
        }
        Basics basics = new Basics(point.getCount(), point.getSum(), bins);
        basics.between(min, max);
        if (point.hasMin()) {
            basics.min = point.getMin();
        }
        if (point.hasMax()) {
            basics.max = point.getMax();
        }
        return write(second, basics, bins);
    }

    /** As {@link #of(HistogramPointData, long)}, for buckets that grow by a factor. */
    static @Nullable WireBuffer of(ExponentialHistogramPointData point, long second) {
        SketchBins bins = ExponentialBins.of(point);
        if (bins.isEmpty()) {
            return null;
        }
        Basics basics = new Basics(point.getCount(), point.getSum(), bins);
        if (point.hasMin()) {
            basics.min = point.getMin();
        }
        if (point.hasMax()) {
            basics.max = point.getMax();
        }
        return write(second, basics, bins);
    }

    private static void unbounded(HistogramPointData point, SketchBins bins, long count) {
        if (point.hasMin() && point.hasMax()) {
            bins.spread(point.getMin(), point.getMax(), count);
        } else {
            double average = point.getSum() / count;
            bins.add(Double.isNaN(average) ? 0 : average, count);
        }
    }

    private static WireBuffer write(long second, Basics basics, SketchBins bins) {
        WireBuffer out = new WireBuffer(256);
        out.number(1, second).number(2, basics.count);
        out.real(3, basics.min).real(4, basics.max);
        out.real(5, basics.sum / basics.count).real(6, basics.sum);
        bins.write(7, 8, out);
        return out;
    }

    /** What is told beside the bins: estimated from them until something better is known. */
    private static final class Basics {
        private final long count;
        private final double sum;
        private double min;
        private double max;

        Basics(long count, double sum, SketchBins bins) {
            this.count = count;
            this.sum = Double.isFinite(sum) ? sum : bins.sum();
            this.min = Math.max(bins.lowest(), -Double.MAX_VALUE);
            this.max = Math.min(bins.highest(), Double.MAX_VALUE);
            if (count == 1 && Double.isFinite(sum)) {
                min = sum;
                max = sum;
            }
        }

        /** The outer bounds of the buckets that hold something; one that is infinite says nothing. */
        void between(double lower, double upper) {
            if (count == 1 && min == max && min >= lower && max <= upper) {
                return; // the one value itself is known
            }
            min = Double.isFinite(lower) ? lower : min;
            max = Double.isFinite(upper) ? upper : max;
        }
    }
}
