package tscollector.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A worker of a model version, as describe shows it.
 *
 * @param id the worker's port number, kept over crashes
 * @param pid of its process; -1 while it loads, the dead one's after a crash
 * @param ready READY in describe; everything else is UNLOADING
 * @param memoryBytes resident memory, 0 until the first collection of host metrics
 * @param gpu whether it runs on a GPU
 * @param gpuUsage the text of describe; {@code N/A} on a CPU
 * @param startTime creation of the worker, which a crash does not change
 * @param failedSince when its process died, null while it lives; ping turns Unhealthy maxRetryTimeoutInSec later
 */
public record Worker(
        String id,
        int pid,
        boolean ready,
        long memoryBytes,
        boolean gpu,
        String gpuUsage,
        Instant startTime,
        @Nullable Instant failedSince) {

    /** {@code READY} or {@code UNLOADING}. */
    public String status() {
        return ready ? "READY" : "UNLOADING";
    }

    Worker died(Instant now) {
        // A second death does not open a new retry window.
        Instant since = failedSince == null ? now : failedSince;
        return new Worker(id, pid, false, memoryBytes, gpu, gpuUsage, startTime, since);
    }

    Worker running(int newPid) {
        return new Worker(id, newPid, true, memoryBytes, gpu, gpuUsage, startTime, null);
    }

    Worker withMemoryBytes(long bytes) {
        return new Worker(id, pid, ready, bytes, gpu, gpuUsage, startTime, failedSince);
    }

    Worker withGpuUsage(String usage) {
        return new Worker(id, pid, ready, memoryBytes, gpu, usage, startTime, failedSince);
    }
}
