package tscollector.processor.naming;

import java.util.List;
import tscollector.signal.MetricSpec;

/**
 * The metrics that the official check knows, once: code, reference page and everything else that speaks of them reads this.
 *
 * <p>Names are those of TorchServe 0.12.0's {@code metrics.yaml}; a server that declares another type there keeps that type
 * under the sent name.
 */
enum OfficialMetric {
    CPU_UTILIZATION("CPUUtilization", "cpu.utilization", "%", "CPU in use on the host.", "level"),
    DISK_AVAILABLE("DiskAvailable", "disk.available", "GiBy", "Disk space that is free on the host.", "level"),
    DISK_USED("DiskUsage", "disk.used", "GiBy", "Disk space in use on the host.", "level"),
    DISK_UTILIZATION("DiskUtilization", "disk.utilization", "%", "Share of the host's disk in use.", "level"),
    MEMORY_AVAILABLE("MemoryAvailable", "memory.available", "MiBy", "Memory that is free on the host.", "level"),
    MEMORY_USED("MemoryUsed", "memory.used", "MiBy", "Memory in use on the host.", "level"),
    MEMORY_UTILIZATION("MemoryUtilization", "memory.utilization", "%", "Share of the host's memory in use.", "level"),
    QUEUE_TIME("QueueTime", "queue.time", "ms", "Time the last job of any model waited in its queue.", "level"),
    REQUESTS_2XX(
            "Requests2XX",
            "requests.2xx",
            MetricSpec.Kind.COUNTER,
            "{request}",
            "Requests answered with a status from 200 to 299, this program's own included.",
            "level"),
    REQUESTS_4XX(
            "Requests4XX",
            "requests.4xx",
            MetricSpec.Kind.COUNTER,
            "{request}",
            "Requests answered with a status from 400 to 499.",
            "level"),
    REQUESTS_5XX(
            "Requests5XX",
            "requests.5xx",
            MetricSpec.Kind.COUNTER,
            "{request}",
            "Requests answered with any other status.",
            "level"),
    INFERENCE_LATENCY(
            "ts_inference_latency_microseconds",
            "inference.latency",
            MetricSpec.Kind.COUNTER,
            "us",
            "Time spent on inferences, added up; over inference.count it gives the mean.",
            "model_name",
            "model_version"),
    INFERENCE(
            "ts_inference_requests_total",
            "inference",
            MetricSpec.Kind.COUNTER,
            "{request}",
            "Inference requests; model_version is the one in the request's URL, or default.",
            "model_name",
            "model_version"),
    QUEUE_LATENCY(
            "ts_queue_latency_microseconds",
            "queue.latency",
            MetricSpec.Kind.COUNTER,
            "us",
            "Time jobs waited in queues, added up; over inference.count it gives the mean.",
            "model_name",
            "model_version"),
    WORKER_LOAD_TIME(
            "WorkerLoadTime",
            "worker.load_time",
            "ms",
            "Time the worker took to load its model.",
            "worker_name",
            "level"),
    WORKER_THREAD_TIME(
            "WorkerThreadTime",
            "worker.thread_time",
            "ms",
            "Time the last job of any worker spent in its thread beside the handler.",
            "level"),
    GPU_UTILIZATION("GPUUtilization", "gpu.utilization", "%", "GPU in use.", "level", "DeviceId"),
    GPU_MEMORY_UTILIZATION(
            "GPUMemoryUtilization",
            "gpu.memory.utilization",
            "%",
            "Share of the GPU's memory in use.",
            "level",
            "DeviceId"),
    GPU_MEMORY_USED("GPUMemoryUsed", "gpu.memory.used", "MiBy", "Memory in use on the GPU.", "level", "DeviceId"),
    HANDLER_TIME("HandlerTime", "handler_time", "ms", "Time the model's handler took last.", "model_name", "level"),
    PREDICTION_TIME(
            "PredictionTime",
            "prediction_time",
            "ms",
            "Time the model's worker took for its last prediction.",
            "model_name",
            "level");

    /** What all names that are sent begin with. */
    static final String PREFIX = "torchserve.openmetrics.";

    private final String exposedName;
    private final String sentName;
    private final MetricSpec.Kind kind;
    private final String unit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    private final List<String> attributes;

    OfficialMetric(String exposedName, String sentName, String unit, String description, String... attributes) {
        this(exposedName, sentName, MetricSpec.Kind.GAUGE, unit, description, attributes);
    }

    OfficialMetric(
            String exposedName,
            String sentName,
            MetricSpec.Kind kind,
            String unit,
            String description,
            String... attributes) {
        this.exposedName = exposedName;
        this.sentName = sentName;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.attributes = List.of(attributes);
    }

    /** As TorchServe writes it. */
    String exposedName() {
        return exposedName;
    }

    /** Without prefix and without what the kind adds. */
    String sentName() {
        return sentName;
    }

    /** The kind that TorchServe declares unless somebody changed it. */
    MetricSpec.Kind kind() {
        return kind;
    }

    /** UCUM; TorchServe's megabytes and gigabytes are powers of two. */
    String unit() {
        return unit;
    }

    String description() {
        return description;
    }

    /** The declaration under the full name that is sent, for the reference page. */
    MetricSpec spec() {
        String suffix = kind == MetricSpec.Kind.COUNTER ? SentAs.COUNTER_SUFFIX : "";
        return new MetricSpec(
                PREFIX + sentName + suffix, unit, kind, description, attributes, "GET /metrics: " + exposedName);
    }

    /** All declarations, in the order of the official table. */
    static List<MetricSpec> specs() {
        return List.of(values()).stream().map(OfficialMetric::spec).toList();
    }
}
