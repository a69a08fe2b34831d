package tscollector.exporter.datadog;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import tscollector.signal.Metric;

/**
 * The aggregation metrics of histograms of both kinds: counts {@code .count} and {@code .sum}, gauges {@code .min} and {@code .max}
 * of the points that know these.
 *
 * @param withMin points that know their least value, by position
 * @param withMax points that know their greatest value
 */
record HistogramTotals(BitSet withMin, BitSet withMax) {
    /** What both kinds of points have, though no type in common says so. */
    private record Totals(
            long start,
            long time,
            Attributes attributes,
            long count,
            double sum,
            boolean hasMin,
            double min,
            boolean hasMax,
            double max) {
        static Totals of(PointData point) {
            if (point instanceof HistogramPointData it) {
                return new Totals(
                        it.getStartEpochNanos(),
                        it.getEpochNanos(),
                        it.getAttributes(),
                        it.getCount(),
                        it.getSum(),
                        it.hasMin(),
                        it.getMin(),
                        it.hasMax(),
                        it.getMax());
            }
            ExponentialHistogramPointData it = (ExponentialHistogramPointData) point;
            return new Totals(
                    it.getStartEpochNanos(),
                    it.getEpochNanos(),
                    it.getAttributes(),
                    it.getCount(),
                    it.getSum(),
                    it.hasMin(),
                    it.getMin(),
                    it.hasMax(),
                    it.getMax());
        }

        DoublePointData number(double value) {
            return DoublePointData.create(start, time, attributes, value, List.of());
        }
    }

    static HistogramTotals of(Metric histogram) {
        BitSet withMin = new BitSet();
        BitSet withMax = new BitSet();
        int i = 0;
        for (PointData point : histogram.data().getPoints()) {
            Totals totals = Totals.of(point);
            withMin.set(i, totals.hasMin());
            withMax.set(i++, totals.hasMax());
        }
        return new HistogramTotals(withMin, withMax);
    }

    /** As {@link Expansion.Recipe#expand}. */
    boolean expand(Metric histogram, List<Metric> to) {
        List<DoublePointData> counts = new ArrayList<>(histogram.pointCount());
        List<DoublePointData> sums = new ArrayList<>(histogram.pointCount());
        List<DoublePointData> least = new ArrayList<>();
        List<DoublePointData> greatest = new ArrayList<>();
        int i = 0;
        for (PointData point : histogram.data().getPoints()) {
            Totals totals = Totals.of(point);
            if (totals.hasMin() != withMin.get(i) || totals.hasMax() != withMax.get(i++)) {
                return false;
            }
            counts.add(totals.number(totals.count()));
            sums.add(totals.number(totals.sum()));
            if (totals.hasMin()) {
                least.add(totals.number(totals.min()));
            }
            if (totals.hasMax()) {
                greatest.add(totals.number(totals.max()));
            }
        }
        to.add(count(histogram, ".count", counts));
        to.add(count(histogram, ".sum", sums));
        addGauge(histogram, ".min", least, to);
        addGauge(histogram, ".max", greatest, to);
        return true;
    }

    private static Metric count(Metric of, String suffix, List<DoublePointData> points) {
        return Expansion.part(
                of,
                suffix,
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.DELTA, points));
    }

    private static void addGauge(Metric of, String suffix, List<DoublePointData> points, List<Metric> to) {
        if (!points.isEmpty()) {
            to.add(Expansion.part(of, suffix, MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(points)));
        }
    }
}
