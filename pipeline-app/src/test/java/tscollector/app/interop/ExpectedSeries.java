package tscollector.app.interop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tscollector.app.interop.OtlpFile.Point;

/** What must arrive, worked out from what the server says, with tables of this suite's own; values as text of a double. */
final class ExpectedSeries {
    private static final String OPENMETRICS = "torchserve.openmetrics.";
    private static final String MANAGEMENT = "torchserve.management_api.";

    /** The official check's table without the three of GPUs: exposed name, sent name. */
    private static final Map<String, String> OFFICIAL = Map.ofEntries(
            Map.entry("CPUUtilization", "cpu.utilization"),
            Map.entry("DiskAvailable", "disk.available"),
            Map.entry("DiskUsage", "disk.used"),
            Map.entry("DiskUtilization", "disk.utilization"),
            Map.entry("MemoryAvailable", "memory.available"),
            Map.entry("MemoryUsed", "memory.used"),
            Map.entry("MemoryUtilization", "memory.utilization"),
            Map.entry("QueueTime", "queue.time"),
            Map.entry("Requests2XX", "requests.2xx.count"),
            Map.entry("Requests4XX", "requests.4xx.count"),
            Map.entry("Requests5XX", "requests.5xx.count"),
            Map.entry("ts_inference_latency_microseconds", "inference.latency.count"),
            Map.entry("ts_inference_requests_total", "inference.count"),
            Map.entry("ts_queue_latency_microseconds", "queue.latency.count"),
            Map.entry("WorkerLoadTime", "worker.load_time"),
            Map.entry("WorkerThreadTime", "worker.thread_time"),
            Map.entry("HandlerTime", "handler_time"),
            Map.entry("PredictionTime", "prediction_time"));

    /** What WholeLineInteropIT's extra_metrics make of the model's own. */
    private static final Map<String, String> EXTRA = Map.of(
            "MeterRequests", "MeterRequests.count",
            "MeterGauge", "meter.gauge",
            "MeterSize", "MeterSize",
            "MeterPercent", "MeterPercent",
            "MeterTime", "MeterTime",
            "MeterLoads", "meter.loads.count");

    private static final Map<String, String> LABELS =
            Map.of("Level", "level", "ModelName", "model_name", "WorkerName", "worker_name");

    /** Fields of a described version and what their numbers are called. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("minWorkers", "model.workers.min"),
            Map.entry("maxWorkers", "model.workers.max"),
            Map.entry("batchSize", "model.batch_size"),
            Map.entry("maxBatchDelay", "model.max_batch_delay"),
            Map.entry("responseTimeout", "model.response_timeout"),
            Map.entry("startupTimeout", "model.startup_timeout"),
            Map.entry("maxRetryTimeoutInSec", "model.max_retry_timeout"),
            Map.entry("clientTimeoutInMills", "model.client_timeout"),
            Map.entry("parallelLevel", "model.parallel_level"),
            Map.entry("sequenceMaxIdleMSec", "model.sequence.max_idle"),
            Map.entry("sequenceTimeoutMSec", "model.sequence.timeout"),
            Map.entry("maxNumSequence", "model.sequence.max"),
            Map.entry("maxSequenceJobQueueSize", "model.sequence.queue_size"));

    /** A metric's name and the attributes of one of its points. */
    record Series(String name, Map<String, Object> attributes) {}

    private ExpectedSeries() {}

    /** Exposed name to full sent name. */
    static Map<String, String> official() {
        Map<String, String> full = new TreeMap<>();
        OFFICIAL.forEach((exposed, sent) -> full.put(exposed, OPENMETRICS + sent));
        return full;
    }

    /** Gauges and counters of a page. */
    static Map<Series, String> ofExposition(Exposition page, String endpoint) {
        Map<Series, String> expected = new LinkedHashMap<>();
        page.samples().forEach((sample, value) -> {
            String sent = OFFICIAL.getOrDefault(sample.name(), EXTRA.get(sample.name()));
            if (sent != null) {
                Map<String, Object> attributes = new TreeMap<>(Map.of("endpoint", endpoint));
                sample.labels().forEach((label, text) -> {
                    if (!label.equalsIgnoreCase("hostname")) {
                        attributes.put(LABELS.getOrDefault(label, label), text);
                    }
                });
                expected.put(new Series(OPENMETRICS + sent, attributes), Double.toString(value));
            }
        });
        return expected;
    }

