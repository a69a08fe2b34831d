package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.kit.metric.Form;
import tscollector.signal.Metric;

/** The kinds of data that have deltas. The codes are stored. */
enum SeriesKind {
    LONG(1, MetricDataType.LONG_SUM, LongSeries::new),
    DOUBLE(2, MetricDataType.DOUBLE_SUM, DoubleSeries::new),
    HISTOGRAM(3, MetricDataType.HISTOGRAM, HistogramSeries::new),
    EXPONENTIAL(4, MetricDataType.EXPONENTIAL_HISTOGRAM, ExponentialSeries::new);

    private final int code;
    private final Form deltas;
    private final Function<SeriesKey, Series> maker;

    SeriesKind(int code, MetricDataType type, Function<SeriesKey, Series> maker) {
        boolean isCounter = type == MetricDataType.LONG_SUM || type == MetricDataType.DOUBLE_SUM;
        this.code = code;
        this.deltas = new Form(type, isCounter, AggregationTemporality.DELTA);
        this.maker = maker;
    }

    int code() {
        return code;
    }

    /** A series of this kind of which nothing is known yet. */
    Series series(SeriesKey key) {
        return maker.apply(key);
    }

    /** Data with delta temporality; the points must be of this kind. */
    Data<?> deltas(List<PointData> points) {
        return deltas.data(points);
    }

    /** The kind of a metric that has deltas and is not one already; null for all others. */
    static @Nullable SeriesKind of(Metric metric) {
        Data<?> data = metric.data();
        return switch (metric.type()) {
            case LONG_SUM -> isCounter(data) ? LONG : null;
            case DOUBLE_SUM -> isCounter(data) ? DOUBLE : null;
            case HISTOGRAM ->
                ((HistogramData) data).getAggregationTemporality() == AggregationTemporality.CUMULATIVE
                        ? HISTOGRAM
                        : null;
            case EXPONENTIAL_HISTOGRAM ->
                ((ExponentialHistogramData) data).getAggregationTemporality() == AggregationTemporality.CUMULATIVE
                        ? EXPONENTIAL
                        : null;
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

    private static boolean isCounter(Data<?> data) {
        return data instanceof SumData<?> sum
                && sum.isMonotonic()
                && sum.getAggregationTemporality() == AggregationTemporality.CUMULATIVE;
    }
}
