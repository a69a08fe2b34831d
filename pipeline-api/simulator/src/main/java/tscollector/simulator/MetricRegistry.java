package tscollector.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * All families of one server: the shipped metrics.yaml and what was configured on top of it. Thread-safe.
 *
 * <p>The order of families is a hash order on a real server, other in every process; here it follows from the seed.
 */
final class MetricRegistry {
    /** The families that are left in legacy mode. */
    static final Set<String> LEGACY =
            Set.of("ts_inference_requests_total", "ts_inference_latency_microseconds", "ts_queue_latency_microseconds");

    private static final List<String> HOST = List.of("Level", "Hostname");
    private static final List<String> DEVICE = List.of("Level", "DeviceId", "Hostname");
    private static final List<String> MODEL = List.of("ModelName", "Level", "Hostname");
    private static final List<String> INFERENCE = List.of("model_name", "model_version", "hostname");

    private final Object lock = new Object();
    private final Map<String, MetricFamily> families = new LinkedHashMap<>();

    MetricRegistry(long seed, List<MetricFamily> more) {
        List<MetricFamily> all = new ArrayList<>(shipped());
        all.addAll(more);
        Collections.shuffle(all, new Random(seed));
        for (MetricFamily family : all) {
            if (families.put(family.name(), family) != null) {
                throw new IllegalArgumentException("cannot configure metric " + family.name() + " twice");
            }
        }
    }

    void update(String name, List<String> labelValues, double value) {
        synchronized (lock) {
            MetricFamily family = families.get(name);
            if (family == null) {
                throw new IllegalArgumentException("cannot update metric " + name + ": it is not configured");
            }
            family.update(labelValues, value);
        }
    }

    double value(String name, List<String> labelValues) {
        synchronized (lock) {
            MetricFamily family = families.get(name);
            return family == null ? 0 : family.value(labelValues);
        }
    }

    /** A restart: every family is empty again. */
    void clear() {
        synchronized (lock) {
            families.values().forEach(MetricFamily::clear);
        }
    }

    /** The page; empty names mean every sample. */
    String page(MetricsMode mode, Set<String> names) {
        if (mode == MetricsMode.LOG) {
            return "";
        }
        StringBuilder out = new StringBuilder(8192);
        synchronized (lock) {
            for (MetricFamily family : families.values()) {
                if (mode == MetricsMode.PROMETHEUS || LEGACY.contains(family.name())) {
                    family.write(out, names);
                }
            }
        }
        return out.toString();
    }

    private static List<MetricFamily> shipped() {
        List<MetricFamily> all = new ArrayList<>();
        for (String name : List.of("Requests2XX", "Requests4XX", "Requests5XX")) {
            all.add(new MetricFamily(MetricKind.COUNTER, name, "Count", HOST));
        }
        all.add(new MetricFamily(MetricKind.COUNTER, "ts_inference_requests_total", "Count", INFERENCE));
        all.add(new MetricFamily(MetricKind.COUNTER, "ts_inference_latency_microseconds", "Microseconds", INFERENCE));
        all.add(new MetricFamily(MetricKind.COUNTER, "ts_queue_latency_microseconds", "Microseconds", INFERENCE));
        gauges(all, "Milliseconds", HOST, "QueueTime", "WorkerThreadTime");
        gauges(all, "Milliseconds", List.of("WorkerName", "Level", "Hostname"), "WorkerLoadTime");
        gauges(all, "Percent", HOST, "CPUUtilization", "MemoryUtilization", "DiskUtilization");
        gauges(all, "Megabytes", HOST, "MemoryUsed", "MemoryAvailable");
        gauges(all, "Gigabytes", HOST, "DiskUsage", "DiskAvailable");
        gauges(all, "Percent", DEVICE, "GPUMemoryUtilization", "GPUUtilization");
        gauges(all, "Megabytes", DEVICE, "GPUMemoryUsed");
        gauges(all, "ms", MODEL, "HandlerTime", "PredictionTime");
        return all;
    }

    private static void gauges(List<MetricFamily> all, String unit, List<String> labels, String... names) {
        for (String name : names) {
            all.add(new MetricFamily(MetricKind.GAUGE, name, unit, labels));
        }
    }
}
