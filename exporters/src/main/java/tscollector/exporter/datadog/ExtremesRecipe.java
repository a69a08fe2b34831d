package tscollector.exporter.datadog;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.exporter.datadog.MetricsConfig.HistogramsConfig;
import tscollector.signal.Metric;

/**
 * The gauges {@code .min} and {@code .max} of histograms that come with delta temporality, beside these: a cumulative one tells the
 * least and the greatest value of its whole life, which is nothing to put on a graph.
 */
final class ExtremesRecipe implements Expansion.Recipe {
    private final BitSet withMin; // by position of the point
    private final BitSet withMax;

    private ExtremesRecipe(BitSet withMin, BitSet withMax) {
        this.withMin = withMin;
        this.withMax = withMax;
    }

    /** Recipes for histograms as they come in, and none for all others. */
    static Function<Metric, Expansion.@Nullable Recipe> recipes(HistogramsConfig config) {
        return metric -> config.sendAggregationMetrics() && isDelta(metric) ? of(metric) : null;
    }

    /** Whether a metric is a histogram, of either kind, with delta temporality. */
    static boolean isDelta(Metric metric) {
        return switch (metric.type()) {
            case HISTOGRAM -> metric.getHistogramData().getAggregationTemporality() == AggregationTemporality.DELTA;
            case EXPONENTIAL_HISTOGRAM ->
                metric.getExponentialHistogramData().getAggregationTemporality() == AggregationTemporality.DELTA;
            default -> false;
        };
    }

    private static ExtremesRecipe of(Metric histogram) {
        BitSet withMin = new BitSet();
        BitSet withMax = new BitSet();
        int i = 0;
        for (PointData point : histogram.data().getPoints()) {
            HistogramNumbers numbers = HistogramNumbers.of(point);
            withMin.set(i, numbers.hasMin());
            withMax.set(i++, numbers.hasMax());
        }
        return new ExtremesRecipe(withMin, withMax);
    }

    @Override
    public boolean expand(Metric histogram, List<Metric> to) {
        List<DoublePointData> least = new ArrayList<>();
        List<DoublePointData> greatest = new ArrayList<>();
        int i = 0;
        for (PointData point : histogram.data().getPoints()) {
            HistogramNumbers numbers = HistogramNumbers.of(point);
            if (numbers.hasMin() != withMin.get(i) || numbers.hasMax() != withMax.get(i++)) {
                return false;
            }
            if (numbers.hasMin()) {
                least.add(numbers.point(numbers.min()));
            }
            if (numbers.hasMax()) {
                greatest.add(numbers.point(numbers.max()));
            }
        }
        to.add(histogram);
        addGauge(histogram, ".min", least, to);
        addGauge(histogram, ".max", greatest, to);
        return true;
    }

    private static void addGauge(Metric of, String suffix, List<DoublePointData> points, List<Metric> to) {
        if (!points.isEmpty()) {
            to.add(Expansion.part(of, suffix, MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(points)));
        }
    }
}
