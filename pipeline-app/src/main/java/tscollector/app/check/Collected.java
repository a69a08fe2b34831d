package tscollector.app.check;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;

/** Everything that came to the end of the pipelines: the last value of each series, and every record. Bounded; thread-safe. */
final class Collected {
    private static final int MOST = 200_000;
    private static final AttributeKey<List<String>> TAGS = AttributeKey.stringArrayKey("datadog.tags");
    private static final AttributeKey<String> HOST = AttributeKey.stringKey("datadog.host.name");

    private final Map<String, Series> series = new TreeMap<>(); // guarded by this
    private final Map<String, Series> checks = new TreeMap<>(); // guarded by this
    private final List<String> events = new ArrayList<>(); // guarded by this
    private long leftOut; // guarded by this

    /**
     * One series.
     *
     * @param before the value of the run before, or null
     * @param text what else is to be said, for instance the message of a check
     */
    record Series(
            String type,
            String name,
            String tags,
            double value,
            @Nullable Double before,
            String text,
            long epochNanos) {}

    synchronized void add(MetricBatch batch) {
        for (MetricGroup group : batch.groups()) {
            boolean check = group.scope().getName().equals(Scope.SERVICE_CHECK);
            group.metrics()
                    .forEach(metric -> metric.getData()
                            .getPoints()
                            .forEach(point -> put(check ? checks : series, metric, point, group.resource(), check)));
        }
    }

    synchronized void add(LogBatch batch) {
        for (LogGroup group : batch.groups()) {
            for (LogRecord event : group.records()) {
                String body =
                        event.getBodyValue() == null ? "" : event.getBodyValue().asString();
                if (events.size() < MOST) {
                    events.add((event.eventName().isEmpty() ? "log record" : event.eventName()) + "  " + body + "  "
                            + tags(event.attributes(), group.resource(), false));
                } else {
                    leftOut++;
                }
            }
        }
    }

    synchronized List<Series> metrics() {
        return List.copyOf(series.values());
    }

    synchronized List<Series> checks() {
        return List.copyOf(checks.values());
    }

    synchronized List<String> events() {
        return List.copyOf(events);
    }

    /** What found no room. */
    synchronized long leftOut() {
        return leftOut;
    }

    private void put(Map<String, Series> all, MetricData metric, PointData point, Resource resource, boolean check) {
        String tags = tags(point.getAttributes(), resource, check);
        String key = metric.getName() + " " + tags;
        Series earlier = all.get(key);
        if (earlier == null && all.size() >= MOST) {
            leftOut++;
            return;
        }
        if (earlier != null && earlier.epochNanos() >= point.getEpochNanos()) {
            return; // the same point by another pipeline
        }
        all.put(
                key,
                new Series(
                        type(metric),
                        metric.getName(),
                        tags,
                        value(point),
                        earlier == null ? null : earlier.value(),
                        text(point, check),
                        point.getEpochNanos()));
    }

    private static String type(MetricData metric) {
        MetricDataType type = metric.getType();
        boolean delta = switch (type) {
            case LONG_SUM -> metric.getLongSumData().getAggregationTemporality() == AggregationTemporality.DELTA;
            case DOUBLE_SUM -> metric.getDoubleSumData().getAggregationTemporality() == AggregationTemporality.DELTA;
            default -> false;
        };
        return switch (type) {
            case LONG_SUM, DOUBLE_SUM -> delta ? "increase" : "count";
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> "histogram";
            case SUMMARY -> "summary";
            default -> "gauge";
        };
    }

    private static double value(PointData point) {
        if (point instanceof LongPointData number) {
            return number.getValue();
        }
        if (point instanceof DoublePointData number) {
            return number.getValue();
        }
        if (point instanceof HistogramPointData histogram) {
            return histogram.getCount();
        }
        return point instanceof SummaryPointData summary ? summary.getCount() : Double.NaN;
    }

    private static String text(PointData point, boolean check) {
        if (check) {
            String message = point.getAttributes().get(AttributeKey.stringKey("error.message"));
            return message == null ? "" : message;
        }
        if (point instanceof HistogramPointData histogram) {
            return "sum " + Figures.of(histogram.getSum());
        }
        return point instanceof SummaryPointData summary ? "sum " + Figures.of(summary.getSum()) : "";
    }

    /** As the exporter makes them: the resource's tags, then the point's attributes. */
    private static String tags(Attributes attributes, Resource resource, boolean check) {
        Map<String, String> own = new LinkedHashMap<>();
        attributes.forEach((key, value) -> {
            boolean hidden =
                    check && (key.getKey().startsWith("error.") || key.getKey().equals("torchserve.api.state"));
            if (!hidden) {
                own.put(key.getKey(), String.valueOf(value));
            }
        });
        Set<String> tags = new LinkedHashSet<>(); // each once, as they are sent
        String host = resource.getAttribute(HOST);
        if (host != null) {
            tags.add(host.isEmpty() ? "(no host)" : "(host " + host + ")");
        }
        own.forEach((key, value) -> tags.add(key + ":" + value));
        List<String> given = resource.getAttribute(TAGS);
        if (given != null) {
            tags.addAll(given);
        }
        return String.join(" ", tags).replaceAll("\\p{Cntrl}", "?");
    }
}
