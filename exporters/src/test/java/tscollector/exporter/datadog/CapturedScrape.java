package tscollector.exporter.datadog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One recorded answer of a real TorchServe 0.12.0 at /metrics, read just well enough for a test: the official check's names and
 * labels are laid over it, and what it does not know is left out.
 *
 * @param lines in the order they stand
 */
record CapturedScrape(List<Line> lines) {
    /** One number under its official name, with its labels as the check passes them. */
    record Line(String name, boolean isCounter, Map<String, String> labels, double value) {}

    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        for (String pair : """
                CPUUtilization=cpu.utilization DiskAvailable=disk.available DiskUsage=disk.used
                DiskUtilization=disk.utilization MemoryAvailable=memory.available MemoryUsed=memory.used
                MemoryUtilization=memory.utilization QueueTime=queue.time Requests2XX=requests.2xx.count
                Requests4XX=requests.4xx.count Requests5XX=requests.5xx.count
                ts_inference_latency_microseconds=inference.latency.count ts_inference_requests_total=inference.count
                ts_queue_latency_microseconds=queue.latency.count WorkerLoadTime=worker.load_time
                WorkerThreadTime=worker.thread_time HandlerTime=handler_time PredictionTime=prediction_time
                """.strip().split("\\s+", -1)) {
            String[] both = pair.split("=", -1);
            NAMES.put(both[0], "torchserve.openmetrics." + both[1]);
        }
    }

    static CapturedScrape read(String file) {
        try (InputStream in =
                Objects.requireNonNull(CapturedScrape.class.getResourceAsStream("captures/" + file), file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Line> lines = new ArrayList<>();
            for (String line : text.substring(text.indexOf("\r\n\r\n") + 4).split("\n", -1)) {
                int brace = line.indexOf('{');
                String name = line.startsWith("#") || brace < 0 ? null : NAMES.get(line.substring(0, brace));
                if (name != null) {
                    boolean isCounter = text.contains("# TYPE " + line.substring(0, brace) + " counter");
                    lines.add(line(name, isCounter, line.substring(brace + 1)));
                }
            }
            return new CapturedScrape(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String name, boolean isCounter, String rest) {
        Map<String, String> labels = new TreeMap<>();
        int at = 0;
        while (rest.charAt(at) != '}') {
            int equals = rest.indexOf('=', at);
            String key = rest.substring(at, equals);
            StringBuilder value = new StringBuilder();
            for (at = equals + 2; rest.charAt(at) != '"'; at++) {
                char c = rest.charAt(at);
                if (c == '\\') {
                    c = rest.charAt(++at) == 'n' ? '\n' : rest.charAt(at);
                }
                value.append(c);
            }
            at += rest.charAt(at + 1) == ',' ? 2 : 1;
            switch (key) {
                case "hostname", "Hostname" -> {}
                case "Level" -> labels.put("level", value.toString());
                case "ModelName" -> labels.put("model_name", value.toString());
                case "WorkerName" -> labels.put("worker_name", value.toString());
                default -> labels.put(key, value.toString());
            }
        }
        String[] numbers = rest.substring(at + 1).strip().split(" ", -1);
        return new Line(name, isCounter, labels, Double.parseDouble(numbers[0]));
    }
}
