package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.ArrayList;
import java.util.List;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;

/** Batches in the words of the official check: {@code type TAB name TAB value TAB ["key:value", ...]}, one line a series. */
final class Sent {
    private static final String PREFIX = "torchserve.openmetrics.";

    private final List<String> lines = new ArrayList<>();

    private Sent() {}

    static List<String> of(List<MetricBatch> batches) {
        Sent sent = new Sent();
        for (MetricBatch batch : batches) {
            for (MetricGroup group : batch.groups()) {
                boolean check = group.scope().getName().equals("tscollector.service_check");
                group.metrics().forEach(metric -> sent.add(metric, check));
            }
        }
        return sent.lines;
    }

    private void add(Metric metric, boolean check) {
        String name = metric.name().startsWith(PREFIX) ? metric.name().substring(PREFIX.length()) : metric.name();
        for (PointData point : metric.data().getPoints()) {
            if (point instanceof SummaryPointData summary) {
                addSummary(name, summary);
            } else if (check) {
                line("service_check", name, String.valueOf((long) Numbers.of(point)), point.getAttributes());
            } else {
                boolean gauge =
                        metric.type() == MetricDataType.DOUBLE_GAUGE || metric.type() == MetricDataType.LONG_GAUGE;
                line(
                        gauge ? "gauge" : "monotonic_count",
                        name,
                        String.valueOf(Numbers.of(point)),
                        point.getAttributes());
            }
        }
    }

    private void addSummary(String name, SummaryPointData summary) {
        for (ValueAtQuantile quantile : summary.getValues()) {
            Attributes attributes = summary.getAttributes().toBuilder()
                    .put("quantile", BucketBounds.canonical(String.valueOf(quantile.getQuantile())))
                    .build();
            line("gauge", name + ".quantile", String.valueOf(quantile.getValue()), attributes);
        }
        if (!Double.isNaN(summary.getSum())) {
            line("monotonic_count", name + ".sum", String.valueOf(summary.getSum()), summary.getAttributes());
            line(
                    "monotonic_count",
                    name + ".count",
                    String.valueOf((double) summary.getCount()),
                    summary.getAttributes());
        }
    }

    private void line(String type, String name, String value, Attributes attributes) {
        List<String> tags = new ArrayList<>();
        attributes.forEach((key, text) -> {
            if (!key.getKey().equals("endpoint")) {
                tags.add(key.getKey() + ":" + text);
            }
        });
        tags.sort(null);
        List<String> quoted = tags.stream().map(Sent::quoted).toList();
        lines.add(String.join("\t", type, name, value, "[" + String.join(", ", quoted) + "]"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
