package tscollector.simulator;

import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/**
 * Makes workers: ids count up from 9000 over the life of the process, pids only ever grow. Guarded by the store's lock.
 */
final class WorkerSpawner {
    private static final int FIRST_WORKER_PORT = 9000;

    private final InstantSource clock;
    private final Random random;
    private final MetricRegistry registry;
    private final String hostname;
    private int nextWorker = FIRST_WORKER_PORT;
    private int nextPid = 35;

    WorkerSpawner(InstantSource clock, Random random, MetricRegistry registry, String hostname) {
        this.clock = clock;
        this.random = random;
        this.registry = registry;
        this.hostname = hostname;
    }

    /** Adds a worker to a version: READY at once, or without a pid while it loads. */
    void add(VersionState version, boolean loading) {
        boolean gpu = version.settings().gpu();
        String usage = gpu ? gpuUsage(version.workers().size()) : "N/A";
        String id = Integer.toString(nextWorker++);
        Worker worker = new Worker(id, loading ? -1 : takePid(), !loading, 0, gpu, usage, clock.instant(), null);
        version.workers().add(worker);
        if (!loading) {
            loaded(version, worker);
        }
    }

    /** Gives a dead or loading worker a process. */
    void revive(VersionState version, int index) {
        Worker back = version.workers().get(index).running(takePid());
        version.workers().set(index, back);
        loaded(version, back);
    }

    /** A new server process starts over with ids. */
    void restart() {
        nextWorker = FIRST_WORKER_PORT;
    }

    private void loaded(VersionState version, Worker worker) {
        ModelSettings settings = version.settings();
        String name = "W-" + worker.id() + "-" + settings.name() + "_" + settings.version();
        // Counted from the creation of the worker, so that a recovered one shows its whole life.
        long age = clock.millis() - worker.startTime().toEpochMilli();
        double millis = age + 1500.0 + random.nextInt(3000);
        registry.update("WorkerLoadTime", List.of(name, "Host", hostname), millis);
        registry.update("WorkerThreadTime", List.of("Host", hostname), 10.0 + random.nextInt(10));
    }

    private int takePid() {
        int pid = nextPid;
        nextPid += 1 + random.nextInt(12);
        return pid;
    }

    private static String gpuUsage(int device) {
        return "gpuId::" + device
                + " utilization.gpu [%]::37 % utilization.memory [%]::12 % memory.used [MiB]::2310 MiB";
    }
}
