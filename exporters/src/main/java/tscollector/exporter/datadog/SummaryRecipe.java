package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tscollector.exporter.datadog.MetricsConfig.SummariesConfig;
import tscollector.kit.text.FloatText;
import tscollector.signal.Metric;

/**
 * Summaries as Datadog has them: two counters {@code .count} and {@code .sum}, which become deltas like all others, and a gauge
 * {@code .quantile} for each quantile.
 */
final class SummaryRecipe implements Expansion.Recipe {
    private static final AttributeKey<String> QUANTILE = AttributeKey.stringKey("quantile");

    /** Counters of which only differences make sense, unlike those that a user may want as they are. */
    record Counters(Collection<DoublePointData> points) implements SumData<DoublePointData> {
        @Override
        public Collection<DoublePointData> getPoints() {
            return points;
        }

        @Override
        public boolean isMonotonic() {
            return true;
        }

        @Override
        public AggregationTemporality getAggregationTemporality() {
            return AggregationTemporality.CUMULATIVE;
        }
    }

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

    private final @Nullable List<Quantiles> byPoint; // null: they are not sent

    private SummaryRecipe(@Nullable List<Quantiles> byPoint) {
        this.byPoint = byPoint;
    }

    /** Recipes for summaries, and none for anything else. */
    static Function<Metric, Expansion.@Nullable Recipe> recipes(SummariesConfig config) {
        boolean quantilesToo = config.mode() == SummariesConfig.SummaryMode.GAUGES;
        return metric -> metric.type() == MetricDataType.SUMMARY ? of(metric, quantilesToo) : null;
    }

    private static SummaryRecipe of(Metric summary, boolean quantilesToo) {
        return new SummaryRecipe(
                quantilesToo
                        ? summary.getSummaryData().getPoints().stream()
                                .map(Quantiles::of)
                                .toList()
                        : null);
    }

    @Override
    public boolean expand(Metric metric, List<Metric> to) {
        to.add(counter(metric, ".count", point -> (double) point.getCount()));
        to.add(counter(metric, ".sum", SummaryPointData::getSum));
        return byPoint == null || addQuantiles(metric, byPoint, to);
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
        return Expansion.part(summary, suffix, MetricDataType.DOUBLE_SUM, new Counters(points));
    }

    private static boolean addQuantiles(Metric summary, List<Quantiles> byPoint, List<Metric> to) {
        List<DoublePointData> gauges = new ArrayList<>();
        int i = 0;
        for (SummaryPointData point : summary.getSummaryData().getPoints()) {
            Quantiles quantiles = byPoint.get(i++);
            if (!quantiles.fits(point)) {
                return false;
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
        if (!gauges.isEmpty()) {
            to.add(Expansion.part(
                    summary, ".quantile", MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(gauges)));
        }
        return true;
    }
}
