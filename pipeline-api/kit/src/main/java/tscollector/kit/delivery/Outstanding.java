package tscollector.kit.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;
import tscollector.time.Scheduler.Cancellable;

/**
 * What one queue has taken over and has no outcome yet: what waits, and the requests that are under way. Decides who may send what
 * when, and that every item is settled once.
 *
 * <p>One lock guards all of it, {@link Request} included. No sender, telemetry or log is called under it; only the scheduler is,
 * which takes note of a timer. Thread-safe.
 */
final class Outstanding<B extends Batch> {
    private enum State {
        RUNNING,
        STOPPING,
        STOPPED
    }

    private final BuildContext context;
    private final DeliveryConfig config;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition emptied = lock.newCondition();
    private final PendingQueue<B> pending; // all below guarded by lock
    private final Set<Request<B>> underWay = new LinkedHashSet<>();
    private State state = State.RUNNING;
    private @Nullable Cancellable flushTimer;

    Outstanding(BuildContext context, DeliveryConfig config, PendingQueue<B> pending) {
        this.context = context;
        this.config = config;
        this.pending = pending;
    }

    /**
     * Takes the batch over.
     *
     * @return false if the memory of all queues is full, and the batch not taken
     * @throws DeliveryException this queue is full, or ends
     */
    boolean add(B batch) throws DeliveryException {
        lock.lock();
        try {
            if (state != State.RUNNING) {
                throw DeliveryException.retryable("stopping");
            }
            return pending.add(batch, now());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next request, if there is one to send and a slot to send it.
     *
     * @param later calls for the next one when it may be there
     */
    @Nullable
    Request<B> next(Function<Duration, Cancellable> later) {
        lock.lock();
        try {
            if (state == State.STOPPED
                    || underWay.size() >= config.sendingQueue().numConsumers()) {
                return null;
            }
            Duration wait = pending.untilReady(now());
            if (wait == null) {
                return null;
            }
            if (state == State.RUNNING && !wait.isZero()) {
                if (flushTimer == null) {
                    flushTimer = later.apply(wait);
                }
                return null;
            }
            Request<B> request = new Request<>(pending.take());
            underWay.add(request);
            return request;
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #next} asked for is there: it may ask again. */
    void flushed() {
        lock.lock();
        try {
            flushTimer = null;
        } finally {
            lock.unlock();
        }
    }

    /** This thread is about to try the request; returns whether it may. */
    boolean enter(Request<B> request) {
        lock.lock();
        try {
            if (request.settled) {
                return false;
            }
            if (request.backoff == null) {
                request.backoff = new Backoff(config.retryOnFailure(), now(), ThreadLocalRandom.current()::nextDouble);
            }
            request.thread = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The try is over. Returns whether the outcome is decided already. */
    boolean leave(Request<B> request) {
        lock.lock();
        try {
            request.thread = null;
            return request.settled;
        } finally {
            lock.unlock();
            Thread.interrupted(); // ours, at the deadline; it must not reach what this thread does next
        }
    }

    /**
     * Plans the next try of a request that failed.
     *
     * @param atLeast the wait that the backend asked for
     * @param wake tries again after a while
     * @return null if it will be tried; else why not, for the counters
     */
    @Nullable
    String tryLater(Request<B> request, @Nullable Duration atLeast, Function<Duration, Cancellable> wake) {
        lock.lock();
        try {
            if (state != State.RUNNING) {
                return Delivery.STOPPED;
            }
            Duration wait = request.backoff == null ? null : request.backoff.next(now(), atLeast);
            if (wait == null) {
                return Delivery.GAVE_UP;
            }
            request.timer = wake.apply(wait);
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Its wait is over; returns whether it is for the caller to try it. */
    boolean wake(Request<B> request) {
        lock.lock();
        try {
            boolean ours = request.timer != null; // else the shutdown woke it already
            request.timer = null;
            return ours;
        } finally {
            lock.unlock();
        }
    }

    /** Settles some items of a request. Returns how many of them nobody settled before. */
    long settle(Request<B> request, long items) {
        lock.lock();
        try {
            long ours = request.settled ? 0 : Math.min(Math.max(items, 0), request.itemsLeft);
            request.itemsLeft -= ours;
            return ours;
        } finally {
            lock.unlock();
        }
    }

    /** Settles what is left of a request, which stays here until {@link #forget}. Returns how many items; -1 if it was settled. */
    long settleAll(Request<B> request) {
        lock.lock();
        try {
            if (request.settled) {
                return -1;
            }
            request.settled = true;
            return request.itemsLeft;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the room of a request that is settled and counted. */
    void forget(Request<B> request) {
        lock.lock();
        try {
            if (underWay.remove(request)) {
                pending.release(request.claim());
            }
            if (isEmpty()) {
                emptied.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more. Returns what waited for its next try, which is for the caller to try now. */
    List<Request<B>> stop() {
        lock.lock();
        try {
            if (state != State.RUNNING) {
                return List.of();
            }
            state = State.STOPPING;
            List<Request<B>> awake = new ArrayList<>();
            for (Request<B> request : underWay) {
                if (request.timer != null) {
                    request.timer.cancel();
                    request.timer = null;
                    awake.add(request);
                }
            }
            return awake;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was left at the end.
     *
     * @param items all of them
     * @param waiting of these, what no request was made of
     * @param idle of these, what was not being sent
     */
    record Left<B extends Batch>(long items, List<B> waiting, List<Request<B>> idle) {}

    /** Waits until nothing is left or the time is over; then interrupts the senders and settles the rest. Null the second time. */
    @Nullable
    Left<B> end(long nanos) {
        lock.lock();
        try {
            if (state == State.STOPPED) {
                return null;
            }
            awaitEmpty(nanos);
            state = State.STOPPED;
            long items = pending.pendingItems();
            List<B> waiting = pending.clear();
            List<Request<B>> idle = new ArrayList<>();
            for (Request<B> request : underWay) {
                if (!request.settled) {
                    items += request.itemsLeft;
                    if (request.thread == null) {
                        idle.add(request);
                    }
                    abandon(request);
                }
                pending.release(request.claim());
            }
            underWay.clear();
            if (flushTimer != null) {
                flushTimer.cancel();
            }
            return new Left<>(items, waiting, idle);
        } finally {
            lock.unlock();
        }
    }

    private void awaitEmpty(long nanos) {
        long left = nanos;
        try {
            while (left > 0 && !isEmpty()) {
                left = emptied.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever stops us has no more time
        }
    }

    private void abandon(Request<B> request) {
        request.settled = true;
        if (request.timer != null) {
            request.timer.cancel();
        }
        if (request.thread != null) {
            request.thread.interrupt();
        }
    }

    Waiting waiting() {
        lock.lock();
        try {
            long items = pending.pendingItems();
            for (Request<B> request : underWay) {
                items += request.settled ? 0 : request.itemsLeft;
            }
            return new Waiting(items, pending.usedBytes(), pending.oldestAge(now()));
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        return underWay.isEmpty() && pending.isEmpty();
    }

    private long now() {
        return context.clock().nanoTime();
    }
}
