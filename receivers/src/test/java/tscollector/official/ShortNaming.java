package tscollector.official;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.OfficialConfig;

/** As much of the official names as the vectors here need, so that what a receiver gives can be compared with what was submitted. */
final class ShortNaming {
    private static final String PREFIX = "torchserve.openmetrics.";
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("CPUUtilization", "cpu.utilization"),
            Map.entry("DiskAvailable", "disk.available"),
            Map.entry("DiskUsage", "disk.used"),
            Map.entry("DiskUtilization", "disk.utilization"),
            Map.entry("MemoryAvailable", "memory.available"),
            Map.entry("MemoryUsed", "memory.used"),
            Map.entry("MemoryUtilization", "memory.utilization"),
            Map.entry("QueueTime", "queue.time"),
            Map.entry("Requests2XX", "requests.2xx"),
            Map.entry("Requests4XX", "requests.4xx"),
            Map.entry("Requests5XX", "requests.5xx"),
            Map.entry("ts_inference_latency_microseconds", "inference.latency"),
            Map.entry("ts_inference_requests", "inference"),
            Map.entry("ts_queue_latency_microseconds", "queue.latency"),
            Map.entry("WorkerLoadTime", "worker.load_time"),
            Map.entry("WorkerThreadTime", "worker.thread_time"),
            Map.entry("GPUUtilization", "gpu.utilization"),
            Map.entry("GPUMemoryUtilization", "gpu.memory.utilization"),
            Map.entry("GPUMemoryUsed", "gpu.memory.used"),
            Map.entry("HandlerTime", "handler_time"),
            Map.entry("PredictionTime", "prediction_time"));
    private static final Map<String, String> LABELS =
            Map.of("Level", "level", "ModelName", "model_name", "WorkerName", "worker_name", "le", "upper_bound");
    private static final Set<String> NOT_SENT = Set.of("hostname", "Hostname");

    /** One number on its way. */
    record Sent(String series, boolean isCounter, double value, boolean flush) {}

    private final List<String> extra;

    ShortNaming(JsonNode instance) {
        this.extra = Vector.texts(instance.path("extra_metrics"));
    }

    /** What was submitted, with the flag it was submitted with. */
    static List<Sent> submitted(JsonNode run) {
        List<Sent> all = new ArrayList<>();
        for (JsonNode one : run.path("submitted")) {
            if (one.path("kind").asString().equals("metric")) {
                TreeSet<String> tags = new TreeSet<>(Vector.texts(one.path("tags")));
                all.add(new Sent(
                        one.path("name").asString() + " " + tags + " "
                                + one.path("hostname").asString(),
                        one.path("type").asString().equals("monotonic_count"),
                        one.path("value").asDouble(),
                        one.path("flush_first_value").asBoolean()));
            }
        }
        return all;
    }

    /** What a batch is under its official names. */
    List<Sent> sent(MetricBatch batch) {
        List<Sent> all = new ArrayList<>();
        for (MetricGroup group : batch.groups()) {
            if (group.scope().getName().equals("tscollector/torchserve_openmetrics")) {
                group.metrics().forEach(metric -> add(group, metric, all));
            }
        }
        return all;
    }

    private void add(MetricGroup group, Metric metric, List<Sent> all) {
        String family =
                metric.exposedType() == ExposedType.COUNTER && metric.family().endsWith("_total")
                        ? metric.family().substring(0, metric.family().length() - 6)
                        : metric.family();
        String name = NAMES.get(family);
        if (name == null
                && extra.stream().anyMatch(one -> one.equals(family) || (one.startsWith("^") && family.matches(one)))) {
            name = family;
        }
        if (name == null || metric.exposedType() == ExposedType.UNTYPED) {
            return;
        }
        boolean isCounter = metric.type() == MetricDataType.DOUBLE_SUM;
        String part = metric.exposedType() == ExposedType.HISTOGRAM
                ? metric.name().substring(metric.family().length()).replace('_', '.')
                : metric.exposedType() == ExposedType.SUMMARY && metric.type() == MetricDataType.DOUBLE_GAUGE
                        ? ".quantile"
                        : isCounter ? ".count" : "";
        for (PointData point : metric.data().getPoints()) {
            boolean flush = point.getStartEpochNanos() < point.getEpochNanos();
            if (point instanceof DoublePointData number) {
                add(new Sent(series(group, name + part, point, ""), isCounter, number.getValue(), flush), all);
            } else if (point instanceof SummaryPointData summary) {
                add(new Sent(series(group, name + ".count", point, ""), true, summary.getCount(), flush), all);
                add(new Sent(series(group, name + ".sum", point, ""), true, summary.getSum(), flush), all);
                for (ValueAtQuantile at : summary.getValues()) {
                    String tag = "quantile:" + at.getQuantile();
                    add(new Sent(series(group, name + ".quantile", point, tag), false, at.getValue(), flush), all);
                }
            }
        }
    }

    private static void add(Sent sent, List<Sent> all) {
        if (Double.isFinite(sent.value()) && !sent.series().contains("upper_bound:inf")) {
            all.add(sent);
        }
    }

    private static String series(MetricGroup group, String name, PointData point, String more) {
        TreeSet<String> tags = new TreeSet<>(
                Objects.requireNonNullElse(group.resource().getAttribute(OfficialConfig.TAGS), List.<String>of()));
        if (!more.isEmpty()) {
            tags.add(more);
        }
        point.getAttributes().asMap().forEach((AttributeKey<?> key, Object value) -> {
            if (!NOT_SENT.contains(key.getKey())) {
                String text = key.getKey().equals("le") ? bound(value.toString()) : value.toString();
                tags.add(LABELS.getOrDefault(key.getKey(), key.getKey()) + ":" + text);
            }
        });
        String host = group.resource().getAttribute(OfficialConfig.HOST_NAME);
        return PREFIX + name + " " + tags + " " + (host == null ? "" : host);
    }

    private static String bound(String written) {
        if (written.contains("nf")) {
            return "inf";
        }
        double number = Double.parseDouble(written);
        return switch (written) {
            case "1e22" -> "1e+22";
            case "0.0000001" -> "1e-07";
            case "12345678901" -> "12345678901.0";
            default -> number == 0 ? "0" : Double.toString(number).replace("1.0E7", "10000000.0");
        };
    }
}
