package tscollector.kit.scrape;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.telemetry.Telemetry;
import tscollector.time.Scheduler;

/**
 * Asks each target of one receiver at its time, for as long as the receiver lives.
 *
 * <p>Times lie on a grid that never drifts. A single target starts as soon as the initial delay has passed; several have each a
 * place in the interval by a stable hash of their name, so that the same target keeps its place over restarts. Places are
 * rounded to slots of 50 ms and a slot's targets start together: work in waves leaves the processor asleep in between. One timer
 * is set at a time, for the next slot.
 *
 * <p>A run that lasts skips the ticks it covers, and a process that slept runs each target once; what was left out is counted as
 * {@code skipped runs}. A scraper that throws ends its run, nothing else; that is logged once per target and counted as
 * {@code broken runs}.
 *
 * <p>Threads: waves start on the {@code execute} lane, one after another; runs end on any thread. {@code this} guards all state;
 * no scraper is called under it.
 */
public final class ScrapeLoop {
    /** Runs that did not take place since the one before still went on, or the process slept. */
    public static final String SKIPPED_RUNS = "skipped runs";

    /** Runs that ended with an exception, which is a mistake in the program. */
    public static final String BROKEN_RUNS = "broken runs";

    private static final long LONGEST_SLOT_NANOS = Duration.ofMillis(50).toNanos();
    /** Short intervals keep at least this many places. */
    private static final int FEWEST_SLOTS = 10;

    /**
     * What is asked.
     *
     * @param name decides the place in the interval; stable over restarts, for instance the address
     */
    public record Target(String name, Scraper scraper) {}

    private final Scheduler scheduler;
    private final Clock clock;
    private final Telemetry telemetry;
    private final Logger logger;
    private final long intervalNanos;
    private final PriorityQueue<Wave> waves = new PriorityQueue<>(Comparator.comparingLong(wave -> wave.dueNanos));
    private final CountDownLatch ended = new CountDownLatch(1);
    private int running;
    private boolean stopped;
    private Scheduler.@Nullable Cancellable timer;

    private ScrapeLoop(BuildContext context, ScrapeConfig config) {
        this.scheduler = context.scheduler();
        this.clock = context.clock();
        this.telemetry = context.telemetry();
        this.logger = context.logger();
        this.intervalNanos = Math.max(1, config.collectionInterval().toNanos());
    }

    /** Begins; returns at once. */
    public static ScrapeLoop start(BuildContext context, ScrapeConfig config, List<Target> targets) {
        ScrapeLoop loop = new ScrapeLoop(context, config);
        loop.place(targets, context.clock().nanoTime() + config.initialDelay().toNanos());
        loop.setTimer();
        return loop;
    }

    /** Begins no more runs; those that are under way go on. May be called twice. */
    public synchronized void stop() {
        stopped = true;
        waves.clear();
        if (timer != null) {
            timer.cancel();
        }
        endIfDone();
    }

    /**
     * Stops and waits for the runs that are under way, at most until the deadline. A receiver that wants to end them first closes
     * its {@code HttpCaller} in between: {@code stop}, {@code caller.close}, {@code close}.
     */
    public void close(Deadline deadline) {
        stop();
        try {
            if (!ended.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                logger.debug("Runs were still under way at the deadline.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The targets' places as nanoseconds after the begin of the interval, at most {@code interval}. */
    static long placeOf(String name, long intervalNanos) {
        long slotNanos = Math.max(1, Math.min(LONGEST_SLOT_NANOS, intervalNanos / FEWEST_SLOTS));
        long slots = Math.max(1, intervalNanos / slotNanos);
        return Long.remainderUnsigned(mix(name.hashCode()), slots) * slotNanos;
    }

    /** Spreads the few bits in which similar names differ over all (the finaliser of SplitMix64). */
    private static long mix(long hash) {
        long mixed = hash * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private synchronized void place(List<Target> targets, long beginNanos) {
        Map<Long, List<Run>> byPlace = new TreeMap<>();
        for (Target target : targets) {
            long place = targets.size() == 1 ? 0 : placeOf(target.name(), intervalNanos);
            byPlace.computeIfAbsent(place, any -> new ArrayList<>()).add(new Run(target));
        }
        byPlace.forEach((place, runs) -> waves.add(new Wave(beginNanos + place, runs)));
    }

    private synchronized void setTimer() {
        Wave next = waves.peek();
        if (next != null && !stopped) {
            timer = scheduler.schedule(Duration.ofNanos(next.dueNanos - clock.nanoTime()), this::onTimer);
        }
    }

    private void onTimer() {
        List<Run> due = takeDue();
        setTimer(); // first, so that a slow scraper cannot delay the next wave
        for (Run run : due) {
            start(run);
        }
    }

    /** Moves every wave whose time has come to its next time and gives its idle targets, marked as running. */
    private synchronized List<Run> takeDue() {
        List<Run> due = new ArrayList<>();
        long now = clock.nanoTime();
        long skipped = 0;
        for (Wave wave = waves.peek(); wave != null && wave.dueNanos - now <= 0; wave = waves.peek()) {
            waves.poll();
            long missed = (now - wave.dueNanos) / intervalNanos;
            wave.dueNanos += (missed + 1) * intervalNanos;
            waves.add(wave);
            for (Run run : wave.runs) {
                skipped += missed;
                if (run.underWay) {
                    skipped++;
                } else {
                    run.underWay = true;
                    running++;
                    due.add(run);
                }
            }
        }
        if (skipped > 0) {
            telemetry.count(SKIPPED_RUNS, skipped);
        }
        return due;
    }

    private void start(Run run) {
        try {
            run.target.scraper().scrape().whenComplete((ignored, failure) -> onEnd(run, failure));
        } catch (RuntimeException | StackOverflowError e) {
            onEnd(run, e);
        }
    }

    private void onEnd(Run run, @Nullable Throwable failure) {
        if (failure != null) {
            telemetry.count(BROKEN_RUNS, 1);
            if (!run.wasBroken) {
                run.wasBroken = true;
                logger.error(
                        "A run failed unexpectedly; the next ones are only counted. target={}",
                        run.target.name(),
                        failure);
            }
        }
        synchronized (this) {
            if (run.underWay) {
                run.underWay = false;
                running--;
            }
            endIfDone();
        }
    }

    private synchronized void endIfDone() {
        if (stopped && running == 0) {
            ended.countDown();
        }
    }

    /** A target and whether it is being asked. */
    private static final class Run {
        private final Target target;
        private volatile boolean wasBroken;
        private boolean underWay; // guarded by the loop

        Run(Target target) {
            this.target = target;
        }
    }

    /** The targets of one slot and its next time. */
    private static final class Wave {
        private final List<Run> runs;
        private long dueNanos; // guarded by the loop

        Wave(long dueNanos, List<Run> runs) {
            this.dueNanos = dueNanos;
            this.runs = runs;
        }
    }
}
