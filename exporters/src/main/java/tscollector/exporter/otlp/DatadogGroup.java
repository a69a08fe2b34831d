package tscollector.exporter.otlp;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.kit.metric.Form;
import tscollector.kit.metric.Points;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;

/**
 * What Datadog's intake gets of every group of one shape: no cumulative counters and histograms, and the tags of the instance as
 * attributes of the points. Worked out once; refers to no group and no input shape.
 */
final class DatadogGroup {
    /** One metric that goes on; without attributes its points stay as they are. */
    private record Kept(int index, List<Attributes> attributes) {}

    private final Resource resource;
    private final List<Kept> metrics;
    private final boolean unchanged;
    private final Shape shape = new Shape();

    private DatadogGroup(Resource resource, List<Kept> metrics, boolean unchanged) {
        this.resource = resource;
        this.metrics = List.copyOf(metrics);
        this.unchanged = unchanged;
    }

    /** @param resource the group's, without tags */
    static DatadogGroup of(MetricGroup group, Resource resource) {
        Map<String, Set<String>> tags = tags(group.resource().getAttribute(DatadogMapping.TAGS));
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < group.metrics().size(); i++) {
            Metric metric = group.metrics().get(i);
            if (!isCumulative(metric.data())) {
                kept.add(new Kept(i, tags.isEmpty() ? List.of() : tagged(metric, tags)));
            }
        }
        boolean unchanged = kept.size() == group.metrics().size() && tags.isEmpty() && resource == group.resource();
        return new DatadogGroup(resource, kept, unchanged);
    }

    /** The group as the intake takes it, the same instance if it does as it is; null if it takes nothing of it. */
    @Nullable
    MetricGroup apply(MetricGroup group) {
        if (unchanged) {
            return group;
        }
        if (metrics.isEmpty()) {
            return null;
        }
        List<Metric> all = new ArrayList<>(metrics.size());
        for (Kept kept : metrics) {
            Metric metric = group.metrics().get(kept.index).withResource(resource);
            all.add(kept.attributes.isEmpty() ? metric : metric.withData(relabelled(metric, kept.attributes)));
        }
        return MetricGroup.of(resource, group.scope(), all, shape);
    }

    private static Data<?> relabelled(Metric metric, List<Attributes> attributes) {
        List<PointData> points = new ArrayList<>(attributes.size());
        for (PointData point : metric.data().getPoints()) {
            points.add(Points.with(point, attributes.get(points.size())));
        }
        return Form.of(metric).data(points);
    }

    /** Whether the intake answers with an error to such data: it wants deltas. */
    private static boolean isCumulative(Data<?> data) {
        if (data instanceof SumData<?> sum) {
            return sum.isMonotonic() && sum.getAggregationTemporality() == AggregationTemporality.CUMULATIVE;
        }
        if (data instanceof HistogramData histogram) {
            return histogram.getAggregationTemporality() == AggregationTemporality.CUMULATIVE;
        }
        return data instanceof ExponentialHistogramData histogram
                && histogram.getAggregationTemporality() == AggregationTemporality.CUMULATIVE;
    }

    /** Key to values; a tag without a colon is a key with the empty value. */
    private static Map<String, Set<String>> tags(@Nullable List<String> written) {
        Map<String, Set<String>> tags = new LinkedHashMap<>();
        if (written != null) {
            for (String tag : written) {
                int colon = tag.indexOf(':');
                String key = colon <= 0 ? tag : tag.substring(0, colon);
                tags.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(colon <= 0 ? "" : tag.substring(colon + 1));
            }
        }
        return tags;
    }

    private static List<Attributes> tagged(Metric metric, Map<String, Set<String>> tags) {
        List<Attributes> all = new ArrayList<>(metric.pointCount());
        for (PointData point : metric.data().getPoints()) {
            all.add(tagged(point.getAttributes(), tags));
        }
        return all;
    }

    /** The attributes with the tags; a key with several values, its own among them, gets a list of texts. */
    private static Attributes tagged(Attributes own, Map<String, Set<String>> tags) {
        AttributesBuilder builder = own.toBuilder();
        tags.forEach((key, values) -> {
            Set<String> all = new LinkedHashSet<>();
            own.forEach((ownKey, value) -> {
                if (ownKey.getKey().equals(key)) {
                    addTexts(all, value);
                }
            });
            builder.removeIf(ownKey -> ownKey.getKey().equals(key));
            all.addAll(values);
            if (all.size() == 1) {
                builder.put(AttributeKey.stringKey(key), all.iterator().next());
            } else {
                builder.put(AttributeKey.stringArrayKey(key), List.copyOf(all));
            }
        });
        return builder.build();
    }

    private static void addTexts(Set<String> texts, Object value) {
        if (value instanceof List<?> elements) {
            elements.forEach(element -> texts.add(String.valueOf(element)));
        } else {
            texts.add(value.toString());
        }
    }
}
