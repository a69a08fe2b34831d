package tscollector.torchserve;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;

/** Points as readable lines: {@code name{key="value", ...} value}. */
public final class Points {
    private Points() {}

    public static List<String> of(Metric metric) {
        return metric.data().getPoints().stream()
                .map(point -> metric.name() + text(point.getAttributes()) + " " + ((DoublePointData) point).getValue())
                .toList();
    }

    /** All points of a batch, in order. */
    public static List<String> of(MetricBatch batch) {
        return batch.groups().stream()
                .flatMap(group -> group.metrics().stream())
                .flatMap(metric -> of(metric).stream())
                .toList();
    }

    /** {@code {key="value", ...}}, sorted. */
    public static String text(Attributes attributes) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        attributes.forEach((key, value) -> sorted.put(key.getKey(), value));
        return sorted.entrySet().stream()
                .map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
