package tscollector.torchserve.management;

import io.opentelemetry.api.common.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import tscollector.signal.MetricSpec;
import tscollector.signal.MetricSpec.Kind;
import tscollector.torchserve.Api;
import tscollector.torchserve.ScrapeMetrics;

/**
 * What the management API's runs emit, besides {@link VersionNumber}: the one table of names, units and sources for the data and
 * for the reference page. The names that the official check has are its own.
 */
public final class ManagementMetrics {
    static final String PREFIX = "torchserve.management_api.";
    static final String DESCRIBE = "GET /models/X/all: ";

    static final AttributeKey<String> MODEL_NAME = AttributeKey.stringKey("model_name");
    static final AttributeKey<String> MODEL_VERSION = AttributeKey.stringKey("model_version");
    static final AttributeKey<String> WORKER_ID = AttributeKey.stringKey("worker_id");
    static final AttributeKey<String> WORKER_PID = AttributeKey.stringKey("worker_pid");
    static final AttributeKey<String> GPU_ID = AttributeKey.stringKey("gpu_id");

    private static final List<String> VERSION_KEYS = List.of("management_api_url", "model_name", "model_version");
    private static final List<String> RESTART_KEYS =
            List.of("management_api_url", "model_name", "model_version", "worker_id");
    private static final List<String> WORKER_KEYS =
            List.of("management_api_url", "model_name", "model_version", "worker_id", "worker_pid");
    private static final List<String> GPU_KEYS =
            List.of("management_api_url", "model_name", "model_version", "worker_id", "worker_pid", "gpu_id");

    static final MetricSpec MODELS = new MetricSpec(
            PREFIX + "models",
            "{model}",
            Kind.GAUGE,
            "Models in the list, whatever is described of them.",
            List.of("management_api_url"),
            "GET /models: length of models");
    static final MetricSpec VERSIONS = new MetricSpec(
            PREFIX + "model.versions",
            "{version}",
            Kind.GAUGE,
            "Versions of the model.",
            List.of("management_api_url", "model_name"),
            DESCRIBE + "length");
    static final MetricSpec WORKERS = version(
            "workers.current", "{worker}", "Workers of the version, whatever their status.", "length of workers");
    static final MetricSpec LOADED_AT_STARTUP = version(
            "is_loaded_at_startup",
            "",
            "1 if any version of that name was there when the server started, else 0.",
            "[].loadedAtStartup");
    static final MetricSpec IS_DEFAULT = version(
            "version.is_default",
            "",
            "1 for the version that answers requests which name none, else 0.",
            "[].modelUrl compared with the list's; GET /models/X where that does not tell");
    static final MetricSpec MEMORY_USAGE = worker(
            "memory_usage",
            "By",
            Kind.GAUGE,
            "Resident memory of the worker's process; 0 until the server has measured it.",
            WORKER_KEYS,
            "memoryUsage");
    static final MetricSpec IS_GPU =
            worker("is_gpu", "", Kind.GAUGE, "1 if the worker runs on a GPU, else 0.", WORKER_KEYS, "gpu");
    static final MetricSpec STATUS = worker(
            "status",
            "",
            Kind.GAUGE,
            "0 unknown, 1 ready, 2 loading, 3 unloading; TorchServe says unloading for everything that is not ready.",
            WORKER_KEYS,
            "status");
    static final MetricSpec RESTARTS = worker(
            "restarts",
            "{restart}",
            Kind.COUNTER,
            "Times the worker's process was replaced since it is watched.",
            RESTART_KEYS,
            "pid, where it changes under the same id");
    static final MetricSpec GPU_UTILIZATION = worker(
            "gpu.utilization", "%", Kind.GAUGE, "Time in which the worker's GPU was busy.", GPU_KEYS, "gpuUsage");
    static final MetricSpec GPU_MEMORY_UTILIZATION = worker(
            "gpu.memory.utilization",
            "%",
            Kind.GAUGE,
            "Time in which the memory of the worker's GPU was read or written.",
            GPU_KEYS,
            "gpuUsage");
    static final MetricSpec GPU_MEMORY_USED =
            worker("gpu.memory.used", "MiBy", Kind.GAUGE, "Memory in use on the worker's GPU.", GPU_KEYS, "gpuUsage");

    /** What a data group can hold, in this order. */
    static final List<MetricSpec> DATA = data();

    /** Those that the official check has. */
    static final List<MetricSpec> OFFICIAL = official();

    private ManagementMetrics() {}

    /** Everything that a run may emit. */
    public static List<MetricSpec> all() {
        List<MetricSpec> all = new ArrayList<>(DATA);
        all.addAll(ScrapeMetrics.ALL);
        all.add(Api.MANAGEMENT.health());
        return all;
    }

    private static List<MetricSpec> data() {
        List<MetricSpec> data = new ArrayList<>(List.of(MODELS, VERSIONS, WORKERS, LOADED_AT_STARTUP, IS_DEFAULT));
        data.addAll(VersionNumber.specs());
        data.addAll(List.of(
                MEMORY_USAGE, IS_GPU, STATUS, RESTARTS, GPU_UTILIZATION, GPU_MEMORY_UTILIZATION, GPU_MEMORY_USED));
        return List.copyOf(data);
    }

    private static List<MetricSpec> official() {
        return List.of(
                MODELS,
                VERSIONS,
                WORKERS,
                VersionNumber.MIN_WORKERS.spec(),
                VersionNumber.MAX_WORKERS.spec(),
                VersionNumber.BATCH_SIZE.spec(),
                VersionNumber.MAX_BATCH_DELAY.spec(),
                LOADED_AT_STARTUP,
                IS_DEFAULT,
                MEMORY_USAGE,
                IS_GPU,
                STATUS);
    }

    private static MetricSpec version(String name, String unit, String description, String field) {
        return new MetricSpec(PREFIX + "model." + name, unit, Kind.GAUGE, description, VERSION_KEYS, DESCRIBE + field);
    }

    private static MetricSpec worker(
            String name, String unit, Kind kind, String description, List<String> keys, String field) {
        return new MetricSpec(
                PREFIX + "model.worker." + name, unit, kind, description, keys, DESCRIBE + "[].workers[]." + field);
    }
}
