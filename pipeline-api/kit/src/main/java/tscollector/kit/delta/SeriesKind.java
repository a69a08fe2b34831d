package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;

/** The kinds of data that have deltas. The codes are stored. */
enum SeriesKind {
    LONG(1) {
        @Override
        Series series(SeriesKey key) {
            return new LongSeries(key);
        }

        @Override
        Data<?> deltas(List<PointData> points) {
            return SumData.createLongSumData(true, AggregationTemporality.DELTA, SeriesKind.<LongPointData>as(points));
        }
    },
    DOUBLE(2) {
        @Override
        Series series(SeriesKey key) {
            return new DoubleSeries(key);
        }

        @Override
        Data<?> deltas(List<PointData> points) {
            return SumData.createDoubleSumData(
                    true, AggregationTemporality.DELTA, SeriesKind.<DoublePointData>as(points));
        }
    },
    HISTOGRAM(3) {
        @Override
        Series series(SeriesKey key) {
            return new HistogramSeries(key);
        }

        @Override
        Data<?> deltas(List<PointData> points) {
            return HistogramData.create(AggregationTemporality.DELTA, SeriesKind.<HistogramPointData>as(points));
        }
    },
    EXPONENTIAL(4) {
        @Override
        Series series(SeriesKey key) {
            return new ExponentialSeries(key);
        }

        @Override
        Data<?> deltas(List<PointData> points) {
            return ExponentialHistogramData.create(
                    AggregationTemporality.DELTA, SeriesKind.<ExponentialHistogramPointData>as(points));
        }
    };

    private final int code;

    SeriesKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** A series of this kind of which nothing is known yet. */
    abstract Series series(SeriesKey key);

    /** Data with delta temporality; the points must be of this kind. */
    abstract Data<?> deltas(List<PointData> points);

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

    @SuppressWarnings("unchecked") // the points come from series of this kind
    private static <T extends PointData> List<T> as(List<PointData> points) {
        return (List<T>) points;
    }
}
