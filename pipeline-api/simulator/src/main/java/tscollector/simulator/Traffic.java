package tscollector.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves the counters and gauges that requests move. Thread-safe. */
final class Traffic {
    private final MetricRegistry registry;
    private final String hostname;

    Traffic(MetricRegistry registry, String hostname) {
        this.registry = registry;
        this.hostname = hostname;
    }

    /** Counts an HTTP answer of any address. */
    void answered(int status) {
        // A 302 is a 5XX here: the real server asks for 2xx, then for 4xx, and takes the rest as 5xx.
        String family = status / 100 == 2 ? "Requests2XX" : status / 100 == 4 ? "Requests4XX" : "Requests5XX";
        registry.update(family, List.of("Host", hostname), 1);
    }

    /** Counts an inference that found its model, without its HTTP answer. */
    void inference(
            ModelSettings settings, @Nullable String version, int status, double latencyMicros, double queueMicros) {
        List<String> labels = List.of(settings.name(), version == null ? "default" : version, hostname);
        if (!settings.workflowNode()) {
            registry.update("ts_inference_requests_total", labels, 1);
        }
        if (status == 500 || status == 503 || status == 507) {
            return;
        }
        registry.update("ts_inference_latency_microseconds", labels, latencyMicros);
        registry.update("ts_queue_latency_microseconds", labels, queueMicros);
        registry.update("QueueTime", List.of("Host", hostname), Math.floor(queueMicros / 1000));
        registry.update("WorkerThreadTime", List.of("Host", hostname), 1 + Math.floor(latencyMicros / 10_000));
        predicted(settings.name(), Math.max(latencyMicros - queueMicros, 0));
    }

    /** The gauges that a worker sends after a batch. */
    void predicted(String model, double micros) {
        List<String> labels = List.of(model, "Model", hostname);
        registry.update("HandlerTime", labels, hundredths(micros * 0.9));
        registry.update("PredictionTime", labels, hundredths(micros));
    }

    private static double hundredths(double micros) {
        return Math.round(micros / 10) / 100.0;
    }
}
