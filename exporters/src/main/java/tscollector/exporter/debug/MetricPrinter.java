package tscollector.exporter.debug;

import static tscollector.exporter.debug.Texts.number;
import static tscollector.exporter.debug.Texts.padded;
import static tscollector.exporter.debug.Texts.right;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import io.opentelemetry.sdk.resources.Resource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tscollector.exporter.debug.DebugConfig.Verbosity;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;

/** Metrics as text: a heading per server, then a line per point with its value, its full name and its attributes. */
final class MetricPrinter {
    /** A value longer than this pushes its own line to the right and no other. */
    private static final int WIDEST_VALUE_COLUMN = 14;

    private record Row(String value, String name, String attributes, String detail) {}

    private final Verbosity verbosity;
    private final Paint paint;
    private final ZoneId zone;

    MetricPrinter(Verbosity verbosity, Paint paint, ZoneId zone) {
        this.verbosity = verbosity;
        this.paint = paint;
        this.zone = zone;
    }

    String print(MetricBatch batch) {
        StringBuilder text = new StringBuilder();
        @Nullable Resource shown = null;
        List<MetricGroup> groups = batch.groups();
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).resource() != shown) {
                shown = groups.get(i).resource();
                heading(text, groups, i);
            }
            if (verbosity != Verbosity.BASIC) {
                group(text, groups.get(i));
            }
        }
        return text.toString();
    }

    private void heading(StringBuilder text, List<MetricGroup> groups, int first) {
        Resource resource = groups.get(first).resource();
        int metrics = 0;
        int points = 0;
        for (int i = first; i < groups.size() && groups.get(i).resource() == resource; i++) {
            metrics += groups.get(i).metrics().size();
            points += groups.get(i).pointCount();
        }
        text.append(paint.dim(Texts.time(firstPoint(groups.get(first)).getEpochNanos(), zone)))
                .append(' ')
                .append(paint.bold(server(resource)))
                .append(paint.dim("  " + count(metrics, "metric") + ", " + count(points, "point")))
                .append('\n');
        if (verbosity == Verbosity.DETAILED) {
            text.append("  resource  ")
                    .append(Texts.attributes(resource.getAttributes()))
                    .append('\n');
        }
    }

    /** The words that tell one server from another. */
    static String server(Resource resource) {
        String name = resource.getAttribute(AttributeKey.stringKey("service.name"));
        String instance = resource.getAttribute(AttributeKey.stringKey("service.instance.id"));
        return Texts.clean((name == null ? "unknown service" : name) + (instance == null ? "" : " " + instance));
    }

    private void group(StringBuilder text, MetricGroup group) {
        if (verbosity == Verbosity.DETAILED) {
            text.append("  scope  ").append(Texts.clean(group.scope().getName()));
            if (group.scope().getVersion() != null) {
                text.append(' ').append(Texts.clean(group.scope().getVersion()));
            }
            text.append('\n');
        }
        Attributes common = commonAttributes(group);
        if (!common.isEmpty()) {
            text.append("  ")
                    .append(paint.dim("each with " + Texts.attributes(common)))
                    .append('\n');
        }
        List<Row> rows = new ArrayList<>();
        for (Metric metric : group.metrics()) {
            for (PointData point : metric.data().getPoints()) {
                Attributes own = point.getAttributes().toBuilder()
                        .removeIf(key -> common.get(key) != null)
                        .build();
                rows.add(new Row(
                        value(point), Texts.clean(metric.name()), Texts.attributes(own), detail(metric, point)));
            }
        }
        int valueWidth = 0;
        int nameWidth = 0;
        for (Row row : rows) {
            valueWidth = Math.max(valueWidth, Math.min(row.value().length(), WIDEST_VALUE_COLUMN));
            nameWidth = Math.max(nameWidth, row.name().length());
        }
        for (Row row : rows) {
            text.append("  ").append(paint.bold(right(row.value(), valueWidth))).append("  ");
            if (row.attributes().isEmpty()) {
                text.append(paint.name(row.name()));
            } else {
                text.append(paint.name(padded(row.name(), nameWidth)))
                        .append("  ")
                        .append(paint.dim(row.attributes()));
            }
            text.append('\n').append(row.detail());
        }
    }

    /** What all points of a group have in common is said once, so that lines stay short; empty if there is only one point. */
    private static Attributes commonAttributes(MetricGroup group) {
        if (group.pointCount() < 2) {
            return Attributes.empty();
        }
        Attributes common = firstPoint(group).getAttributes();
        for (Metric metric : group.metrics()) {
            for (PointData point : metric.data().getPoints()) {
                common = intersection(common, point.getAttributes());
            }
        }
        return common;
    }

    private static Attributes intersection(Attributes some, Attributes others) {
        if (some == others) {
            return some;
        }
        return some.toBuilder()
                .removeIf(key -> !Objects.equals(some.get(key), others.get(key)))
                .build();
    }

    private static PointData firstPoint(MetricGroup group) {
        return group.metrics().get(0).data().getPoints().iterator().next();
    }

    private String detail(Metric metric, PointData point) {
        if (verbosity != Verbosity.DETAILED) {
            return "";
        }
        StringBuilder text = new StringBuilder("      ").append(metric.type());
        if (!metric.unit().isEmpty()) {
            text.append(" in ").append(Texts.clean(metric.unit()));
        }
        text.append(", time ").append(Texts.time(point.getEpochNanos(), zone));
        if (point.getStartEpochNanos() != 0) {
            text.append(", since ").append(Texts.time(point.getStartEpochNanos(), zone));
        }
        if (!metric.description().isEmpty()) {
            text.append(", ").append(Texts.clean(metric.description()));
        }
        return text.append('\n').toString();
    }

    private static String value(PointData point) {
        if (point instanceof DoublePointData number) {
            return number(number.getValue());
        }
        if (point instanceof LongPointData number) {
            return Long.toString(number.getValue());
        }
        if (point instanceof HistogramPointData histogram) {
            return countAndSum(histogram.getCount(), histogram.getSum()) + buckets(histogram);
        }
        if (point instanceof SummaryPointData summary) {
            StringBuilder text = new StringBuilder(countAndSum(summary.getCount(), summary.getSum()));
            for (ValueAtQuantile quantile : summary.getValues()) {
                text.append(" p")
                        .append(number(quantile.getQuantile() * 100))
                        .append('=')
                        .append(number(quantile.getValue()));
            }
            return text.toString();
        }
        ExponentialHistogramPointData histogram = (ExponentialHistogramPointData) point;
        return countAndSum(histogram.getCount(), histogram.getSum());
    }

    private static String countAndSum(long count, double sum) {
        return "count " + count + " sum " + number(sum);
    }

    /** The buckets that have anything in them, as {@code <=bound:count}. */
    private static String buckets(HistogramPointData histogram) {
        StringBuilder text = new StringBuilder();
        List<Double> bounds = histogram.getBoundaries();
        List<Long> counts = histogram.getCounts();
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0) {
                text.append(i < bounds.size() ? " <=" + number(bounds.get(i)) : " >" + last(bounds))
                        .append(':')
                        .append(counts.get(i));
            }
        }
        return text.toString();
    }

    private static String last(List<Double> bounds) {
        return bounds.isEmpty() ? "-Infinity" : number(bounds.get(bounds.size() - 1));
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
