package tscollector.exporter.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import java.util.ArrayList;
import java.util.List;

/** Data with the same numbers under other attributes. Histograms lose their exemplars. */
final class Relabelled {
    private Relabelled() {}

    /** @param attributes one for each point, in order */
    static Data<?> data(Data<?> data, List<Attributes> attributes) {
        List<PointData> points = new ArrayList<>(attributes.size());
        int position = 0;
        for (PointData point : data.getPoints()) {
            points.add(point(point, attributes.get(position++)));
        }
        PointData first = points.get(0);
        if (data instanceof SumData<?> sum) {
            return first instanceof LongPointData
                    ? SumData.createLongSumData(sum.isMonotonic(), sum.getAggregationTemporality(), as(points))
                    : SumData.createDoubleSumData(sum.isMonotonic(), sum.getAggregationTemporality(), as(points));
        }
        if (data instanceof GaugeData<?>) {
            return first instanceof LongPointData
                    ? GaugeData.createLongGaugeData(as(points))
                    : GaugeData.createDoubleGaugeData(as(points));
        }
        if (data instanceof HistogramData histogram) {
            return HistogramData.create(histogram.getAggregationTemporality(), as(points));
        }
        if (data instanceof ExponentialHistogramData histogram) {
            return ExponentialHistogramData.create(histogram.getAggregationTemporality(), as(points));
        }
        return SummaryData.create(as(points));
    }

    private static PointData point(PointData point, Attributes attributes) {
        long start = point.getStartEpochNanos();
        long time = point.getEpochNanos();
        if (point instanceof DoublePointData number) {
            return DoublePointData.create(start, time, attributes, number.getValue(), number.getExemplars());
        }
        if (point instanceof LongPointData number) {
            return LongPointData.create(start, time, attributes, number.getValue());
        }
        if (point instanceof SummaryPointData summary) {
            return SummaryPointData.create(
                    start, time, attributes, summary.getCount(), summary.getSum(), summary.getValues());
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

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the points are of the kind of the data they come from
    private static <T extends PointData> List<T> as(List<PointData> points) {
        return (List<T>) points;
    }
}
