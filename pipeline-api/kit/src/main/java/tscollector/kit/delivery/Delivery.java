package tscollector.kit.delivery;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.kit.time.Outage;
import tscollector.signal.Batch;
import tscollector.signal.Signal;
import tscollector.time.Scheduler.Cancellable;

/**
 * The queue in front of a {@link Sender}, for one signal: takes batches over, puts them together, sends them, tries again, and
 * counts what became of every item. Made by {@link Deliveries}.
 *
 * <p>Every item that {@link #consume} took ends as exactly one of {@code sent} and {@code dropped} with one of the reasons
 * below. What it refuses is the caller's to count.
 *
 * <p>Threads: {@code consume} runs on any thread and never waits. A request has one of {@code num_consumers} slots from its first
 * try until its outcome is known, also while it waits for its next try: with one slot the order of the batches is kept. Tries
 * run on the scheduler's blocking lane; the waits between them hold no thread. One lock guards all state and is never
 * held while a sender, the telemetry or the log is called.
 *
 * @param <B> the batch class
 */
public final class Delivery<B extends Batch> implements Consumer<B> {
    /** The backend answered well but did not take these items. */
    public static final String REJECTED = "rejected by backend";
    /** The backend will never take the request these items were in. */
    public static final String REFUSED = "refused by backend";
    /** The time for trying again is over. */
    public static final String GAVE_UP = "gave up retrying";
    /** The process stopped; it then exits with 4. */
    public static final String STOPPED = "stopped before delivery";
    /** The exporter itself failed on these items; the log has the details. */
    public static final String BROKEN = "exporter failed";

    /** Refused and counted: all queues of the process together take the share of the heap that is theirs. */
    public static final String NO_MEMORY = "queue full: memory";

