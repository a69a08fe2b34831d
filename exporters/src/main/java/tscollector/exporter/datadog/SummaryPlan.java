package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tscollector.kit.text.FloatText;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;

/** How the summaries of a group are expanded: made once per shape, so that its outcome keeps a shape too. Immutable. */
final class SummaryPlan {
    private static final AttributeKey<String> QUANTILE = AttributeKey.stringKey("quantile");

    /** The quantiles of one point, and the attributes of their gauges. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Quantiles(double[] at, List<Attributes> attributes) {
        static Quantiles of(SummaryPointData point) {
            List<ValueAtQuantile> values = point.getValues();
            double[] at = new double[values.size()];
            List<Attributes> attributes = new ArrayList<>(at.length);
            for (int i = 0; i < at.length; i++) {
                at[i] = values.get(i).getQuantile();
                attributes.add(point.getAttributes().toBuilder()
                        .put(QUANTILE, FloatText.of(at[i]))
                        .build());
            }
            return new Quantiles(at, attributes);
        }

        boolean fits(SummaryPointData point) {
            List<ValueAtQuantile> values = point.getValues();
            if (values.size() != at.length) {
                return false;
            }
            for (int i = 0; i < at.length; i++) {
                if (Double.compare(values.get(i).getQuantile(), at[i]) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Shape shape = new Shape();
    private final List<@Nullable List<Quantiles>> byMetric; // null for what is no summary
    private final boolean isEmpty;

    private SummaryPlan(List<@Nullable List<Quantiles>> byMetric, boolean isEmpty) {
        this.byMetric = byMetric;
        this.isEmpty = isEmpty;
    }

    static SummaryPlan of(MetricGroup group) {
        List<@Nullable List<Quantiles>> byMetric = new ArrayList<>();
        boolean isEmpty = true;
        for (Metric metric : group.metrics()) {
            List<Quantiles> ofPoints = null;
            if (metric.type() == MetricDataType.SUMMARY) {
                ofPoints = new ArrayList<>();
                for (SummaryPointData point : metric.getSummaryData().getPoints()) {
                    ofPoints.add(Quantiles.of(point));
                }
                isEmpty = false;
            }
            byMetric.add(ofPoints);
        }
        return new SummaryPlan(byMetric, isEmpty);
    }

    /** There is no summary in the group. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** The group with its summaries expanded; null if these have other quantiles than those the plan was made for. */
    @Nullable
    MetricGroup apply(MetricGroup group) {
        List<Metric> metrics = new ArrayList<>(group.metrics().size() + 8);
        for (int i = 0; i < group.metrics().size(); i++) {
            Metric metric = group.metrics().get(i);
            List<Quantiles> ofPoints = byMetric.get(i);
            if (ofPoints == null) {
                metrics.add(metric);
                continue;
            }
            metrics.add(counter(metric, ".count", point -> (double) point.getCount()));
            metrics.add(counter(metric, ".sum", SummaryPointData::getSum));
            List<DoublePointData> gauges = gauges(metric, ofPoints);
            if (gauges == null) {
                return null;
            }
            if (!gauges.isEmpty()) {
                metrics.add(made(
                        metric, ".quantile", MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(gauges)));
            }
        }
        return MetricGroup.of(group.resource(), group.scope(), metrics, shape);
    }

    private static Metric counter(Metric summary, String suffix, ToDoubleFunction<SummaryPointData> value) {
        List<DoublePointData> points = new ArrayList<>(summary.pointCount());
        for (SummaryPointData point : summary.getSummaryData().getPoints()) {
            points.add(DoublePointData.create(
                    point.getStartEpochNanos(),
                    point.getEpochNanos(),
                    point.getAttributes(),
                    value.applyAsDouble(point),
                    List.of()));
        }
        return made(
                summary,
                suffix,
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, points));
    }

    private static @Nullable List<DoublePointData> gauges(Metric summary, List<Quantiles> ofPoints) {
        List<DoublePointData> gauges = new ArrayList<>();
        int i = 0;
        for (SummaryPointData point : summary.getSummaryData().getPoints()) {
            Quantiles quantiles = ofPoints.get(i++);
            if (!quantiles.fits(point)) {
                return null;
            }
            for (int q = 0; q < quantiles.at().length; q++) {
                gauges.add(DoublePointData.create(
                        0,
                        point.getEpochNanos(),
                        quantiles.attributes().get(q),
                        point.getValues().get(q).getValue(),
                        List.of()));
            }
        }
        return gauges;
    }

    private static Metric made(Metric summary, String suffix, MetricDataType type, Data<?> data) {
        return new Metric(
                summary.resource(),
                summary.scope(),
                summary.name() + suffix,
                summary.description(),
                summary.unit(),
                type,
                data,
                summary.family(),
                summary.exposedType());
    }
}
