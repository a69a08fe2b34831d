package tscollector.app.parity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tscollector.app.interop.Exposition;

/**
 * What the official check submits of pages of metrics, by its own table: a slow and obvious model for gauges and counters, which are
 * all that TorchServe's own metrics are. For recordings that the check itself was not run on.
 */
final class OfficialCheck {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Exposed name without {@code _total}, sent name; from the check's {@code metrics.py}. */
    private static final Map<String, String> NAMES = names("""
            CPUUtilization cpu.utilization
            DiskAvailable disk.available
            DiskUsage disk.used
            DiskUtilization disk.utilization
            MemoryAvailable memory.available
            MemoryUsed memory.used
            MemoryUtilization memory.utilization
            QueueTime queue.time
            Requests2XX requests.2xx
            Requests4XX requests.4xx
            Requests5XX requests.5xx
            ts_inference_latency_microseconds inference.latency
            ts_inference_requests inference
            ts_queue_latency_microseconds queue.latency
            WorkerLoadTime worker.load_time
            WorkerThreadTime worker.thread_time
            GPUUtilization gpu.utilization
            GPUMemoryUtilization gpu.memory.utilization
            GPUMemoryUsed gpu.memory.used
            HandlerTime handler_time
            PredictionTime prediction_time
            """);

    private static final Map<String, String> LABELS =
            Map.of("Level", "level", "ModelName", "model_name", "WorkerName", "worker_name");

    private OfficialCheck() {}

    /** A recording of these captures, one a run, as the check would have made it; every scrape is a good one. */
    static Vector recording(String name, List<String> captures) {
        ObjectNode vector = MAPPER.createObjectNode();
        vector.put("name", name);
        vector.putObject("instance").put("openmetrics_endpoint", "http://ts-host:8082/metrics");
        ArrayNode serve = vector.putArray("serve");
        ArrayNode runs = vector.putArray("runs");
        for (String capture : captures) {
            serve.addObject().put("capture", capture);
            ArrayNode submitted = runs.addObject().putNull("error").putArray("submitted");
            check(submitted);
            samples(capture).forEach((sample, value) -> metric(submitted, sample, value, runs.size() > 1));
        }
        return new Vector(vector);
    }

    private static void check(ArrayNode submitted) {
        ObjectNode check = submitted.addObject();
        check.put("kind", "service_check")
                .put("name", "torchserve.openmetrics.health")
                .put("status", "OK");
        check.put("message", "").put("hostname", "").putArray("tags").add("endpoint:http://ts-host:8082/metrics");
    }

    private record Typed(String type, Exposition.Sample sample) {}

    private static Map<Typed, Double> samples(String capture) {
        String answer = new String(Vector.capture(capture), StandardCharsets.UTF_8);
        Exposition page = Exposition.read(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        Map<Typed, Double> samples = new HashMap<>();
        page.samples().forEach((sample, value) -> {
            String declared = page.families().getOrDefault(sample.name(), "");
            samples.put(
                    new Typed(declared.substring(declared.lastIndexOf('/') + 1).strip(), sample), value);
        });
        return samples;
    }

    private static void metric(ArrayNode submitted, Typed typed, double value, boolean flush) {
        boolean counter = typed.type().equals("counter");
        String exposed = typed.sample().name();
        String sent = NAMES.get(counter ? exposed.replaceFirst("_total$", "") : exposed);
        if (sent == null) {
            return;
        }
        ObjectNode metric = submitted.addObject();
        metric.put("kind", "metric").put("name", "torchserve.openmetrics." + sent + (counter ? ".count" : ""));
        metric.put("type", counter ? "monotonic_count" : "gauge").put("value", value);
        metric.put("hostname", "").put("flush_first_value", flush);
        List<String> tags = new ArrayList<>();
        typed.sample().labels().forEach((label, text) -> {
            if (!label.equalsIgnoreCase("hostname")) {
                tags.add(LABELS.getOrDefault(label, label) + ":" + text);
            }
        });
        tags.add("endpoint:http://ts-host:8082/metrics");
        ArrayNode list = metric.putArray("tags");
        tags.forEach(list::add);
    }

    private static Map<String, String> names(String table) {
        Map<String, String> names = new HashMap<>();
        table.lines().map(line -> line.split(" ")).forEach(row -> names.put(row[0], row[1]));
        return names;
    }
}
