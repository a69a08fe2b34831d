package tscollector.torchserve.management;

import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.torchserve.Api;
import tscollector.torchserve.management.Described.Version;
import tscollector.torchserve.management.Described.Worker;

/**
 * What is kept of one model from run to run: the {@code Attributes} instances of its series, so that shapes stay, and how often
 * its workers were restarted. Versions and workers that are gone are forgotten. One thread at a time.
 */
final class ModelSeries {
    private final Attributes attributes;
    private final Map<String, VersionSeries> versions = new HashMap<>();

    ModelSeries(String address, String name) {
        this.attributes = Attributes.of(Api.MANAGEMENT.address(), address, ManagementMetrics.MODEL_NAME, name);
    }

    Attributes attributes() {
        return attributes;
    }

    /** The series of a version that was in the last {@link #update}. */
    VersionSeries version(Version version) {
        return Objects.requireNonNull(versions.get(version.version()), "update comes first");
    }

    /**
     * To be told of each describe once.
     *
     * @param startEpochNanos when counters of series that are new with it began
     */
    void update(Described described, long startEpochNanos) {
        Set<String> seen = new HashSet<>();
        for (Version version : described.versions()) {
            seen.add(version.version());
            versions.computeIfAbsent(version.version(), v -> new VersionSeries(attributes, v))
                    .update(version, startEpochNanos);
        }
        versions.keySet().retainAll(seen);
    }

    /** One version's. */
    static final class VersionSeries {
        private final Attributes attributes;
        private final Map<String, WorkerSeries> workers = new HashMap<>();
        private List<WorkerSeries> inOrder = List.of();

        private VersionSeries(Attributes model, String version) {
            this.attributes = model.toBuilder()
                    .put(ManagementMetrics.MODEL_VERSION, version)
                    .build();
        }

        Attributes attributes() {
            return attributes;
        }

        /** The series of the last {@link #update}'s workers, in their order. */
        List<WorkerSeries> workers() {
            return inOrder;
        }

        private void update(Version version, long startEpochNanos) {
            Set<String> seen = new HashSet<>();
            List<WorkerSeries> ordered = new ArrayList<>();
            for (Worker worker : version.workers()) {
                String key = seen.add(worker.id()) ? worker.id() : worker.id() + ' ' + worker.pid();
                seen.add(key);
                WorkerSeries series =
                        workers.computeIfAbsent(key, any -> new WorkerSeries(attributes, worker.id(), startEpochNanos));
                series.update(worker);
                ordered.add(series);
            }
            inOrder = ordered;
            workers.keySet().retainAll(seen);
        }
    }

    /** One worker's. Its restarts are a series of the id alone: the pid is what changes. */
    static final class WorkerSeries {
        private final Attributes withoutPid;
        private long startEpochNanos;
        private @Nullable Attributes withPid;
        private @Nullable Attributes withGpu;
        private @Nullable String pid;
        private @Nullable String lastProcess;
        private long restarts;

        private WorkerSeries(Attributes version, String id, long startEpochNanos) {
            this.withoutPid =
                    version.toBuilder().put(ManagementMetrics.WORKER_ID, id).build();
            this.startEpochNanos = startEpochNanos;
        }

        Attributes attributes() {
            return withPid == null ? withoutPid : withPid;
        }

        Attributes withoutPid() {
            return withoutPid;
        }

        /** Those of the worker's GPU. */
        Attributes gpu(GpuUsage gpu) {
            if (withGpu == null || !gpu.id().equals(withGpu.get(ManagementMetrics.GPU_ID))) {
                withGpu = attributes().toBuilder()
                        .put(ManagementMetrics.GPU_ID, gpu.id())
                        .build();
            }
            return withGpu;
        }

        long restarts() {
            return restarts;
        }

        /** When the count of restarts began; never after the point, and for good should the clock be set back. */
        long startAt(long pointEpochNanos) {
            startEpochNanos = Math.min(startEpochNanos, pointEpochNanos);
            return startEpochNanos;
        }

        private void update(Worker worker) {
            String newPid = worker.pid();
            if (newPid != null && worker.hasPid()) {
                if (lastProcess != null && !lastProcess.equals(newPid)) {
                    restarts++;
                }
                lastProcess = newPid;
            }
            if (!Objects.equals(newPid, pid)) {
                pid = newPid;
                withGpu = null;
                withPid = newPid == null
                        ? null
                        : withoutPid.toBuilder()
                                .put(ManagementMetrics.WORKER_PID, newPid)
                                .build();
            }
        }
    }
}
