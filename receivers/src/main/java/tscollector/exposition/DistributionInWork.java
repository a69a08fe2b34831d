package tscollector.exposition;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A histogram or summary in work. Its lines may come in any order and anywhere in the body; bounds are sorted, a bound that stands
 * there twice is added. What has no sum, or nothing that tells its count, is left out, unless the official check is followed
 * closely: then as much of a histogram is sent as can be, and summaries are numbers, no work of this class.
 */
final class DistributionInWork implements PlanInWork {
    /** The lines of one series. */
    private static final class Lines {
        private final TreeMap<Double, Slots> atBoundOrQuantile = new TreeMap<>();
        private final Slots sum = new Slots();
        private final Slots count = new Slots();
        private int samples;

        private boolean isWhole(boolean isHistogram) {
            return sum.size() > 0 && isCounted(isHistogram);
        }

        /** Whether there is anything of a histogram that can be sent. */
        private boolean isPart() {
            boolean hasBucket = atBoundOrQuantile.higherKey(Double.NEGATIVE_INFINITY) != null;
            return isCounted(true) && (hasBucket || sum.size() > 0);
        }

        private boolean isCounted(boolean isHistogram) {
            return count.size() > 0 || (isHistogram && atBoundOrQuantile.containsKey(Double.POSITIVE_INFINITY));
        }

        /** A quantile beyond 0 and 1 is none, and the SDK's point refuses it. */
        private Map<Double, Slots> soundQuantiles() {
            return atBoundOrQuantile.subMap(0.0, true, 1.0, true);
        }

        private int duplicates() {
            int distinct = atBoundOrQuantile.size() + Math.min(1, sum.size()) + Math.min(1, count.size());
            return samples - distinct;
        }
    }

    private final String name;
    private final Families.Place place;
    private final Map<Attributes, Lines> series = new LinkedHashMap<>();

    DistributionInWork(String name, Families.Place place) {
        this.name = name;
        this.place = place;
    }

    /**
     * Adds one sample.
     *
     * @param attributes those of the point: without {@code le} or {@code quantile} where the part has one
     * @param at the bound of a bucket, or the quantile; NaN for other parts
     */
    void add(Families.Part part, Attributes attributes, double at, int slot) {
        Lines lines = series.computeIfAbsent(attributes, key -> new Lines());
        lines.samples++;
        switch (part) {
            case SUM -> lines.sum.add(slot);
            case COUNT -> lines.count.add(slot);
            default ->
                lines.atBoundOrQuantile
                        .computeIfAbsent(at == 0 ? 0.0 : at, key -> new Slots()) // -0 and 0 are one
                        .add(slot);
        }
    }

    @Override
    public @Nullable MetricPlan make(LayoutBuilder builder) {
        boolean isHistogram = place.type() == DeclaredType.HISTOGRAM;
        List<HistogramPoints.Histogram> histograms = new ArrayList<>();
        List<SummaryPoints.Summary> summaries = new ArrayList<>();
        series.forEach((attributes, lines) -> {
            boolean isSent = (builder.keepsParts() && isHistogram) ? lines.isPart() : lines.isWhole(isHistogram);
            if (!isSent) {
                builder.leave(LayoutBuilder.INCOMPLETE, lines.samples);
                return;
            }
            builder.leave(LayoutBuilder.DUPLICATE, lines.duplicates());
            CumulativeSeries cumulative = builder.series(name, attributes);
            if (isHistogram) {
                histograms.add(histogram(cumulative, lines, builder.keepsParts()));
            } else {
                summaries.add(summary(cumulative, lines, builder));
            }
        });
        if (!histograms.isEmpty()) {
            return new MetricPlan(name, MetricDataType.HISTOGRAM, place, new HistogramPoints(histograms));
        }
        return summaries.isEmpty()
                ? null
                : new MetricPlan(name, MetricDataType.SUMMARY, place, new SummaryPoints(summaries));
    }

    private static HistogramPoints.Histogram histogram(CumulativeSeries cumulative, Lines lines, boolean needsNoSum) {
        List<Double> bounds = new ArrayList<>();
        Slots slots = new Slots();
        Slots buckets = new Slots();
        boolean hasInfinity = false;
        for (Map.Entry<Double, Slots> bucket : lines.atBoundOrQuantile.entrySet()) {
            double bound = bucket.getKey();
            if (bound == Double.NEGATIVE_INFINITY) {
                continue; // nothing lies below it, and whatever it says the next bucket says too
            }
            for (int slot : bucket.getValue().toArray()) {
                slots.add(slot);
                buckets.add(bounds.size());
            }
            if (bound == Double.POSITIVE_INFINITY) {
                hasInfinity = true;
            } else {
                bounds.add(bound);
            }
        }
        return new HistogramPoints.Histogram(
                cumulative,
                List.copyOf(bounds),
                slots.toArray(),
                buckets.toArray(),
                hasInfinity,
                needsNoSum,
                lines.sum.toArray(),
                lines.count.toArray());
    }

    private static SummaryPoints.Summary summary(CumulativeSeries cumulative, Lines lines, LayoutBuilder builder) {
        Map<Double, Slots> sound = lines.soundQuantiles();
        builder.leave(LayoutBuilder.BAD_BOUND, lines.atBoundOrQuantile.size() - sound.size());
        double[] quantiles = new double[sound.size()];
        int[] slots = new int[quantiles.length];
        int i = 0;
        for (Map.Entry<Double, Slots> quantile : sound.entrySet()) {
            quantiles[i] = quantile.getKey();
            slots[i++] = quantile.getValue().last();
        }
        return new SummaryPoints.Summary(cumulative, quantiles, slots, lines.sum.toArray(), lines.count.toArray());
    }
}
