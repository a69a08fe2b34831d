package tscollector.torchserve.management;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.MetricSpec;
import tscollector.signal.Shape;
import tscollector.torchserve.Gauges;
import tscollector.torchserve.management.Described.Version;
import tscollector.torchserve.management.Described.Worker;
import tscollector.torchserve.management.ModelSeries.VersionSeries;
import tscollector.torchserve.management.ModelSeries.WorkerSeries;

/**
 * The data group of one run after the other: points are added model by model, and {@link #end} gives the group, with the shape of
 * the run before if nothing but values changed. One run at a time.
 */
final class DataGroup {
    private final InstrumentationScopeInfo scope;
    private final List<MetricSpec> sent;
    private final IdentityHashMap<MetricSpec, List<DoublePointData>> points = new IdentityHashMap<>();
    private long epochNanos;
    private int count;
    private List<Object> face = new ArrayList<>(); // resource, then each spec and the attributes of its points
    private Shape shape = new Shape();

    /** @param sent the metrics of the group; points of others are not taken */
    DataGroup(InstrumentationScopeInfo scope, List<MetricSpec> sent) {
        this.scope = scope;
        this.sent = sent;
        sent.forEach(spec -> points.put(spec, new ArrayList<>()));
    }

    /** Begins with nothing. */
    void begin(long newEpochNanos) {
        epochNanos = newEpochNanos;
        count = 0;
        points.values().forEach(List::clear);
    }

    void models(Attributes attributes, int models) {
        add(ManagementMetrics.MODELS, attributes, models);
    }

    /** Adds everything about a model. */
    void model(ModelSeries series, Described described, DefaultFlag defaultFlag) {
        add(ManagementMetrics.VERSIONS, series.attributes(), described.length());
        for (Version version : described.versions()) {
            version(series.version(version), version, defaultFlag);
        }
    }

    /** Points so far. */
    int count() {
        return count;
    }

    /** The group, or null if it would be empty. */
    @Nullable
    MetricGroup end(Resource resource) {
        if (count == 0) {
            return null;
        }
        List<Metric> metrics = new ArrayList<>();
        List<Object> newFace = new ArrayList<>(face.size());
        newFace.add(resource);
        for (MetricSpec spec : sent) {
            List<DoublePointData> ofSpec = Objects.requireNonNull(points.get(spec));
            if (!ofSpec.isEmpty()) {
                newFace.add(spec);
                ofSpec.forEach(point -> newFace.add(point.getAttributes()));
                metrics.add(metric(resource, spec, List.copyOf(ofSpec)));
            }
        }
        if (!isSame(newFace, face)) {
            shape = new Shape();
        }
        face = newFace;
        return MetricGroup.of(resource, scope, metrics, shape);
    }

    private Metric metric(Resource resource, MetricSpec spec, List<DoublePointData> ofSpec) {
        return spec.kind() == MetricSpec.Kind.GAUGE
                ? Gauges.gauge(resource, scope, spec, ofSpec)
                : Metric.of(
                        resource,
                        scope,
                        spec,
                        MetricDataType.DOUBLE_SUM,
                        SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, ofSpec));
    }

    private void version(VersionSeries series, Version version, DefaultFlag defaultFlag) {
        Attributes attributes = series.attributes();
        add(ManagementMetrics.WORKERS, attributes, version.workerCount());
        add(ManagementMetrics.LOADED_AT_STARTUP, attributes, version.loadedAtStartup() ? 1 : 0);
        addIfThere(ManagementMetrics.IS_DEFAULT, attributes, defaultFlag.of(version));
        version.numbers().forEach((number, value) -> add(number.spec(), attributes, value));
        for (int i = 0; i < version.workers().size(); i++) {
            worker(series.workers().get(i), version.workers().get(i));
        }
    }

    private void worker(WorkerSeries series, Worker worker) {
        Attributes attributes = series.attributes();
        addIfThere(ManagementMetrics.MEMORY_USAGE, attributes, worker.memoryUsage());
        add(ManagementMetrics.IS_GPU, attributes, worker.gpu() ? 1 : 0);
        add(ManagementMetrics.STATUS, attributes, worker.status());
        add(
                ManagementMetrics.RESTARTS,
                DoublePointData.create(
                        series.startAt(epochNanos),
                        epochNanos,
                        series.withoutPid(),
                        (double) series.restarts(),
                        List.of()));
        GpuUsage gpu = worker.gpuUsage();
        if (gpu != null) {
            addIfThere(ManagementMetrics.GPU_UTILIZATION, series.gpu(gpu), gpu.utilization());
            addIfThere(ManagementMetrics.GPU_MEMORY_UTILIZATION, series.gpu(gpu), gpu.memoryUtilization());
            addIfThere(ManagementMetrics.GPU_MEMORY_USED, series.gpu(gpu), gpu.memoryUsed());
        }
    }

    private void addIfThere(MetricSpec spec, Attributes attributes, double value) {
        if (!Double.isNaN(value)) {
            add(spec, attributes, value);
        }
    }

    private void add(MetricSpec spec, Attributes attributes, double value) {
        add(spec, Gauges.point(attributes, value, epochNanos));
    }

    private void add(MetricSpec spec, DoublePointData point) {
        List<DoublePointData> ofSpec = points.get(spec);
        if (ofSpec != null) {
            ofSpec.add(point);
            count++;
        }
    }

    /** Whether both hold the very same objects. */
    private static boolean isSame(List<Object> one, List<Object> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i) != other.get(i)) {
                return false;
            }
        }
        return true;
    }
}
