package tscollector.kit.metric;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import java.util.List;
import tscollector.signal.Metric;

/**
 * What points mean: the SDK's kind with what a sum adds to it. Metrics of one form can be one metric.
 *
 * @param monotonic only of sums, else false
 * @param temporality of sums and histograms; cumulative for all others
 */
public record Form(MetricDataType type, boolean monotonic, AggregationTemporality temporality) {
    /** Numbers that were worked out. */
    public static final Form DOUBLE_GAUGE =
            new Form(MetricDataType.DOUBLE_GAUGE, false, AggregationTemporality.CUMULATIVE);
    /** Whole numbers that were worked out. */
    public static final Form LONG_GAUGE = new Form(MetricDataType.LONG_GAUGE, false, AggregationTemporality.CUMULATIVE);

    /** The form of the metric's data. */
    public static Form of(Metric metric) {
        Data<?> data = metric.data();
        if (data instanceof SumData<?> sum) {
            return new Form(metric.type(), sum.isMonotonic(), sum.getAggregationTemporality());
        }
        if (data instanceof HistogramData histogram) {
            return new Form(metric.type(), false, histogram.getAggregationTemporality());
        }
        if (data instanceof ExponentialHistogramData histogram) {
            return new Form(metric.type(), false, histogram.getAggregationTemporality());
        }
        return new Form(metric.type(), false, AggregationTemporality.CUMULATIVE);
    }

    /** Whether each point is one number, so that {@link #asGauge} and {@link #asCounter} exist. */
    public boolean isNumber() {
        return isLong() || type == MetricDataType.DOUBLE_GAUGE || type == MetricDataType.DOUBLE_SUM;
    }

    public boolean isCounter() {
        return monotonic;
    }

    /** The same numbers as a gauge. */
    public Form asGauge() {
        MetricDataType gauge = isLong() ? MetricDataType.LONG_GAUGE : MetricDataType.DOUBLE_GAUGE;
        return new Form(gauge, false, AggregationTemporality.CUMULATIVE);
    }

    /** The same numbers as a monotonic cumulative sum. */
    public Form asCounter() {
        MetricDataType sum = isLong() ? MetricDataType.LONG_SUM : MetricDataType.DOUBLE_SUM;
        return new Form(sum, true, AggregationTemporality.CUMULATIVE);
    }

    /** Data of this form; the points must be of its kind. */
    public Data<?> data(List<PointData> points) {
        return switch (type) {
            case LONG_GAUGE -> GaugeData.createLongGaugeData(Form.<LongPointData>as(points));
            case DOUBLE_GAUGE -> GaugeData.createDoubleGaugeData(Form.<DoublePointData>as(points));
            case LONG_SUM -> SumData.createLongSumData(monotonic, temporality, Form.<LongPointData>as(points));
            case DOUBLE_SUM -> SumData.createDoubleSumData(monotonic, temporality, Form.<DoublePointData>as(points));
            case SUMMARY -> SummaryData.create(Form.<SummaryPointData>as(points));
            case HISTOGRAM -> HistogramData.create(temporality, Form.<HistogramPointData>as(points));
            case EXPONENTIAL_HISTOGRAM ->
                ExponentialHistogramData.create(temporality, Form.<ExponentialHistogramPointData>as(points));
        };
    }

    private boolean isLong() {
        return type == MetricDataType.LONG_GAUGE || type == MetricDataType.LONG_SUM;
    }

    @SuppressWarnings("unchecked") // the points come from metrics of this form
    private static <T extends PointData> List<T> as(List<PointData> points) {
        return (List<T>) points;
    }
}
