package tscollector.torchserve.management;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.signal.MetricSpec;

/**
 * The numbers that a describe gives for each version of a model: where each stands and what it becomes. Those up to {@link
 * #MAX_BATCH_DELAY} bear the names of the official check. A field that is absent or null gives no point.
 */
@SuppressWarnings("ImmutableEnumChecker") // specs do not change, they only do not say so
enum VersionNumber {
    MIN_WORKERS("minWorkers", "workers.min", "{worker}", "Workers that the version is to have at least."),
    MAX_WORKERS("maxWorkers", "workers.max", "{worker}", "Workers that the version may have at most."),
    BATCH_SIZE("batchSize", "batch_size", "{request}", "Most requests in one batch."),
    MAX_BATCH_DELAY("maxBatchDelay", "max_batch_delay", "ms", "Longest wait for a batch to fill."),
    QUEUE_PENDING(
            "jobQueueStatus.pendingRequests",
            "queue.pending",
            "{request}",
            "Requests that wait in the version's queue, without the batch in work."),
    QUEUE_REMAINING(
            "jobQueueStatus.remainingCapacity",
            "queue.remaining",
            "{request}",
            "Requests that the version's queue has room for; at 0 the server answers 503."),
    RESPONSE_TIMEOUT(
            "responseTimeout", "response_timeout", "s", "How long a worker may take to answer before it is ended."),
    STARTUP_TIMEOUT("startupTimeout", "startup_timeout", "s", "How long a worker may take to start."),
    MAX_RETRY_TIMEOUT(
            "maxRetryTimeoutInSec",
            "max_retry_timeout",
            "s",
            "How long a failing worker is started again before it is given up."),
    CLIENT_TIMEOUT(
            "clientTimeoutInMills", "client_timeout", "ms", "How long a client is taken to wait; 0: without limit."),
    PARALLEL_LEVEL("parallelLevel", "parallel_level", "{process}", "Processes of one worker; 0: not parallel."),
    SEQUENCE_MAX_IDLE(
            "sequenceMaxIdleMSec", "sequence.max_idle", "ms", "How long a sequence may be idle before it is ended."),
    SEQUENCE_TIMEOUT("sequenceTimeoutMSec", "sequence.timeout", "ms", "How long a sequence may last."),
    SEQUENCE_MAX("maxNumSequence", "sequence.max", "{sequence}", "Sequences at a time; 0: no sequences."),
    SEQUENCE_QUEUE_SIZE(
            "maxSequenceJobQueueSize", "sequence.queue_size", "{request}", "Room in the queue of one sequence.");

    static final List<VersionNumber> ALL = List.of(values());
    static final int COUNT = ALL.size();

    private static final Map<String, VersionNumber> BY_FIELD = new HashMap<>();

    static {
        for (VersionNumber number : ALL) {
            BY_FIELD.put(number.field, number);
        }
    }

    private final String field;
    private final MetricSpec spec;

    VersionNumber(String field, String name, String unit, String description) {
        this.field = field;
        this.spec = new MetricSpec(
                ManagementMetrics.PREFIX + "model." + name,
                unit,
                MetricSpec.Kind.GAUGE,
                description,
                List.of("management_api_url", "model_name", "model_version"),
                ManagementMetrics.DESCRIBE + "[]." + field);
    }

    MetricSpec spec() {
        return spec;
    }

    /** The number that stands in this field (those of {@code jobQueueStatus} with that before a dot), or null. */
    static @Nullable VersionNumber of(String field) {
        return BY_FIELD.get(field);
    }

    static List<MetricSpec> specs() {
        return ALL.stream().map(VersionNumber::spec).toList();
    }
}
