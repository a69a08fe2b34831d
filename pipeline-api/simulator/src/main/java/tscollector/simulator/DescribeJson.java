package tscollector.simulator;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The object of one model version in a describe, keys in the real server's order. */
final class DescribeJson {
    private final DateTimeFormatter startTimes;

    /** @param zone of the server's clock: it writes local time with a literal Z */
    DescribeJson(ZoneId zone) {
        startTimes = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                .withZone(zone);
    }

    Map<String, Object> of(Model.Version version) {
        ModelSettings settings = version.settings();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("modelName", settings.name());
        json.put("modelVersion", settings.version());
        if (settings.url() != null) {
            json.put("modelUrl", settings.url());
        }
        json.put("runtime", "python");
        json.put("minWorkers", settings.minWorkers());
        json.put("maxWorkers", settings.maxWorkers());
        json.put("batchSize", settings.batchSize());
        json.put("maxBatchDelay", settings.maxBatchDelayMillis());
        json.put("responseTimeout", settings.responseTimeoutSeconds());
        json.put("startupTimeout", settings.startupTimeoutSeconds());
        json.put("maxRetryTimeoutInSec", settings.maxRetryTimeoutSeconds());
        json.put("clientTimeoutInMills", 0);
        json.put("parallelType", "");
        json.put("parallelLevel", 0);
        json.put("deviceType", settings.gpu() ? "gpu" : "cpu");
        if (!settings.deviceIds().isEmpty()) {
            json.put("deviceIds", settings.deviceIds());
        }
        for (String flag : List.of("continuousBatching", "useJobTicket", "useVenv", "stateful")) {
            json.put(flag, false);
        }
        for (String number :
                List.of("sequenceMaxIdleMSec", "sequenceTimeoutMSec", "maxNumSequence", "maxSequenceJobQueueSize")) {
            json.put(number, 0);
        }
        json.put("loadedAtStartup", version.loadedAtStartup());
        json.put("workers", version.workers().stream().map(this::worker).toList());
        Map<String, Object> queue = new LinkedHashMap<>();
        queue.put("remainingCapacity", settings.jobQueueSize() - version.pendingRequests());
        queue.put("pendingRequests", version.pendingRequests());
        json.put("jobQueueStatus", queue);
        return json;
    }

    private Map<String, Object> worker(Worker worker) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", worker.id());
        json.put("startTime", startTimes.format(worker.startTime()));
        json.put("status", worker.status());
        json.put("memoryUsage", worker.memoryBytes());
        json.put("pid", worker.pid());
        json.put("gpu", worker.gpu());
        json.put("gpuUsage", worker.gpuUsage());
        return json;
    }
}
