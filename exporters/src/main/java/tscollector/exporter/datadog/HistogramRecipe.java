package tscollector.exporter.datadog;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.exporter.datadog.MetricsConfig.HistogramsConfig;
import tscollector.exporter.datadog.MetricsConfig.HistogramsConfig.Mode;
import tscollector.signal.Metric;

/**
 * Histograms with delta temporality as counts: one {@code .bucket} for each bucket, and the aggregation metrics. What has no
 * such buckets stays a histogram.
 */
final class HistogramRecipe implements Expansion.Recipe {
    private final boolean staysItself;
    private final @Nullable List<BucketCounts> byPoint; // null: no buckets are sent
    private final @Nullable HistogramTotals totals; // null: none are sent

    private HistogramRecipe(
            boolean staysItself, @Nullable List<BucketCounts> byPoint, @Nullable HistogramTotals totals) {
        this.staysItself = staysItself;
        this.byPoint = byPoint;
        this.totals = totals;
    }

    /** Recipes for the histograms that become something else than sketches, or more, and none for all others. */
    static Function<Metric, Expansion.@Nullable Recipe> recipes(HistogramsConfig config) {
        return metric -> switch (metric.type()) {
            case HISTOGRAM ->
                metric.getHistogramData().getAggregationTemporality() == AggregationTemporality.DELTA
                        ? ofBuckets(metric, config)
                        : null;
            case EXPONENTIAL_HISTOGRAM ->
                metric.getExponentialHistogramData().getAggregationTemporality() == AggregationTemporality.DELTA
                                && config.sendAggregationMetrics()
                        ? new HistogramRecipe(true, null, HistogramTotals.of(metric))
                        : null;
            default -> null;
        };
    }

    private static @Nullable HistogramRecipe ofBuckets(Metric metric, HistogramsConfig config) {
        boolean isSketch = config.mode() == Mode.DISTRIBUTIONS;
        if (isSketch && !config.sendAggregationMetrics()) {
            return null;
        }
        List<BucketCounts> byPoint = isSketch || config.mode() == Mode.NOBUCKETS
                ? null
                : metric.getHistogramData().getPoints().stream()
                        .map(point -> BucketCounts.of(point, config.mode() == Mode.AGENT_BUCKETS))
                        .toList();
        return new HistogramRecipe(
                isSketch, byPoint, config.sendAggregationMetrics() ? HistogramTotals.of(metric) : null);
    }

    @Override
    public boolean expand(Metric metric, List<Metric> to) {
        if (staysItself) {
            to.add(metric);
        }
        return (byPoint == null || addBuckets(metric, byPoint, to)) && (totals == null || totals.expand(metric, to));
    }

    private static boolean addBuckets(Metric histogram, List<BucketCounts> byPoint, List<Metric> to) {
        List<LongPointData> counts = new ArrayList<>();
        List<HistogramPointData> without = new ArrayList<>();
        int i = 0;
        for (HistogramPointData point : histogram.getHistogramData().getPoints()) {
            BucketCounts buckets = byPoint.get(i++);
            if (!buckets.fits(point)) {
                return false;
            }
            if (!buckets.add(point, counts)) {
                without.add(point);
            }
        }
        if (!counts.isEmpty()) {
            to.add(Expansion.part(
                    histogram,
                    ".bucket",
                    MetricDataType.LONG_SUM,
                    SumData.createLongSumData(true, AggregationTemporality.DELTA, counts)));
        }
        if (!without.isEmpty()) {
            to.add(histogram.withData(HistogramData.create(AggregationTemporality.DELTA, without)));
        }
        return true;
    }
}
