package tscollector.reshape;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import java.util.ArrayList;
import java.util.List;

/** Copies of points, which never change themselves. */
final class Points {
    private Points() {}

    /** The same value and times with these attributes; the point itself if it has them. Histograms lose their exemplars. */
    static PointData with(PointData point, Attributes attributes) {
        if (point.getAttributes() == attributes) {
            return point;
        }
        long start = point.getStartEpochNanos();
        long time = point.getEpochNanos();
        if (point instanceof DoublePointData number) {
            return DoublePointData.create(start, time, attributes, number.getValue(), number.getExemplars());
        }
        if (point instanceof LongPointData number) {
            return LongPointData.create(start, time, attributes, number.getValue());
        }
        if (point instanceof HistogramPointData histogram) {
            return HistogramPointData.create(
                    start,
                    time,
                    attributes,
                    histogram.getSum(),
                    histogram.hasMin(),
                    histogram.getMin(),
                    histogram.hasMax(),
                    histogram.getMax(),
                    histogram.getBoundaries(),
                    histogram.getCounts());
        }
        if (point instanceof SummaryPointData summary) {
            return SummaryPointData.create(
                    start, time, attributes, summary.getCount(), summary.getSum(), summary.getValues());
        }
        if (point instanceof ExponentialHistogramPointData histogram) {
            return ExponentialHistogramPointData.create(
                    histogram.getScale(),
                    histogram.getSum(),
                    histogram.getZeroCount(),
                    histogram.hasMin(),
                    histogram.getMin(),
                    histogram.hasMax(),
                    histogram.getMax(),
                    histogram.getPositiveBuckets(),
                    histogram.getNegativeBuckets(),
                    start,
                    time,
                    attributes,
                    histogram.getExemplars());
        }
        throw new IllegalStateException("no known kind of point: " + point.getClass());
    }

    /**
     * Two points of one form whose series became one: counters, histograms and the counts and sums of summaries are added
     * (quantiles cannot be, and are left out), of gauges the last stays; what is no finite number adds nothing. The sum has the earlier start, so that a series that
     * joins does not look like a reset of all.
     *
     * @return {@code first} itself if the two cannot be added: histograms with other bounds, exponential histograms
     */
    static PointData merge(Form form, PointData first, PointData last) {
        Attributes attributes = first.getAttributes();
        if (form.type() == MetricDataType.LONG_GAUGE || form.type() == MetricDataType.DOUBLE_GAUGE) {
            return last instanceof DoublePointData number && !Double.isFinite(number.getValue())
                    ? first
                    : with(last, attributes);
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
