package tscollector.exporter.datadog;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tscollector.exporter.datadog.MetricsConfig.HistogramsConfig;
import tscollector.exporter.datadog.MetricsConfig.HistogramsConfig.HistogramMode;
import tscollector.signal.Metric;

/**
 * Histograms with delta temporality as counts: {@code .bucket} for the buckets, {@code .count} and {@code .sum}. What has no such
 * buckets stays a histogram.
 */
final class HistogramRecipe implements Expansion.Recipe {
    private final boolean staysItself;
    private final @Nullable List<BucketCounts> byPoint; // null: no buckets are sent
    private final boolean hasTotals;

    private HistogramRecipe(boolean staysItself, @Nullable List<BucketCounts> byPoint, boolean hasTotals) {
        this.staysItself = staysItself;
        this.byPoint = byPoint;
        this.hasTotals = hasTotals;
    }

    /** Recipes for the histograms that become something else than sketches, or more, and none for all others. */
    static Function<Metric, Expansion.@Nullable Recipe> recipes(HistogramsConfig config) {
        return metric -> ExtremesRecipe.isDelta(metric) ? of(metric, config) : null;
    }

    private static @Nullable HistogramRecipe of(Metric metric, HistogramsConfig config) {
        boolean isSketch =
                config.mode() == HistogramMode.DISTRIBUTIONS || metric.type() == MetricDataType.EXPONENTIAL_HISTOGRAM;
        if (isSketch) {
            return config.sendAggregationMetrics() ? new HistogramRecipe(true, null, true) : null;
        }
        List<BucketCounts> byPoint = config.mode() == HistogramMode.NOBUCKETS
                ? null
                : metric.getHistogramData().getPoints().stream()
                        .map(point -> BucketCounts.of(point, config.mode() == HistogramMode.AGENT_BUCKETS))
                        .toList();
        return new HistogramRecipe(false, byPoint, config.sendAggregationMetrics());
    }

    @Override
    public boolean expand(Metric metric, List<Metric> to) {
        if (staysItself) {
            to.add(metric);
        }
        if (byPoint != null && !addBuckets(metric, byPoint, to)) {
            return false;
        }
        if (hasTotals) {
            to.add(total(metric, ".count", HistogramNumbers::count));
            to.add(total(metric, ".sum", HistogramNumbers::sum));
        }
        return true;
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

    private static Metric total(Metric histogram, String suffix, ToDoubleFunction<HistogramNumbers> value) {
        List<DoublePointData> points = new ArrayList<>(histogram.pointCount());
        for (PointData point : histogram.data().getPoints()) {
            HistogramNumbers numbers = HistogramNumbers.of(point);
            points.add(numbers.point(value.applyAsDouble(numbers)));
        }
        return Expansion.part(
                histogram,
                suffix,
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.DELTA, points));
    }
}
