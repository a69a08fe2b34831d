package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.kit.metric.Form;
import tscollector.signal.Metric;

/** The kinds of data that have deltas. The codes are stored. */
enum SeriesKind {
    LONG(1, MetricDataType.LONG_SUM),
    DOUBLE(2, MetricDataType.DOUBLE_SUM),
    HISTOGRAM(3, MetricDataType.HISTOGRAM),
    EXPONENTIAL(4, MetricDataType.EXPONENTIAL_HISTOGRAM);

    private final int code;
    private final MetricDataType type;

    SeriesKind(int code, MetricDataType type) {
        this.code = code;
        this.type = type;
    }

    int code() {
        return code;
    }

    /** A series of this kind of which nothing is known yet. */
    Series series(SeriesKey key) {
        return switch (this) {
            case LONG -> new LongSeries(key);
            case DOUBLE -> new DoubleSeries(key);
            case HISTOGRAM -> new HistogramSeries(key);
            case EXPONENTIAL -> new ExponentialSeries(key);
        };
    }

    /** Data with delta temporality; the points must be of this kind. */
    Data<?> deltas(List<PointData> points) {
        boolean isCounter = this == LONG || this == DOUBLE;
        return new Form(type, isCounter, AggregationTemporality.DELTA).data(points);
    }

    /** The kind of a metric that has deltas and is not one already; null for all others. */
    static @Nullable SeriesKind of(Metric metric) {
        return of(metric, AggregationTemporality.CUMULATIVE);
    }

    /** The kind whose deltas these are; null if they are none. */
    static @Nullable SeriesKind ofDelta(Metric metric) {
        return of(metric, AggregationTemporality.DELTA);
    }

    private static @Nullable SeriesKind of(Metric metric, AggregationTemporality temporality) {
        Data<?> data = metric.data();
        return switch (metric.type()) {
            case LONG_SUM -> isCounter(data, temporality) ? LONG : null;
            case DOUBLE_SUM -> isCounter(data, temporality) ? DOUBLE : null;
            case HISTOGRAM -> ((HistogramData) data).getAggregationTemporality() == temporality ? HISTOGRAM : null;
            case EXPONENTIAL_HISTOGRAM ->
                ((ExponentialHistogramData) data).getAggregationTemporality() == temporality ? EXPONENTIAL : null;
            case LONG_GAUGE, DOUBLE_GAUGE, SUMMARY -> null;
        };
    }

    /** The kind with this code; null if there is none. */
    static @Nullable SeriesKind ofCode(int code) {
        for (SeriesKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }

    private static boolean isCounter(Data<?> data, AggregationTemporality temporality) {
        return data instanceof SumData<?> sum && sum.isMonotonic() && sum.getAggregationTemporality() == temporality;
    }
}
