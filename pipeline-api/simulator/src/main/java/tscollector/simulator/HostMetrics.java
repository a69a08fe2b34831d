package tscollector.simulator;

import java.util.List;
import java.util.Random;

/**
 * What the collector of host metrics writes every interval: plausible figures of a host with 24 GB, its disk, and GPUs if any.
 *
 * <p>Frozen, it writes nothing for good, as on a real server whose collector met a dead worker. Not thread-safe; the server's
 * state calls it under its lock.
 */
final class HostMetrics {
    private static final double TOTAL_MEGABYTES = 24_112.0;
    private static final double TOTAL_GIGABYTES = 101.5;
    private static final double GPU_MEGABYTES = 81_559.0;

    private final MetricRegistry registry;
    private final String hostname;
    private final int gpus;
    private final Random random;
    private boolean frozen;

    HostMetrics(MetricRegistry registry, String hostname, int gpus, Random random) {
        this.registry = registry;
        this.hostname = hostname;
        this.gpus = gpus;
        this.random = random;
    }

    boolean frozen() {
        return frozen;
    }

    void freeze(boolean frozen) {
        this.frozen = frozen;
    }

    void collect() {
        double used = 900 + Math.floor(random.nextDouble() * 256_000) / 256;
        double disk = 25 + random.nextDouble();
        // A real server measures the CPU over a few milliseconds: 0 or 100, never between.
        set("CPUUtilization", random.nextInt(3) == 0 ? 100 : 0);
        set("MemoryUsed", used);
        set("MemoryAvailable", TOTAL_MEGABYTES - used);
        set("MemoryUtilization", tenths(100 * used / TOTAL_MEGABYTES));
        set("DiskUsage", disk);
        set("DiskAvailable", TOTAL_GIGABYTES - disk);
        set("DiskUtilization", tenths(100 * disk / TOTAL_GIGABYTES));
        for (int device = 0; device < gpus; device++) {
            double gpuUsed = 2_000 + random.nextInt(60_000);
            device("GPUUtilization", device, random.nextInt(101));
            device("GPUMemoryUsed", device, gpuUsed);
            device("GPUMemoryUtilization", device, 100 * gpuUsed / GPU_MEGABYTES);
        }
    }

    /** Resident memory of a worker, in bytes. */
    long workerMemory() {
        return 241_000_000L / 4096 * 4096 + 4096L * random.nextInt(400);
    }

    void set(String gauge, double value) {
        registry.update(gauge, List.of("Host", hostname), value);
    }

    private void device(String gauge, int device, double value) {
        registry.update(gauge, List.of("Host", Integer.toString(device), hostname), value);
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
