package tscollector.kit.delta;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.extension.Store;
import tscollector.time.Scheduler.Cancellable;

/**
 * Does what is to be done every {@link #PERIOD}: tidies up, and stores the state if there is a store. A store that fails keeps
 * nothing from going on; the next period tries again.
 */
final class Saving {
    /** After a kill, what was counted in so much time is counted again. */
    static final Duration PERIOD = Duration.ofSeconds(10);
    /** A store of ours takes 16 MiB. */
    static final int MAX_BYTES = 15 << 20;

    private static final String KEY = "series";
    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);

    /** What is kept. */
    interface State {
        /** Lets go of what is too old. */
        void tidy();

        /**
         * What is to be stored; null if that has not changed since the last call.
         *
         * @param stored what the store has
         */
        StateBytes.@Nullable Written take(List<Series> stored);

        /** What was taken last could not be stored. */
        void giveBack();
    }

    private final BuildContext context;
    private final State state;
    private final ReentrantLock turn =
            new ReentrantLock(); // one write at a time, so that an older one is never the last
    private @Nullable Store store;
    private @Nullable Cancellable timer; // guarded by this
    private boolean running; // guarded by this

    Saving(BuildContext context, State state) {
        this.context = context;
        this.state = state;
    }

    /** What the store has, which is used from now on. */
    List<Series> load(@Nullable Store newStore) throws StartException {
        store = newStore;
        if (newStore == null) {
            return List.of();
        }
        byte[] bytes;
        try {
            bytes = newStore.get(KEY);
        } catch (IOException e) {
            throw new StartException("cannot read the stored values of counters: " + e.getMessage(), e);
        }
        if (bytes == null) {
            return List.of();
        }
        try {
            return StateBytes.read(bytes);
        } catch (IOException e) {
            context.telemetry().count("state not readable", 1);
            context.telemetry()
                    .warnOncePer(
                            WARNING_PERIOD,
                            "state not readable",
                            "Cannot read the stored values of counters: " + e.getMessage()
                                    + ". Every series is new; what was counted since the stop may be missing.");
            return List.of();
        }
    }

    synchronized void begin() {
        running = true;
        timer = context.scheduler().schedule(PERIOD, this::due);
    }

    /** Stores the state a last time, if it can within the time. */
    void end(Deadline deadline) {
        synchronized (this) {
            if (!running) {
                return;
            }
            running = false;
            if (timer != null) {
                timer.cancel();
            }
        }
        try {
            if (turn.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    save();
                } finally {
                    turn.unlock();
                }
            } else {
                notStored("an earlier write still hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            notStored("interrupted");
        }
    }

    private void due() {
        state.tidy();
        if (store == null) {
            again();
        } else {
            context.scheduler().executeBlocking(this::saveAndGoOn);
        }
    }

    private void saveAndGoOn() {
        turn.lock();
        try {
            synchronized (this) {
                if (!running) {
                    return;
                }
            }
            save();
        } finally {
            turn.unlock();
            again();
        }
    }

    private synchronized void again() {
        if (running) {
            timer = context.scheduler().schedule(PERIOD, this::due);
        }
    }

    private void save() {
        Store target = store;
        if (target == null) {
            return;
        }
        try {
            // A processor of two pipelines has two lives and one store.
            synchronized (target) {
                StateBytes.Written written = state.take(stored(target));
                if (written != null) {
                    countLeft(written.left());
                    target.update(Map.of(KEY, written.bytes()));
                }
            }
        } catch (IOException e) {
            state.giveBack();
            notStored(String.valueOf(e.getMessage()));
        }
    }

    private static List<Series> stored(Store target) throws IOException {
        byte[] bytes = target.get(KEY);
        try {
            return bytes == null ? List.of() : StateBytes.read(bytes);
        } catch (IOException e) {
            return List.of(); // damaged, as was said at the start
        }
    }

    private void countLeft(int left) {
        if (left > 0) {
            context.telemetry().count("series not stored", left);
            context.telemetry()
                    .warnOncePer(
                            WARNING_PERIOD,
                            "series not stored",
                            "There are more counters than the storage takes: " + left
                                    + " are not stored and are new after a restart.");
        }
    }

    private void notStored(String why) {
        context.telemetry().count("state not stored", 1);
        context.telemetry()
                .warnOncePer(
                        WARNING_PERIOD,
                        "state not stored",
                        "Cannot store the values of counters: " + why
                                + ". Deltas are right as long as this process runs; after a restart some may be counted twice or be missing.");
    }
}
