package tscollector.official;

import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Scopes;

/** What a batch is to Datadog, in the form of {@link Vector}. */
final class Emitted {
    private static final List<String> NO_TAGS = List.of("error.type", "error.message", "torchserve.api.state");

    private Emitted() {}

    static List<String> metrics(List<MetricBatch> batches) {
        return lines(batches, false).stream().sorted().toList();
    }

    static List<String> checks(List<MetricBatch> batches) {
        return lines(batches, true);
    }

    private static List<String> lines(List<MetricBatch> batches, boolean checks) {
        List<String> lines = new ArrayList<>();
        for (MetricBatch batch : batches) {
            for (MetricGroup group : batch.groups()) {
                if (group.scope().getName().equals(Scopes.SERVICE_CHECK) == checks) {
                    group.metrics().forEach(metric -> addLines(group, metric, lines));
                }
            }
        }
        return lines;
    }

    private static void addLines(MetricGroup group, Metric metric, List<String> lines) {
        for (PointData point : metric.data().getPoints()) {
            TreeSet<String> tags = new TreeSet<>(
                    Objects.requireNonNullElse(group.resource().getAttribute(OfficialConfig.TAGS), List.<String>of()));
            boolean why = false;
            for (Map.Entry<?, Object> entry : point.getAttributes().asMap().entrySet()) {
                String key = ((io.opentelemetry.api.common.AttributeKey<?>) entry.getKey()).getKey();
                why |= key.equals("error.message");
                if (!NO_TAGS.contains(key)) {
                    tags.add(key + ":" + entry.getValue());
                }
            }
            double value = ((DoublePointData) point).getValue();
            lines.add(metric.name() + " " + value + " " + tags + (why ? " why" : ""));
        }
    }
}
