package tscollector.kit.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tscollector.time.Scheduler;

/**
 * The scheduler of the running process: few threads for short work, as many as needed for what blocks (they end after ten idle
 * seconds), one for timers. All are daemon threads. Thread-safe.
 *
 * <p>The timer thread only hands tasks over, so that no task delays another's time. Tasks that are given after {@link #close} do
 * not run.
 */
public final class SystemScheduler implements Scheduler, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(SystemScheduler.class);
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor work;
    private final ThreadPoolExecutor blocking;
    private final ScheduledThreadPoolExecutor timer;

    /** With as many threads for short work as there are processors, at least two. */
    public SystemScheduler() {
        this(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    SystemScheduler(int workThreads) {
        work = new ThreadPoolExecutor(
                workThreads,
                workThreads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads("work"));
        blocking = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DaemonThreads("blocking"));
        timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads("timer"));
        // Most timers are timeouts that never fire; without this each would stay until its time.
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        handTo(work, task);
    }

    @Override
    public void executeBlocking(Runnable task) {
        handTo(blocking, task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        long nanos = nanosOf(delay);
        if (nanos <= 0) {
            execute(task);
            return () -> {};
        }
        try {
            Future<?> future = timer.schedule(() -> execute(task), nanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            logger.debug("Timer not set, the scheduler is closed.");
            return () -> {};
        }
    }

    /** Ends all threads; waiting tasks do not run, blocking ones are interrupted. Does not wait for them. */
    @Override
    public void close() {
        timer.shutdownNow();
        work.shutdownNow();
        blocking.shutdownNow();
    }

    /** Far times mean never: the pool's own arithmetic ends at 146 years. */
    private static long nanosOf(Duration delay) {
        return delay.compareTo(Duration.ofDays(36_500)) > 0
                ? Duration.ofDays(36_500).toNanos()
                : delay.toNanos();
    }

    private static void handTo(ThreadPoolExecutor pool, Runnable task) {
        try {
            pool.execute(() -> runLogged(task));
        } catch (RejectedExecutionException e) {
            logger.debug("Task not run, the scheduler is closed.");
        }
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (OutOfMemoryError e) {
            throw e; // the thread's handler decides for the process
        } catch (Throwable e) {
            logger.error("A task failed unexpectedly; others go on.", e);
        }
    }
}