    /** Counted for every try that is not the last one: requests, not items. */
    public static final String RETRIES = "requests to be tried again";

    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);

    private enum State {
        RUNNING,
        STOPPING,
        STOPPED
    }

    private final BuildContext context;
    private final DeliveryConfig config;
    private final Signal<B> signal;
    private final StepwiseSender<B> sender;
    private final BackendStatus status;
    private final Outage outage;
    private final AtomicLong droppedMeanwhile = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition emptied = lock.newCondition();
    private final PendingQueue<B> pending; // all below guarded by lock
    private final Set<Request<B>> underWay = new LinkedHashSet<>();
    private State state = State.RUNNING;
    private @Nullable Cancellable flushTimer;
    private long undeliveredItems;

    Delivery(
            BuildContext context,
            DeliveryConfig config,
            Signal<B> signal,
            StepwiseSender<B> sender,
            BackendStatus status,
            QueueMemory memory) {
        this.context = context;
        this.config = config;
        this.signal = signal;
        this.sender = sender;
        this.status = status;
        this.outage = new Outage(context.logger(), context.clock(), "Delivering " + signal);
        this.pending = new PendingQueue<>(config.sendingQueue(), Batching.of(signal), memory, owner());
    }

    @Override
    public void consume(B batch) throws DeliveryException {
        boolean taken;
        lock.lock();
        try {
            if (state != State.RUNNING) {
                throw DeliveryException.retryable("stopping");
            }
            taken = pending.add(batch, context.clock().nanoTime());
        } finally {
            lock.unlock();
        }
        if (!taken) {
            context.telemetry().count(NO_MEMORY, batch.itemCount());
            throw DeliveryException.retryable(owner() + ": " + NO_MEMORY);
        }
        dispatch();
    }

    private String owner() {
        return "exporter " + context.id();
    }

    /** Items taken over whose outcome is not known yet. */
    public long queuedItems() {
        lock.lock();
        try {
            long items = pending.pendingItems();
            for (Request<B> request : underWay) {
                items += request.settled ? 0 : request.itemsLeft;
            }
            return items;
        } finally {
            lock.unlock();
        }
    }

    /** Items dropped because the process stopped. */
    public long undelivered() {
        lock.lock();
        try {
            return undeliveredItems;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more and sends what there is: at once what waits for its next try, each request once more. Returns at once. */
    void beginShutdown() {
        lock.lock();
        try {
            if (state != State.RUNNING) {
                return;
            }
            state = State.STOPPING;
            for (Request<B> request : underWay) {
                if (request.timer != null) {
                    request.timer.cancel();
                    request.timer = null;
                    context.scheduler().executeBlocking(() -> work(request));
                }
            }
        } finally {
            lock.unlock();
        }
        dispatch();
    }

    /** Waits until all is sent or the deadline has passed; then interrupts the senders and drops what is left. */
    void finishShutdown(Deadline deadline) {
        beginShutdown();
        long left;
        lock.lock();
        try {
            if (state == State.STOPPED) {
                return;
            }
            awaitEmpty(deadline.remaining().toNanos());
            state = State.STOPPED;
            left = pending.clear();
            for (Request<B> request : underWay) {
                if (!request.settled) {
                    left += request.itemsLeft;
                    abandon(request);
                }
            }
            underWay.forEach(request -> pending.release(request.claim()));
            underWay.clear();
            undeliveredItems += left;
            if (flushTimer != null) {
                flushTimer.cancel();
            }
        } finally {
            lock.unlock();
        }
        if (left > 0) {
            context.telemetry().dropped(STOPPED, left);
        }
        if (undelivered() > 0) {
            context.logger().error("Stopped before all {} were delivered. items={}", signal, undelivered());
        }
    }

    private void awaitEmpty(long nanos) {
        long left = nanos;
        try {
            while (left > 0 && !(pending.isEmpty() && underWay.isEmpty())) {
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

    /** Gives requests to free slots, as long as there is something to send. */
    private void dispatch() {
        for (Request<B> request = next(); request != null; request = next()) {
            Request<B> ready = request;
            context.scheduler().executeBlocking(() -> work(ready));
        }
    }

    /** The next request, if there is one to send and a slot to send it; else sees to it that we are called when there is. */
    private @Nullable Request<B> next() {
        lock.lock();
        try {
            if (state == State.STOPPED
                    || underWay.size() >= config.sendingQueue().numConsumers()) {
                return null;
            }
            Duration wait = pending.untilReady(context.clock().nanoTime());
            if (wait == null) {
                return null;
            }
            if (state == State.RUNNING && !wait.isZero()) {
                if (flushTimer == null) {
                    flushTimer = context.scheduler().schedule(wait, this::flush);
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

    private void flush() {
        lock.lock();
        try {
            flushTimer = null;
        } finally {
            lock.unlock();
        }
        dispatch();
    }

    /** Uses a slot as long as there is something to send. */
    private void work(Request<B> first) {
        Request<B> request = first;
        while (request != null) {
            request = attempt(request) ? next() : null;
        }
    }

    /** Sends once. Returns whether the slot is free again. */
    private boolean attempt(Request<B> request) {
        if (!enter(request)) {
            return false;
        }
        DeliveryException failure = null;
        try {
            if (request.steps == null) {
                request.steps = sender.begin(request.batch());
            }
            request.steps.send(new Account(request));
        } catch (DeliveryException e) {
            failure = e;
        } catch (InterruptedException e) {
            failure = DeliveryException.retryable("interrupted", e);
        } catch (RuntimeException | Error e) {
            leave(request);
            settleBroken(request, e);
            if (e instanceof Error error) {
                dispatch();
                throw error;
            }
            return true;
        }
        if (leave(request)) {
            return true; // the deadline was faster and counted it
        }
        if (failure == null) {
            settleSent(request);
            return true;
        }
        if (failure.isRetryable()) {
            return retry(request, failure);
        }
        settleRefused(request, failure);
        return true;
    }

    private boolean enter(Request<B> request) {
        lock.lock();
        try {
            if (request.settled) {
                return false;
            }
            if (request.backoff == null) {
                long now = context.clock().nanoTime();
                request.backoff = new Backoff(config.retryOnFailure(), now, ThreadLocalRandom.current()::nextDouble);
            }
            request.thread = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the outcome is decided already. */
    private boolean leave(Request<B> request) {
        lock.lock();
        try {
            request.thread = null;
            return request.settled;
        } finally {
            lock.unlock();
            Thread.interrupted(); // ours, at the deadline; it must not reach what this thread does next
        }
    }

    private void settleSent(Request<B> request) {
        settle(request, left -> {
            if (left > 0) {
                drop(BROKEN, left);
                context.logger().error("The exporter lost sight of items of its request. items={}", left);
            }
            if (request.answered) { // a batch that became too old while the backend was away says nothing about it
                recovered();
                status.succeeded(signal);
            }
        });
    }

    private void settleRefused(Request<B> request, DeliveryException failure) {
        settle(request, left -> {
            drop(REFUSED, left);
            String text = message(failure);
            context.telemetry()
                    .warnOncePer(
                            WARNING_PERIOD,
                            REFUSED + " " + signal,
                            "The backend refused " + left + " items of " + signal + ", which are lost. error=\"" + text
                                    + "\"");
            status.failed(signal, text);
        });
    }

    private void settleBroken(Request<B> request, Throwable broken) {
        settle(request, left -> {
            drop(BROKEN, left);
            context.logger().error("The exporter failed, its request is lost. items={}", left, broken);
            status.failed(signal, "the exporter failed");
        });
    }

    /** Plans the next try or gives up. Returns whether the slot is free again. */
    private boolean retry(Request<B> request, DeliveryException failure) {
        String text = message(failure);
        outage.failing(text);
        status.failed(signal, text);
        boolean stopping;
        boolean willTryAgain;
        lock.lock();
        try {
            stopping = state != State.RUNNING;
            Duration wait = stopping || request.backoff == null
                    ? null
                    : request.backoff.next(context.clock().nanoTime(), failure.retryAfter());
            if (wait != null) {
                request.timer = context.scheduler().schedule(wait, () -> wake(request));
            }
            willTryAgain = wait != null;
        } finally {
            lock.unlock();
        }
        if (willTryAgain) {
            context.telemetry().count(RETRIES, 1);
            return false;
        }
        settle(request, left -> drop(stopping ? STOPPED : GAVE_UP, left));
        return true;
    }

    private void wake(Request<B> request) {
        lock.lock();
        try {
            if (request.timer == null) {
                return; // the shutdown woke it already
            }
            request.timer = null;
        } finally {
            lock.unlock();
        }
        context.scheduler().executeBlocking(() -> work(request));
    }

    /** Counts the outcome unless the deadline was faster; the request stands in the books until that is done. */
    private void settle(Request<B> request, LongConsumer account) {
        boolean ours;
        long left;
        lock.lock();
        try {
            ours = !request.settled;
            left = request.itemsLeft;
            request.settled = true;
        } finally {
            lock.unlock();
        }
        try {
            if (ours) {
                account.accept(left);
            }
        } finally {
            forget(request);
        }
    }

    private void forget(Request<B> request) {
        lock.lock();
        try {
            if (underWay.remove(request)) {
                pending.release(request.claim());
            }
            if (underWay.isEmpty() && pending.isEmpty()) {
                emptied.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(String reason, long items) {
        context.telemetry().dropped(reason, items);
        if (outage.isFailing()) {
            droppedMeanwhile.addAndGet(items);
        }
        if (reason.equals(STOPPED)) {
            lock.lock();
            try {
                undeliveredItems += items;
            } finally {
                lock.unlock();
            }
        }
    }

    private void recovered() {
        long lost = droppedMeanwhile.get();
        if (outage.recovered(lost == 0 ? "" : lost + " items were dropped meanwhile")) {
            droppedMeanwhile.addAndGet(-lost);
        }
    }

    private static String message(DeliveryException failure) {
        String text = failure.getMessage();
        return text == null ? "no reason given" : text;
    }

    /** Counts what a sender tells about one try, unless the deadline was faster. */
    private final class Account implements Progress {
        private final Request<B> request;

        Account(Request<B> request) {
            this.request = request;
        }

        @Override
        public void sent(long items) {
            request.answered = true;
            long ours = take(items);
            if (ours > 0) {
                context.telemetry().sent(ours);
            }
        }

        @Override
        public void dropped(String reason, long items) {
            long ours = take(items);
            if (ours > 0) {
                drop(reason, ours);
            }
        }

        private long take(long items) {
            lock.lock();
            try {
                long ours = request.settled ? 0 : Math.min(Math.max(items, 0), request.itemsLeft);
                request.itemsLeft -= ours;
                return ours;
            } finally {
                lock.unlock();
            }
        }
    }
}
