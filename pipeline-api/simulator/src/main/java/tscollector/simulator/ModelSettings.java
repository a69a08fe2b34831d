package tscollector.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model version is registered with. Start from {@link #of} and change what matters with the {@code with} methods.
 *
 * @param name any text; '/' can be registered and listed but never addressed
 * @param version free text such as {@code 1.0}
 * @param url of the archive; null for a function node of a workflow, which describe shows without URL and the list leaves out
 * @param minWorkers workers started at registration
 * @param maxWorkers upper limit
 * @param batchSize requests
 * @param maxBatchDelayMillis milliseconds
 * @param responseTimeoutSeconds seconds
 * @param startupTimeoutSeconds seconds
 * @param maxRetryTimeoutSeconds how long a failing worker counts as healthy
 * @param jobQueueSize requests
 * @param gpu workers on GPUs: deviceType gpu
 * @param deviceIds as configured; empty means the key is absent
 * @param workflowNode whether inference is counted in latencies only
 * @param metadata what {@code customized=true} answers: maps, lists, text, numbers and booleans
 */
public record ModelSettings(
        String name,
        String version,
        @Nullable String url,
        int minWorkers,
        int maxWorkers,
        int batchSize,
        int maxBatchDelayMillis,
        int responseTimeoutSeconds,
        int startupTimeoutSeconds,
        int maxRetryTimeoutSeconds,
        int jobQueueSize,
        boolean gpu,
        List<Integer> deviceIds,
        boolean workflowNode,
        Map<String, Object> metadata) {

    /** Copies lists and maps and refuses negative worker counts. */
    public ModelSettings {
        if (minWorkers < 0 || maxWorkers < minWorkers) {
            throw new IllegalArgumentException("cannot run " + minWorkers + " to " + maxWorkers + " workers");
        }
        deviceIds = List.copyOf(deviceIds);
    }

    /** One worker on the CPU and TorchServe's defaults for everything else. */
    public static ModelSettings of(String name, String version, @Nullable String url) {
        return new ModelSettings(
                name, version, url, 1, 1, 1, 100, 120, 120, 300, 100, false, List.of(), false, Map.of());
    }

    /** A function node of a workflow: no URL, not listed. */
    public static ModelSettings functionNode(String workflow, String node) {
        return of(workflow + "__" + node, "1.0", null).withBatch(1, 0).asWorkflowNode();
    }

    /** Between {@code min} and {@code max} workers, of which {@code min} are started. */
    public ModelSettings withWorkers(int min, int max) {
        Draft draft = new Draft(this);
        draft.minWorkers = min;
        draft.maxWorkers = max;
        return draft.done();
    }

    /** Another batch size and longest wait for a batch. */
    public ModelSettings withBatch(int size, int delayMillis) {
        Draft draft = new Draft(this);
        draft.batchSize = size;
        draft.maxBatchDelayMillis = delayMillis;
        return draft.done();
    }

    /** Other timeouts, in seconds. */
    public ModelSettings withTimeouts(int response, int startup, int maxRetry) {
        Draft draft = new Draft(this);
        draft.responseTimeoutSeconds = response;
        draft.startupTimeoutSeconds = startup;
        draft.maxRetryTimeoutSeconds = maxRetry;
        return draft.done();
    }

    /** Another size of the job queue. */
    public ModelSettings withJobQueueSize(int size) {
        Draft draft = new Draft(this);
        draft.jobQueueSize = size;
        return draft.done();
    }

    /** Workers on GPUs; with {@code ids} as configured device ids, else without that key. */
    public ModelSettings onGpu(Integer... ids) {
        Draft draft = new Draft(this);
        draft.gpu = true;
        draft.deviceIds = List.of(ids);
        return draft.done();
    }

    /** Metadata that describe shows with {@code customized=true}. */
    public ModelSettings withMetadata(Map<String, Object> custom) {
        Draft draft = new Draft(this);
        draft.metadata = custom;
        return draft.done();
    }

    /** The same under another name. */
    ModelSettings named(String other) {
        Draft draft = new Draft(this);
        draft.name = other;
        return draft.done();
    }

    /** A node of a workflow: counted in latencies but not in requests. */
    public ModelSettings asWorkflowNode() {
        Draft draft = new Draft(this);
        draft.workflowNode = true;
        return draft.done();
    }

    /** All components, so that each method above names only what it changes. */
    private static final class Draft {
        private final ModelSettings base;
        private String name;
        private int minWorkers;
        private int maxWorkers;
        private int batchSize;
        private int maxBatchDelayMillis;
        private int responseTimeoutSeconds;
        private int startupTimeoutSeconds;
        private int maxRetryTimeoutSeconds;
        private int jobQueueSize;
        private boolean gpu;
        private List<Integer> deviceIds;
        private boolean workflowNode;
        private Map<String, Object> metadata;

        Draft(ModelSettings base) {
            this.base = base;
            name = base.name;
            minWorkers = base.minWorkers;
            maxWorkers = base.maxWorkers;
            batchSize = base.batchSize;
            maxBatchDelayMillis = base.maxBatchDelayMillis;
            responseTimeoutSeconds = base.responseTimeoutSeconds;
            startupTimeoutSeconds = base.startupTimeoutSeconds;
            maxRetryTimeoutSeconds = base.maxRetryTimeoutSeconds;
            jobQueueSize = base.jobQueueSize;
            gpu = base.gpu;
            deviceIds = base.deviceIds;
            workflowNode = base.workflowNode;
            metadata = base.metadata;
        }

        ModelSettings done() {
            return new ModelSettings(
                    name,
                    base.version,
                    base.url,
                    minWorkers,
                    maxWorkers,
                    batchSize,
                    maxBatchDelayMillis,
                    responseTimeoutSeconds,
                    startupTimeoutSeconds,
                    maxRetryTimeoutSeconds,
                    jobQueueSize,
                    gpu,
                    deviceIds,
                    workflowNode,
                    metadata);
        }
    }
}