    /** Everything of a run of the management API over these describes; no worker was restarted. */
    static Map<Series, String> ofDescribes(
            Map<String, JsonNode> described, Map<String, String> defaults, String managementUrl) {
        Map<Series, String> expected = new LinkedHashMap<>();
        Map<String, Object> base = Map.of("management_api_url", managementUrl);
        put(expected, "models", base, described.size());
        described.forEach((name, versions) -> {
            Map<String, Object> ofModel = with(base, "model_name", name);
            put(expected, "model.versions", ofModel, versions.size());
            versions.forEach(version -> putVersion(expected, ofModel, version, defaults.get(name)));
        });
        return expected;
    }

    private static void putVersion(
            Map<Series, String> expected, Map<String, Object> ofModel, JsonNode version, @Nullable String theDefault) {
        String number = version.get("modelVersion").asString();
        Map<String, Object> attributes = with(ofModel, "model_version", number);
        FIELDS.forEach((field, name) ->
                put(expected, name, attributes, version.get(field).asDouble()));
        JsonNode queue = version.get("jobQueueStatus");
        put(
                expected,
                "model.queue.pending",
                attributes,
                queue.get("pendingRequests").asDouble());
        put(
                expected,
                "model.queue.remaining",
                attributes,
                queue.get("remainingCapacity").asDouble());
        put(
                expected,
                "model.workers.current",
                attributes,
                version.get("workers").size());
        put(
                expected,
                "model.is_loaded_at_startup",
                attributes,
                version.get("loadedAtStartup").asBoolean() ? 1 : 0);
        put(expected, "model.version.is_default", attributes, number.equals(theDefault) ? 1 : 0);
        version.get("workers").forEach(worker -> putWorker(expected, attributes, worker));
    }

    private static void putWorker(Map<Series, String> expected, Map<String, Object> ofVersion, JsonNode worker) {
        Map<String, Object> ofId = with(ofVersion, "worker_id", worker.get("id").asString());
        Map<String, Object> attributes =
                with(ofId, "worker_pid", worker.get("pid").asString());
        put(
                expected,
                "model.worker.memory_usage",
                attributes,
                worker.get("memoryUsage").asDouble());
        put(expected, "model.worker.is_gpu", attributes, worker.get("gpu").asBoolean() ? 1 : 0);
        put(
                expected,
                "model.worker.status",
                attributes,
                worker.get("status").asString().equals("READY") ? 1 : 3);
        put(expected, "model.worker.restarts", ofId, 0);
    }

    /** Gauges and sums of which the name begins so; fails if a series is there twice. */
    static Map<Series, String> of(List<Point> points, String prefix) {
        Map<Series, String> arrived = new LinkedHashMap<>();
        for (Point point : points) {
            boolean isNumber = point.kind().startsWith("gauge") || point.kind().startsWith("sum");
            if (isNumber && point.name().startsWith(prefix)) {
                Series series = new Series(point.name(), point.attributes());
                String twice = arrived.put(series, Double.toString(point.number()));
                if (twice != null) {
                    throw new AssertionError("twice in one run: " + series);
                }
            }
        }
        return arrived;
    }

    /** Whether two points are from the same API. */
    static boolean sameApi(Point one, Point other) {
        return Set.of("endpoint", "inference_api_url", "management_api_url").stream()
                .allMatch(key -> Objects.equals(
                        one.attributes().get(key), other.attributes().get(key)));
    }

    private static void put(Map<Series, String> expected, String name, Map<String, Object> attributes, double value) {
        expected.put(new Series(MANAGEMENT + name, attributes), Double.toString(value));
    }

    private static Map<String, Object> with(Map<String, Object> attributes, String key, String value) {
        Map<String, Object> more = new TreeMap<>(attributes);
        more.put(key, value);
        return more;
    }
}
