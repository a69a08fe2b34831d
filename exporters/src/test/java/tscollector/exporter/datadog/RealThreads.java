package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import tscollector.time.Scheduler;

/** Real threads and time, for tests in which threads meet. */
final class RealThreads implements Scheduler, AutoCloseable {
    private final ThreadPoolExecutor blocking =
            new ThreadPoolExecutor(16, 16, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), RealThreads::daemon);
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1, RealThreads::daemon);

    @Override
    public void execute(Runnable task) {
        timers.execute(task);
    }

    @Override
    public void executeBlocking(Runnable task) {
        blocking.execute(task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Future<?> future = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        timers.shutdownNow();
        blocking.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "real threads of a test");
        thread.setDaemon(true);
        return thread;
    }
}
