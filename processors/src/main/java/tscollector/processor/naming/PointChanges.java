package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tscollector.reshape.PointChange;
import tscollector.signal.Metric;

/** What naming makes of a point beside giving it other attributes. */
final class PointChanges {
    /** A service check's state for values that nothing is said of. */
    private static final long UNKNOWN = 3;

    private static final double NANOS = 1e9;

    private PointChanges() {}

    /** How many seconds before the scrape the time was that the value is. */
    static PointData timeSince(PointData point, Attributes attributes) {
        return DoublePointData.create(
                point.getStartEpochNanos(),
                point.getEpochNanos(),
                attributes,
                point.getEpochNanos() / NANOS - Numbers.of(point),
                List.of());
    }

    /** The state of a value, its fraction cut off; what is no number has none that is known. */
    static PointChange status(Map<Long, Long> statuses) {
        return (point, attributes) -> LongPointData.create(
                point.getStartEpochNanos(),
                point.getEpochNanos(),
                attributes,
                Numbers.isFinite(point) ? statuses.getOrDefault((long) Numbers.of(point), UNKNOWN) : UNKNOWN);
    }

    /** A summary's count and sum alone. */
    static PointData withoutQuantiles(PointData point, Attributes attributes) {
        return point instanceof SummaryPointData summary
                ? SummaryPointData.create(
                        summary.getStartEpochNanos(),
                        summary.getEpochNanos(),
                        attributes,
                        summary.getCount(),
                        summary.getSum(),
                        List.of())
                : PointChange.NONE.change(point, attributes);
    }

    /** One quantile; NaN in a run in which the summary does not say it. */
    static PointChange quantile(double quantile) {
        return (point, attributes) -> {
            double value = Double.NaN;
            if (point instanceof SummaryPointData summary) {
                for (ValueAtQuantile at : summary.getValues()) {
                    value = at.getQuantile() == quantile ? at.getValue() : value;
                }
            }
            return DoublePointData.create(
                    point.getStartEpochNanos(), point.getEpochNanos(), attributes, value, List.of());
        };
    }

    /** The quantiles that summaries say; empty for all other metrics. */
    static Set<Double> quantiles(Metric metric) {
        Set<Double> quantiles = new LinkedHashSet<>();
        for (PointData point : metric.data().getPoints()) {
            if (point instanceof SummaryPointData summary) {
                summary.getValues().forEach(at -> quantiles.add(at.getQuantile()));
            }
        }
        return quantiles;
    }
}
