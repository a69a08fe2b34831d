package tscollector.app.parity;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import tscollector.kit.scrape.ScrapeLoop;
import tscollector.time.Scheduler;

/**
 * Real threads and timers, but a receiver's runs begin one after the other as soon as the one before has arrived, whatever the
 * interval, and at most so many: what a run asks need not tell that it has begun.
 */
final class PacedRuns implements Scheduler {
    private static final Duration SOON = Duration.ofMillis(5);
    /** What a run still does after its health has gone out, such as telling the inventory. */
    private static final Duration REST = Duration.ofMillis(60);

    private final Scheduler real;
    private final BooleanSupplier arrived;
    private final Runnable begin;
    private final CountDownLatch played = new CountDownLatch(1);
    private int left; // guarded by this

    /**
     * Runs that are to come.
     *
     * @param arrived whether everything of the runs that began has arrived
     * @param begin told when a run begins
     */
    PacedRuns(Scheduler real, int runs, BooleanSupplier arrived, Runnable begin) {
        this.real = real;
        this.left = runs;
        this.arrived = arrived;
        this.begin = begin;
    }

    /** Waits until the last run has arrived. */
    boolean awaitPlayed(long seconds) throws InterruptedException {
        return played.await(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void execute(Runnable task) {
        real.execute(task);
    }

    @Override
    public void executeBlocking(Runnable task) {
        real.executeBlocking(task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        if (!task.getClass().getName().startsWith(ScrapeLoop.class.getName())) {
            return real.schedule(delay, task);
        }
        AtomicBoolean cancelled = new AtomicBoolean();
        real.schedule(SOON, () -> whenArrived(cancelled, task));
        return () -> cancelled.set(true);
    }

    private void whenArrived(AtomicBoolean cancelled, Runnable task) {
        if (cancelled.get()) {
            return;
        }
        boolean now = arrived.getAsBoolean();
        real.schedule(now ? REST : SOON, now ? () -> next(task) : () -> whenArrived(cancelled, task));
    }

    private void next(Runnable task) {
        synchronized (this) {
            if (left == 0) {
                played.countDown();
                return;
            }
            left--;
        }
        begin.run();
        task.run();
    }
}
