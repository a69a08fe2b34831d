package tscollector.kit.delta;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.extension.Store;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;

/**
 * Makes deltas of monotonic cumulative sums and of cumulative histograms, exponential ones included. Everything else passes as
 * it is. Thread-safe; points of one series must come in the order of their times.
 *
 * <p>A series is what has one metric name, one kind, one scope name, equal attributes and an equal resource ({@code
 * service.version} apart, which becomes known while a server runs). Each of its points becomes the difference to the one before,
 * and starts at that one's time. What a first point becomes {@link DeltaRules.InitialValue} says.
 *
 * <p>No delta is negative or not a number: a histogram of which any part fell, or whose bounds changed, began again. Points that
 * give none are counted as dropped, for these reasons: {@code first value of a series}, {@code not newer than the last point},
 * {@code not a finite number}, {@code negative counter}, {@code too many series}. How many series are remembered is {@code series
 * remembered} less {@code series forgotten}.
 *
 * <p>What is remembered advances with each conversion, whatever becomes of its result; {@link #convert(MetricBatch, Consumer)} sees
 * to it that what is refused at once is not lost.
 */
public final class CounterDeltas {
    private static final String KEPT = "deltas kept for the next batch";

    private final BuildContext context;
    private final DeltaRules rules;
    private final PlanCache<GroupDeltas> plans = new PlanCache<>();
    private final PlanCache<Owners> owners = new PlanCache<>();
    private final Saving saving;

    private final ReentrantLock lock = new ReentrantLock();
    private final AllSeries all; // all below guarded by lock
    private FirstValues firstValues;
    private boolean changed;
    private boolean ended;

    public CounterDeltas(BuildContext context, DeltaRules rules) {
        this.context = context;
        this.rules = rules;
        this.all = new AllSeries(rules.maxSeries());
        this.firstValues = firstValues();
        this.saving = new Saving(context, new Remembered());
    }

    /**
     * Begins to store what is remembered, every 10 seconds; before that, takes what is stored. A state that cannot be understood
     * is warned about, and everything is new.
     *
     * @param store null: nothing outlives this process
     * @throws StartException if the store cannot be read
     */
    public void start(@Nullable Store store) throws StartException {
        List<Series> stored = saving.load(store);
        int added;
        lock.lock();
        try {
            firstValues = firstValues();
            for (Series series : stored) {
                if (!firstValues.isForgotten(series, context.clock().now())) {
                    all.track(series);
                }
            }
            added = all.takeAdded();
        } finally {
            lock.unlock();
        }
        countAdded(added);
        saving.begin();
    }

    /**
     * The batch with deltas. Groups and metrics that are not converted are the same instances, and so is a batch without any
     * other.
     *
     * @return null if nothing is left of it
     */
    public @Nullable MetricBatch convert(MetricBatch batch) {
        return convert(batch, turn(false));
    }

    /**
     * Hands the batch with deltas to {@code next}, unless nothing is left of it. If that refuses it, each delta of the batch is
     * contained in the next one of its series, also when that comes from another life of the process; they are counted as {@code
     * deltas kept for the next batch}. The same batch may come again and has the same deltas then.
     *
     * @throws DeliveryException as {@code next} threw it
     */
    public void convert(MetricBatch batch, Consumer<MetricBatch> next) throws DeliveryException {
        Turn turn = turn(true);
        MetricBatch converted = convert(batch, turn);
        if (converted == null) {
            return;
        }
        boolean isTaken = false;
        try {
            next.consume(converted);
            isTaken = true;
        } catch (DeliveryException e) {
            isTaken = e.isPartly();
            throw e;
        } finally {
            if (!isTaken) {
                takeBack(turn);
            }
        }
    }

    private void takeBack(Turn turn) {
        int kept;
        lock.lock();
        try {
            kept = turn.takeBack();
            changed = true;
        } finally {
            lock.unlock();
        }
        if (kept > 0) {
            context.telemetry().count(KEPT, kept);
        }
    }

    /**
     * Takes back deltas that came from here and that nobody has or will get, when nothing is converted any more: what is stored then
     * does not contain them, so that the first delta of each series in the next life of the process does.
     *
     * @param batch perhaps with other metrics, which are passed over
     * @param sinceEpochNanos of points before it somebody else says that they are lost
     * @return how many points were taken back; 0 after {@link #shutdown}, which stores without them
     */
    public int takeBack(MetricBatch batch, long sinceEpochNanos) {
        int kept = 0;
        lock.lock();
        try {
            if (ended) {
                return 0;
            }
            for (MetricGroup group : batch.groups()) {
                kept += owners.planFor(group, seen -> Owners.of(seen, all)).owe(group, sinceEpochNanos);
            }
            changed |= kept > 0;
        } finally {
            lock.unlock();
        }
        if (kept > 0) {
            context.telemetry().count(KEPT, kept);
        }
        return kept;
    }

    private Turn turn(boolean mayComeBack) {
        lock.lock();
        try {
            return new Turn(firstValues, context.clock().now(), mayComeBack);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable MetricBatch convert(MetricBatch batch, Turn turn) {
        List<MetricGroup> groups = new ArrayList<>(batch.groups().size());
        boolean same = true;
        int added;
        lock.lock();
        try {
            for (MetricGroup group : batch.groups()) {
                MetricGroup converted = plans.planFor(group, seen -> GroupDeltas.of(seen, rules))
                        .convert(group, all, turn);
                same &= converted == group;
                if (converted != null) {
                    groups.add(converted);
                }
            }
            changed |= !same;
            added = all.takeAdded();
        } finally {
            lock.unlock();
        }
        countAdded(added);
        account(turn);
        if (same) {
            return batch;
        }
        return groups.isEmpty() ? null : new MetricBatch(groups);
    }

    /** Series that are remembered. */
    public int size() {
        lock.lock();
        try {
            return all.size();
        } finally {
            lock.unlock();
        }
    }

    /** Stores what is remembered; what is converted later is not stored. May be called twice and without start. */
    public void shutdown(Deadline deadline) {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
        saving.end(deadline);
    }

    private FirstValues firstValues() {
        return new FirstValues(
                rules.initialValue(), rules.ttl().toNanos(), context.clock().now());
    }

    private void countAdded(int added) {
        if (added > 0) {
            context.telemetry().count(AllSeries.REMEMBERED, added);
        }
    }

    private void account(Turn turn) {
        turn.count(context.telemetry());
        int tooMany = turn.dropped(Turn.Drop.TOO_MANY_SERIES);
        if (tooMany > 0) {
            context.telemetry()
                    .warnOncePer(
                            Duration.ofMinutes(1),
                            Turn.Drop.TOO_MANY_SERIES.reason(),
                            "There is no room to remember further counters, so that " + tooMany
                                    + " points were dropped. limit=" + rules.maxSeries());
        }
    }

    private final class Remembered implements Saving.State {
        @Override
        public void tidy() {
            lock.lock();
            try {
                all.forgetOld(firstValues, context.clock().now(), context.telemetry());
            } finally {
                lock.unlock();
            }
        }

        @Override
        public StateBytes.@Nullable Written take(List<Series> stored) {
            lock.lock();
            try {
                if (!changed) {
                    return null;
                }
                changed = false;
                long now = context.clock().now();
                List<Series> kept = new ArrayList<>(all.moved());
                for (Series series : stored) {
                    if (!all.hasMoved(series.key()) && !firstValues.isForgotten(series, now)) {
                        kept.add(series);
                    }
                }
                return StateBytes.write(kept, now, Saving.MAX_BYTES);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void giveBack() {
            lock.lock();
            try {
                changed = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
