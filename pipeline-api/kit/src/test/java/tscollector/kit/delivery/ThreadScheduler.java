package tscollector.kit.delivery;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tscollector.time.Scheduler;

/** Real threads and time, for tests in which threads meet. */
final class ThreadScheduler implements Scheduler, AutoCloseable {
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);

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
        blocking.shutdown();
        try {
            if (!blocking.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a blocking task did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
