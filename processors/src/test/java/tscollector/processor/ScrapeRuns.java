package tscollector.processor;

import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;

/**
 * Successive scrapes of one target as a receiver makes them: the same shapes, instances and order each time, other values. Two
 * groups, the samples and the health numbers, share one Resource. Every value of run {@code n} is {@code n} times something.
 */
public final class ScrapeRuns {
    private static final InstrumentationScopeInfo SAMPLES = InstrumentationScopeInfo.create("samples");
    private static final InstrumentationScopeInfo HEALTH = InstrumentationScopeInfo.create("health");
    private static final long INTERVAL_NANOS = 15_000_000_000L;

    private final Resource resource =
            Resource.create(attributes("service.instance.id", "host:8080", "service.name", "torchserve"));
    private final Shape samplesShape = new Shape();
    private final Shape healthShape = new Shape();
    private final Attributes host = attributes("Level", "Host", "Hostname", "a", "endpoint", "http://h/metrics");
    private final Attributes otherHost = attributes("Level", "Host", "Hostname", "b", "endpoint", "http://h/metrics");
    private final Attributes gpu = attributes("Level", "Host", "DeviceId", "0", "Hostname", "a");
    private final Attributes model = attributes("ModelName", "m", "Level", "Model", "Hostname", "a");
    private final Attributes requests = attributes("model_name", "m", "model_version", "default", "hostname", "a");
    private final Attributes plain = attributes("part", "x");
    private final Attributes address = attributes("endpoint", "http://h/metrics");

    /** The time of a run. */
    public static long timeOf(int run) {
        return Batches.TIME + run * INTERVAL_NANOS;
    }

    /** Everything a target said in a run. */
    public MetricBatch run(int run) {
        return new MetricBatch(List.of(samples(run), health(run)));
    }

    private MetricGroup samples(int run) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(metric(SAMPLES, "CPUUtilization", ExposedType.GAUGE, gauge(run, host)));
        metrics.add(metric(SAMPLES, "Requests2XX", ExposedType.COUNTER, counter(run, host, otherHost)));
        metrics.add(metric(SAMPLES, "ts_inference_requests_total", ExposedType.COUNTER, counter(run, requests)));
        metrics.add(metric(SAMPLES, "GPUUtilization", ExposedType.GAUGE, gauge(run, gpu)));
        metrics.add(metric(SAMPLES, "HandlerTime", ExposedType.GAUGE, gauge(run, model)));
        metrics.add(metric(SAMPLES, "my_gauge", ExposedType.GAUGE, gauge(run, plain, model)));
        metrics.add(metric(SAMPLES, "my_latency", ExposedType.HISTOGRAM, histogram(run, host, otherHost)));
        metrics.add(metric(SAMPLES, "my_summary", ExposedType.SUMMARY, summary(run, model)));
        metrics.add(metric(SAMPLES, "my_untyped", ExposedType.UNTYPED, gauge(run, plain)));
        metrics.add(metric(SAMPLES, "nobody_lists_this", ExposedType.GAUGE, gauge(run, plain)));
        return MetricGroup.of(resource, SAMPLES, metrics, samplesShape);
    }

    private MetricGroup health(int run) {
        List<Metric> metrics = List.of(
                metric(HEALTH, "torchserve.openmetrics.health", null, longGauge(run)),
                metric(HEALTH, "up", null, gauge(run, address)),
                metric(HEALTH, "scrape_duration_seconds", null, gauge(run, address)));
        return MetricGroup.of(resource, HEALTH, metrics, healthShape);
    }

    private Metric metric(InstrumentationScopeInfo scope, String name, @Nullable ExposedType exposed, TypedData data) {
        return new Metric(resource, scope, name, "", "", data.type, data.data, name, exposed);
    }

    private record TypedData(MetricDataType type, Data<?> data) {}

    private static List<DoublePointData> points(int run, Attributes... series) {
        List<DoublePointData> points = new ArrayList<>();
        for (int i = 0; i < series.length; i++) {
            points.add(DoublePointData.create(timeOf(0), timeOf(run), series[i], run * (i + 1.0), List.of()));
        }
        return points;
    }

    private static TypedData gauge(int run, Attributes... series) {
        return new TypedData(MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(points(run, series)));
    }

    private static TypedData counter(int run, Attributes... series) {
        return new TypedData(
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, points(run, series)));
    }

    private TypedData longGauge(int run) {
        return new TypedData(
                MetricDataType.LONG_GAUGE,
                GaugeData.createLongGaugeData(List.of(LongPointData.create(timeOf(0), timeOf(run), address, run))));
    }

    private static TypedData histogram(int run, Attributes... series) {
        List<HistogramPointData> points = new ArrayList<>();
        for (Attributes attributes : series) {
            points.add(HistogramPointData.create(
                    timeOf(0),
                    timeOf(run),
                    attributes,
                    run * 0.5,
                    false,
                    0,
                    false,
                    0,
                    List.of(0.1, 1.0),
                    List.of((long) run, 0L, 0L)));
        }
        return new TypedData(MetricDataType.HISTOGRAM, HistogramData.create(AggregationTemporality.CUMULATIVE, points));
    }

    private static TypedData summary(int run, Attributes series) {
        return new TypedData(
                MetricDataType.SUMMARY,
                SummaryData.create(
                        List.of(SummaryPointData.create(timeOf(0), timeOf(run), series, run, run * 2.0, List.of()))));
    }
}
