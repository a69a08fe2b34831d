package tscollector.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wait that each GPU worker in a describe costs: the real server runs nvidia-smi for it on its event loop, one after the
 * other.
 */
final class SlowGpus {
    private final Object eventLoop = new Object();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Duration perWorker;

    SlowGpus(Duration perWorker) {
        this.perWorker = perWorker;
    }

    void ask(Model.Version version) {
        long workers = version.workers().stream().filter(Worker::gpu).count();
        if (workers == 0 || perWorker.isZero()) {
            return;
        }
        synchronized (eventLoop) {
            try {
                stopped.await(perWorker.multipliedBy(workers).toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends all waiting, now and later. */
    void stop() {
        stopped.countDown();
    }
}
