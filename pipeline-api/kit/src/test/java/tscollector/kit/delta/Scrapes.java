package tscollector.kit.delta;

import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;

/** What a server says, point by point, in seconds after {@link Batches#TIME}; each batch has a shape of its own unless told. */
final class Scrapes {
    static final Attributes A = attributes("model_name", "a");
    static final Attributes B = attributes("model_name", "b");

    private static final Resource SERVER = Resource.create(attributes("service.instance.id", "host:8080"));

    private final Resource resource;
    private final InstrumentationScopeInfo scope;
    private final List<Metric> metrics = new ArrayList<>();

    Scrapes() {
        this(SERVER);
    }

    Scrapes(Resource resource) {
        this.resource = resource;
        this.scope = Batches.SCOPE;
    }

    /** The time in nanoseconds. */
    static long at(double second) {
        return Batches.TIME + (long) (second * 1e9);
    }

    static DoublePointData number(double start, double time, Attributes attributes, double value) {
        return DoublePointData.create(at(start), at(time), attributes, value, List.of());
    }

    /** A point whose start is not known. */
    static DoublePointData startless(double time, Attributes attributes, double value) {
        return DoublePointData.create(0, at(time), attributes, value, List.of());
    }

    static HistogramPointData histogram(double start, double time, double sum, List<Double> bounds, long... counts) {
        return HistogramPointData.create(at(start), at(time), A, sum, true, 0.1, true, 9, bounds, longs(counts));
    }

    static ExponentialHistogramPointData exponential(
            double start, double time, int scale, double sum, long zeros, int offset, long... counts) {
        return ExponentialHistogramPointData.create(
                scale,
                sum,
                zeros,
                false,
                0,
                false,
                0,
                ExponentialHistogramBuckets.create(scale, offset, longs(counts)),
                ExponentialHistogramBuckets.create(scale, 0, List.of()),
                at(start),
                at(time),
                A,
                List.of());
    }

    Scrapes counter(String name, DoublePointData... points) {
        return add(
                name,
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, List.of(points)));
    }

    Scrapes counter(String name, LongPointData... points) {
        return add(
                name,
                MetricDataType.LONG_SUM,
                SumData.createLongSumData(true, AggregationTemporality.CUMULATIVE, List.of(points)));
    }

    Scrapes gauge(String name, DoublePointData... points) {
        return add(name, MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(List.of(points)));
    }

    Scrapes histogram(String name, HistogramPointData... points) {
        return add(
                name,
                MetricDataType.HISTOGRAM,
                HistogramData.create(AggregationTemporality.CUMULATIVE, List.of(points)));
    }

    Scrapes exponential(String name, ExponentialHistogramPointData... points) {
        return add(
                name,
                MetricDataType.EXPONENTIAL_HISTOGRAM,
                ExponentialHistogramData.create(AggregationTemporality.CUMULATIVE, List.of(points)));
    }

    Scrapes add(String name, MetricDataType type, Data<?> data) {
        metrics.add(new Metric(resource, scope, name, "", "", type, data, name, null));
        return this;
    }

    MetricBatch batch() {
        return batch(new Shape());
    }

    MetricBatch batch(Shape shape) {
        return new MetricBatch(List.of(MetricGroup.of(resource, scope, metrics, shape)));
    }

    /** All points of a batch in order; none of no batch. */
    static List<PointData> points(@Nullable MetricBatch batch) {
        List<PointData> points = new ArrayList<>();
        if (batch != null) {
            for (MetricGroup group : batch.groups()) {
                group.metrics().forEach(metric -> points.addAll(metric.data().getPoints()));
            }
        }
        return points;
    }

    /** The values of all points, which are plain numbers. */
    static List<Double> values(@Nullable MetricBatch batch) {
        return points(batch).stream().map(Scrapes::value).toList();
    }

    private static double value(PointData point) {
        return point instanceof LongPointData whole ? whole.getValue() : ((DoublePointData) point).getValue();
    }

    static List<Long> longs(long... counts) {
        List<Long> list = new ArrayList<>();
        for (long count : counts) {
            list.add(count);
        }
        return list;
    }
}
