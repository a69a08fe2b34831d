package tscollector.reshape;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import java.util.ArrayList;
import java.util.List;
import tscollector.kit.metric.Form;
import tscollector.kit.metric.Points;

/** Two points whose series became one. */
final class PointMerge {
    private PointMerge() {}

    /**
     * One point for two of one form: counters, histograms and the counts and sums of summaries are added
     * (quantiles cannot be, and are left out), of gauges the last stays; what is no finite number adds nothing. The sum has the earlier start, so that a series that
     * joins does not look like a reset of all.
     *
     * @return {@code first} itself if the two cannot be added: histograms with other bounds, exponential histograms
     */
    static PointData of(Form form, PointData first, PointData last) {
        Attributes attributes = first.getAttributes();
        if (form.type() == MetricDataType.LONG_GAUGE || form.type() == MetricDataType.DOUBLE_GAUGE) {
            return last instanceof DoublePointData number && !Double.isFinite(number.getValue())
                    ? first
                    : Points.with(last, attributes);
        }
        long start = Math.min(first.getStartEpochNanos(), last.getStartEpochNanos());
        long time = Math.max(first.getEpochNanos(), last.getEpochNanos());
        if (first instanceof DoublePointData a && last instanceof DoublePointData b) {
            return DoublePointData.create(start, time, attributes, sum(a.getValue(), b.getValue()), List.of());
        }
        if (first instanceof LongPointData a && last instanceof LongPointData b) {
            return LongPointData.create(start, time, attributes, a.getValue() + b.getValue());
        }
        if (first instanceof SummaryPointData a && last instanceof SummaryPointData b) {
            return SummaryPointData.create(
                    start, time, attributes, a.getCount() + b.getCount(), a.getSum() + b.getSum(), List.of());
        }
        if (first instanceof HistogramPointData a
                && last instanceof HistogramPointData b
                && a.getBoundaries().equals(b.getBoundaries())) {
            return add(start, time, attributes, a, b);
        }
        return first;
    }

    private static double sum(double a, double b) {
        if (!Double.isFinite(a)) {
            return b;
        }
        return Double.isFinite(b) ? a + b : a;
    }

    private static HistogramPointData add(
            long start, long time, Attributes attributes, HistogramPointData a, HistogramPointData b) {
        List<Long> counts = new ArrayList<>(a.getCounts().size());
        for (int i = 0; i < a.getCounts().size(); i++) {
            counts.add(a.getCounts().get(i) + b.getCounts().get(i));
        }
        boolean hasMin = a.hasMin() && b.hasMin();
        boolean hasMax = a.hasMax() && b.hasMax();
        return HistogramPointData.create(
                start,
                time,
                attributes,
                a.getSum() + b.getSum(),
                hasMin,
                hasMin ? Math.min(a.getMin(), b.getMin()) : 0,
                hasMax,
                hasMax ? Math.max(a.getMax(), b.getMax()) : 0,
                a.getBoundaries(),
                counts);
    }
}
