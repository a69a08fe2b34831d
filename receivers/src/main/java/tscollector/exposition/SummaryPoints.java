package tscollector.exposition;

import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Summaries with their quantiles. */
final class SummaryPoints implements MetricPlan.Points {
    /** One summary. */
    static final class Summary {
        private final CumulativeSeries series;
        private final double[] quantiles;
        private final int[] quantileSlots;
        private final int[] sumSlots;
        private final int[] countSlots;

        /**
         * One summary.
         *
         * @param quantiles between 0 and 1, rising
         * @param quantileSlots by quantile
         * @param sumSlots at least one
         * @param countSlots at least one
         */
        Summary(CumulativeSeries series, double[] quantiles, int[] quantileSlots, int[] sumSlots, int[] countSlots) {
            this.series = series;
            this.quantiles = quantiles;
            this.quantileSlots = quantileSlots;
            this.sumSlots = sumSlots;
            this.countSlots = countSlots;
        }

        SummaryPointData point(ScrapedValues values) {
            List<ValueAtQuantile> atQuantiles = new ArrayList<>(quantiles.length);
            for (int i = 0; i < quantiles.length; i++) {
                atQuantiles.add(ValueAtQuantile.create(quantiles[i], values.value(quantileSlots[i])));
            }
            double written = values.sum(countSlots);
            double sum = values.sum(sumSlots);
            long count = Math.max(0, Math.round(written)); // NaN becomes 0
            if ((double) count != written) {
                values.countRepair();
            }
            long time = values.time(sumSlots[sumSlots.length - 1]);
            long start = series.startAt((double) count, time, values.previousNanos());
            return SummaryPointData.create(start, time, series.attributes(), count, sum, atQuantiles);
        }
    }

    private final List<Summary> summaries;

    SummaryPoints(List<Summary> summaries) {
        this.summaries = List.copyOf(summaries);
    }

    @Override
    public Data<?> data(ScrapedValues values) {
        List<SummaryPointData> points = new ArrayList<>(summaries.size());
        for (Summary summary : summaries) {
            points.add(summary.point(values));
        }
        return SummaryData.create(points);
    }

    @Override
    public void forEachCumulative(Consumer<CumulativeSeries> visitor) {
        summaries.forEach(summary -> visitor.accept(summary.series));
    }
}
