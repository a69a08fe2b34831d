package tscollector.kit.delivery;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tscollector.kit.metric.Form;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;
import tscollector.signal.Shape;

/** Batches of metrics. */
final class MetricBatching implements Batching<MetricBatch> {
    private static final long POINT_BYTES = 120; // measured: 118-120 bytes a gauge or counter point in OTLP
    private static final long BUCKET_BYTES = 16;
    private static final long POINT_MEMORY = 48; // a DoublePointData, whose attributes are those of its series
    private static final long METRIC_MEMORY =
            24; // a record with its lists takes twice that where it has one point, and most have several
    private static final long GROUP_MEMORY = 50;
    private static final long NAME_MEMORY = 150; // a name, a family and a description, besides their text
    private static final long SERIES_MEMORY = 90; // attributes without any
    private static final long LABEL_MEMORY = 60; // a label, besides its text: with three short ones a series takes 300

    private final PlanCache<Long> seriesMemory = new PlanCache<>();

    @Override
    public List<MetricBatch> groups(MetricBatch batch) {
        List<MetricBatch> singles = new ArrayList<>(batch.groups().size());
        for (MetricGroup group : batch.groups()) {
            singles.add(new MetricBatch(List.of(group)));
        }
        return singles;
    }

    @Override
    public MetricBatch join(List<MetricBatch> batches) {
        List<MetricGroup> groups = new ArrayList<>(batches.size());
        for (MetricBatch batch : batches) {
            groups.addAll(batch.groups());
        }
        return new MetricBatch(groups);
    }

    @Override
    public MetricBatch slice(MetricBatch batch, int from, int to) {
        MetricGroup group = batch.groups().get(0);
        List<Metric> metrics = new ArrayList<>();
        int start = 0; // the metric's first point, counted over the group
        for (Metric metric : group.metrics()) {
            int end = start + metric.pointCount();
            if (start < to && end > from) {
                metrics.add(points(metric, Math.max(from - start, 0), Math.min(to, end) - start));
            }
            start = end;
        }
        return new MetricBatch(List.of(MetricGroup.of(group.resource(), group.scope(), metrics, new Shape())));
    }

    @Override
    public long estimateBytes(MetricBatch batch) {
        long bytes = 0;
        for (MetricGroup group : batch.groups()) {
            bytes += POINT_BYTES * group.pointCount() + BUCKET_BYTES * buckets(group);
        }
        return bytes;
    }

    @Override
    public List<QueueMemory.Load> loads(MetricBatch batch) {
        List<QueueMemory.Load> loads = new ArrayList<>(batch.groups().size());
        for (MetricGroup group : batch.groups()) {
            long bytes = GROUP_MEMORY
                    + METRIC_MEMORY * group.metrics().size()
                    + POINT_MEMORY * group.pointCount()
                    + BUCKET_BYTES * buckets(group);
            loads.add(new QueueMemory.Load(
                    group,
                    bytes,
                    new QueueMemory.Series(
                            group.resource(),
                            group.scope(),
                            group.shape(),
                            seriesMemory.planFor(group, MetricBatching::seriesMemory))));
        }
        return loads;
    }

    private static long seriesMemory(MetricGroup group) {
        long bytes = 0;
        for (Metric metric : group.metrics()) {
            bytes += NAME_MEMORY + metric.name().length() + metric.description().length();
            for (PointData point : metric.data().getPoints()) {
                bytes += SERIES_MEMORY + labelMemory(point.getAttributes());
            }
        }
        return bytes;
    }

    private static long labelMemory(Attributes labels) {
        long[] bytes = {0};
        labels.forEach((key, value) -> bytes[0] += LABEL_MEMORY + (value instanceof String text ? text.length() : 0));
        return bytes[0];
    }

    private static Metric points(Metric metric, int from, int to) {
        if (from == 0 && to == metric.pointCount()) {
            return metric;
        }
        Collection<? extends PointData> points = metric.data().getPoints();
        List<? extends PointData> all = points instanceof List<? extends PointData> list ? list : List.copyOf(points);
        return metric.withData(Form.of(metric).data(List.copyOf(all.subList(from, to))));
    }

    private static long buckets(MetricGroup group) {
        long buckets = 0;
        for (Metric metric : group.metrics()) {
            buckets += buckets(metric);
        }
        return buckets;
    }

    private static long buckets(Metric metric) {
        Data<?> data = metric.data();
        long buckets = 0;
        switch (metric.type()) {
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY -> {
                for (PointData point : data.getPoints()) {
                    buckets += buckets(point);
                }
            }
            case LONG_GAUGE, DOUBLE_GAUGE, LONG_SUM, DOUBLE_SUM -> {
                // plain numbers have none
            }
        }
        return buckets;
    }

    private static long buckets(PointData point) {
        if (point instanceof HistogramPointData histogram) {
            return histogram.getCounts().size();
        }
        if (point instanceof SummaryPointData summary) {
            return summary.getValues().size();
        }
        if (point instanceof ExponentialHistogramPointData histogram) {
            return (long) histogram.getPositiveBuckets().getBucketCounts().size()
                    + histogram.getNegativeBuckets().getBucketCounts().size();
        }
        return 0;
    }
}
