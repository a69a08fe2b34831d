package tscollector.exposition;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Histograms: cumulative buckets become counts per bucket. Numbers that cannot be are mended and counted, since values never decide
 * which series there are: a bucket below the one before it is raised to it, negative and NaN are 0, fractions are rounded.
 */
final class HistogramPoints implements MetricPlan.Points {
    /** One histogram. */
    static final class Histogram {
        private final CumulativeSeries series;
        private final List<Double> bounds;
        private final int[] bucketSlots;
        private final int[] buckets;
        private final boolean hasInfinity;
        private final boolean needsNoSum;
        private final int[] sumSlots;
        private final int[] countSlots;

        /**
         * One histogram.
         *
         * @param bounds upper bounds, rising, without infinity; bucket {@code bounds.size()} is what is above them
         * @param bucketSlots all bucket lines
         * @param buckets which bucket each of them is
         * @param hasInfinity whether one of them is {@code +Inf}; else the count says what is above the bounds
         * @param needsNoSum whether a sum that is no finite number is estimated too: one NaN that was observed makes it NaN for
         *     good, and differences of such points are not made, while the official check goes on sending the buckets
         * @param sumSlots none if the sum is to be estimated from the buckets
         * @param countSlots may be empty if {@code hasInfinity}
         */
        Histogram(
                CumulativeSeries series,
                List<Double> bounds,
                int[] bucketSlots,
                int[] buckets,
                boolean hasInfinity,
                boolean needsNoSum,
                int[] sumSlots,
                int[] countSlots) {
            this.series = series;
            this.bounds = bounds;
            this.bucketSlots = bucketSlots;
            this.buckets = buckets;
            this.hasInfinity = hasInfinity;
            this.needsNoSum = needsNoSum;
            this.sumSlots = sumSlots;
            this.countSlots = countSlots;
        }

        HistogramPointData point(ScrapedValues values) {
            double[] cumulative = new double[bounds.size() + 1];
            for (int i = 0; i < bucketSlots.length; i++) {
                cumulative[buckets[i]] += values.value(bucketSlots[i]);
            }
            if (!hasInfinity) {
                double above = bounds.isEmpty() ? 0 : cumulative[bounds.size() - 1];
                cumulative[bounds.size()] = Math.max(above, values.sum(countSlots));
            }
            Long[] counts = new Long[cumulative.length];
            long below = 0;
            boolean sound = true;
            for (int i = 0; i < counts.length; i++) {
                long rounded = Math.round(cumulative[i]); // NaN becomes 0
                long raised = Math.max(below, rounded);
                sound &= (double) raised == cumulative[i];
                counts[i] = raised - below;
                below = raised;
            }
            if (!sound) {
                values.countRepair();
            }
            int[] timed = sumSlots.length == 0 ? bucketSlots : sumSlots;
            long time = values.time(timed[timed.length - 1]);
            long start = series.startAt((double) below, time, values.previousNanos());
            double told = sumSlots.length == 0 ? Double.NaN : values.sum(sumSlots);
            boolean isTold = sumSlots.length > 0 && (Double.isFinite(told) || !needsNoSum);
            double sum = isTold ? told : estimatedSum(counts);
            return HistogramPointData.create(
                    start, time, series.attributes(), sum, false, 0, false, 0, bounds, Arrays.asList(counts));
        }

        /** As if all that lies in a bucket lay in its middle. */
        private double estimatedSum(Long[] counts) {
            double sum = 0;
            for (int i = 0; i < counts.length && !bounds.isEmpty(); i++) {
                double upper = bounds.get(Math.min(i, bounds.size() - 1));
                double lower = i > 0 ? bounds.get(i - 1) : Math.min(0, upper);
                sum += counts[i] * (lower + upper) / 2;
            }
            return sum;
        }
    }

    private final List<Histogram> histograms;

    HistogramPoints(List<Histogram> histograms) {
        this.histograms = List.copyOf(histograms);
    }

    @Override
    public Data<?> data(ScrapedValues values) {
        List<HistogramPointData> points = new ArrayList<>(histograms.size());
        for (Histogram histogram : histograms) {
            points.add(histogram.point(values));
        }
        return HistogramData.create(AggregationTemporality.CUMULATIVE, points);
    }

    @Override
    public void forEachCumulative(Consumer<CumulativeSeries> visitor) {
        histograms.forEach(histogram -> visitor.accept(histogram.series));
    }
}
