package tscollector.kit.metric;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;

/** Copies of points, which never change themselves. */
public final class Points {
    private Points() {}

    /** The same value and times with these attributes; the point itself if it has them. Histograms lose their exemplars. */
    public static PointData with(PointData point, Attributes attributes) {
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
}
