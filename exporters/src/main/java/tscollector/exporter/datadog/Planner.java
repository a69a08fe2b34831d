package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tscollector.exporter.datadog.GroupPlan.MetricPlan;
import tscollector.exporter.datadog.GroupPlan.Treatment;
import tscollector.exporter.datadog.MetricsConfig.HistogramsConfig;
import tscollector.exporter.datadog.MetricsConfig.SumsConfig;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;

/** Works out what the metrics of a group are to Datadog, and encodes what stays the same from request to request. Thread-safe. */
final class Planner {
    /** The scope whose gauges are service checks. */
    static final String SERVICE_CHECK = "tscollector.service_check";

    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("error.message");
    private static final AttributeKey<String> API_STATE = AttributeKey.stringKey("torchserve.api.state");
    private static final Set<String> NO_TAGS_OF_CHECKS = Set.of(MESSAGE.getKey(), API_STATE.getKey(), "error.type");

    private final MetricNames names;
    private final Tags tags;
    private final HostNames hosts;
    private final SeriesFormat format;
    private final boolean infersIntervals;
    private final boolean sendsRawCounters;
    private final boolean sendsSketches;
    private final Predicate<String> isRate;
    private final SeriesCatalog catalog = new SeriesCatalog();

    Planner(MetricNames names, Tags tags, HostNames hosts, SeriesFormat format, MetricsConfig config) {
        this.names = names;
        this.tags = tags;
        this.hosts = hosts;
        this.format = format;
        this.infersIntervals = config.inferInterval();
        this.sendsRawCounters = config.sums().cumulativeMonotonicMode() == SumsConfig.CounterMode.RAW_VALUE;
        this.sendsSketches = config.histograms().mode() == HistogramsConfig.HistogramMode.DISTRIBUTIONS;
        this.isRate = NamePattern.anyOf(config.countAsRate());
    }

    GroupPlan plan(MetricGroup group) {
        boolean isCheck = group.scope().getName().equals(SERVICE_CHECK);
        String host = hosts.of(group.resource());
        List<String> common = tags.ofResource(group.resource());
        List<MetricPlan> plans = new ArrayList<>(group.metrics().size());
        for (Metric metric : group.metrics()) {
            plans.add(plan(metric, isCheck ? check(metric) : treatment(metric), host, common));
        }
        return new GroupPlan(List.copyOf(plans));
    }

    private MetricPlan plan(Metric metric, Treatment treatment, String host, List<String> common) {
        if (treatment == Treatment.LOST) {
            return lost(reason(metric));
        }
        String name = names.of(metric.name());
        if (name == null) {
            return lost(PointLosses.NO_NAME);
        }
        boolean isRateHere = treatment == Treatment.COUNT && isRate.test(name);
        int type = isRateHere ? SeriesFormat.RATE : SeriesFormat.COUNT;
        Set<String> exceptKeys = treatment == Treatment.CHECK ? NO_TAGS_OF_CHECKS : Set.of();
        List<Series> series = new ArrayList<>(metric.pointCount());
        for (PointData point : metric.data().getPoints()) {
            Attributes attributes = point.getAttributes();
            Collection<String> all = tags.of(common, attributes, exceptKeys);
            series.add(catalog.theOne(
                    switch (treatment) {
                        case COUNT -> Series.ofPoints(type, format.head(name, host, all));
                        case GAUGE -> Series.ofPoints(SeriesFormat.GAUGE, format.head(name, host, all));
                        case SKETCH -> Series.ofSketches(SketchForm.head(name, host, all));
                        case CHECK ->
                            Series.ofChecks(
                                    CheckForm.head(name, host, all, attributes.get(MESSAGE)),
                                    attributes.get(API_STATE) != null);
                        case LOST -> throw new IllegalStateException("lost metrics have no series");
                    }));
        }
        return new MetricPlan(treatment, infersIntervals || isRateHere, null, List.copyOf(series));
    }

    private static MetricPlan lost(String reason) {
        return new MetricPlan(Treatment.LOST, false, reason, List.of());
    }

    private static String reason(Metric metric) {
        if (metric.scope().getName().equals(SERVICE_CHECK)) {
            return PointLosses.NO_STATUS;
        }
        return isDeltaHistogram(metric) ? PointLosses.NO_BOUNDS : PointLosses.CUMULATIVE;
    }

    private static boolean isDeltaHistogram(Metric metric) {
        return metric.type() == MetricDataType.HISTOGRAM
                && metric.getHistogramData().getAggregationTemporality() == AggregationTemporality.DELTA;
    }

    private static Treatment check(Metric metric) {
        boolean isGauge = metric.type() == MetricDataType.DOUBLE_GAUGE || metric.type() == MetricDataType.LONG_GAUGE;
        return isGauge ? Treatment.CHECK : Treatment.LOST;
    }

    private Treatment treatment(Metric metric) {
        return switch (metric.type()) {
            case LONG_GAUGE, DOUBLE_GAUGE -> Treatment.GAUGE;
            case LONG_SUM -> sum(metric.getLongSumData());
            case DOUBLE_SUM -> sum(metric.getDoubleSumData());
            case HISTOGRAM -> sendsSketches && isDeltaHistogram(metric) ? Treatment.SKETCH : Treatment.LOST;
            case EXPONENTIAL_HISTOGRAM ->
                sketch(metric.getExponentialHistogramData().getAggregationTemporality());
            case SUMMARY -> Treatment.LOST; // expanded before the queue
        };
    }

    private Treatment sum(SumData<?> sum) {
        if (sum.getAggregationTemporality() == AggregationTemporality.DELTA) {
            return Treatment.COUNT;
        }
        return sum.isMonotonic() && !sendsRawCounters ? Treatment.LOST : Treatment.GAUGE;
    }

    private static Treatment sketch(AggregationTemporality temporality) {
        return temporality == AggregationTemporality.DELTA ? Treatment.SKETCH : Treatment.LOST;
    }
}
