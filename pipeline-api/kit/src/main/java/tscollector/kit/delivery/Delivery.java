package tscollector.kit.delivery;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;
import tscollector.signal.Signal;
import tscollector.telemetry.Telemetry;

/**
 * The queue in front of a {@link Sender}, for one signal: takes batches over, puts them together, sends them, tries again, and
 * counts what became of every item. Made by {@link Deliveries}.
 *
 * <p>Every item that {@link #consume} took ends as exactly one of {@code sent} and {@code dropped} with one of the reasons
 * below, or is kept for the next life of the process by {@link #keepUndelivered}. What it refuses is the caller's to count.
 *
 * <p>Threads: {@code consume} runs on any thread and never waits. A request has one of {@code num_consumers} slots from its first
 * try until its outcome is known, also while it waits for its next try: with one slot the order of the batches is kept. Tries
 * run on the scheduler's blocking lane; the waits between them hold no thread. What is under way stands in {@link Outstanding}, what
 * became of it is told by {@link Outcomes}; no lock is held here.
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

    private final BuildContext context;
    private final Signal<B> signal;
    private final StepwiseSender<B> sender;
    private final Outstanding<B> outstanding;
    private final Outcomes outcomes;
    private volatile List<Telemetry.Level> levels = List.of();
    private volatile ToLongFunction<B> keeper = batch -> 0;

    Delivery(
            BuildContext context,
            DeliveryConfig config,
            Signal<B> signal,
            StepwiseSender<B> sender,
            BackendStatus status,
            QueueMemory memory) {
        this.context = context;
        this.signal = signal;
        this.sender = sender;
        this.outstanding = new Outstanding<>(
                context, config, new PendingQueue<>(config.sendingQueue(), Batching.of(signal), memory, owner()));
        this.outcomes = new Outcomes(context, signal, status, outstanding::waiting);
    }

    /** From now on everybody can see how much waits, and for how long. */
    void start() {
        String queue = signal + " queue ";
        Telemetry telemetry = context.telemetry();
        levels = List.of(
                telemetry.level(
                        queue + "items", Telemetry.Unit.ITEMS, () -> waiting().items()),
                telemetry.level(
                        queue + "bytes", Telemetry.Unit.BYTES, () -> waiting().bytes()),
                telemetry.level(
                        queue + "oldest",
                        Telemetry.Unit.SECONDS,
                        () -> waiting().oldest().toSeconds()));
    }

    /**
     * Asks at the stop, for each batch that the backend surely has nothing of (see {@link StepwiseSender.Steps#isUntaken}), how many
     * of its items are kept for the next life of the process: these are not counted as dropped.
     */
    public void keepUndelivered(ToLongFunction<B> newKeeper) {
        keeper = newKeeper;
    }

    @Override
    public void consume(B batch) throws DeliveryException {
        if (!outstanding.add(batch)) {
            outcomes.noMemory(batch.itemCount());
            throw DeliveryException.retryable(owner() + ": " + NO_MEMORY);
        }
        dispatch();
    }

    private String owner() {
        return "exporter " + context.id();
    }

    Waiting waiting() {
        return outstanding.waiting();
    }

    /** Items taken over whose outcome is not known yet. */
    public long queuedItems() {
        return waiting().items();
    }

    /** Items dropped because the process stopped. */
    public long undelivered() {
        return outcomes.undelivered();
    }

    /** Takes nothing more and sends what there is: at once what waits for its next try, each request once more. Returns at once. */
    void beginShutdown() {
        outstanding.stop().forEach(this::sendAside);
        dispatch();
    }

    /** Waits until all is sent or the deadline has passed; then interrupts the senders and drops what is left. */
    void finishShutdown(Deadline deadline) {
        beginShutdown();
        Outstanding.Left<B> left = outstanding.end(deadline.remaining().toNanos());
        if (left == null) {
            return;
        }
        long kept = 0;
        for (Request<B> request : left.idle()) {
            kept += keepUntaken(request, request.itemsLeft);
        }
        for (B batch : left.waiting()) {
            kept += keep(batch, batch.itemCount());
        }
        if (left.items() > kept) {
            outcomes.dropped(STOPPED, left.items() - kept);
        }
        outcomes.stopped();
        levels.forEach(Telemetry.Level::remove);
    }

    /** Gives requests to free slots, as long as there is something to send. */
    private void dispatch() {
        for (Request<B> request = next(); request != null; request = next()) {
            sendAside(request);
        }
    }

    private void sendAside(Request<B> request) {
        context.scheduler().executeBlocking(() -> work(request));
    }

    private @Nullable Request<B> next() {
        return outstanding.next(wait -> context.scheduler().schedule(wait, this::flush));
    }

    private void flush() {
        outstanding.flushed();
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
        if (!outstanding.enter(request)) {
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
            outstanding.leave(request);
            settle(request, left -> outcomes.broken(left, e));
            if (e instanceof Error error) {
                dispatch();
                throw error;
            }
            return true;
        }
        if (outstanding.leave(request)) {
            return true; // the deadline was faster and counted it
        }
        if (failure == null) {
            settleSent(request);
            return true;
        }
        if (failure.isRetryable()) {
            return retry(request, failure);
        }
        DeliveryException refusal = failure;
        settle(request, left -> outcomes.refused(left, refusal));
        return true;
    }

    private void settleSent(Request<B> request) {
        settle(request, left -> {
            outcomes.told(left);
            if (request.answered) { // a batch that became too old while the backend was away says nothing about it
                outcomes.recovered();
            }
        });
    }

    /** Plans the next try or gives up. Returns whether the slot is free again. */
    private boolean retry(Request<B> request, DeliveryException failure) {
        outcomes.failed(failure);
        String end = outstanding.tryLater(
                request, failure.retryAfter(), wait -> context.scheduler().schedule(wait, () -> wake(request)));
        if (end == null) {
            outcomes.willRetry();
            return false;
        }
        settle(request, left -> {
            long kept = end.equals(STOPPED) ? keepUntaken(request, left) : 0;
            if (left > kept) {
                outcomes.dropped(end, left - kept);
            }
        });
        return true;
    }

    private long keepUntaken(Request<B> request, long left) {
        boolean untaken = request.steps == null || request.steps.isUntaken();
        return untaken ? keep(request.batch(), left) : 0;
    }

    private long keep(B batch, long left) {
        return Math.min(Math.max(keeper.applyAsLong(batch), 0), left);
    }

    private void wake(Request<B> request) {
        if (outstanding.wake(request)) {
            sendAside(request);
        }
    }

    /** Counts the outcome unless the deadline was faster; the request stands in the books until that is done. */
    private void settle(Request<B> request, LongConsumer account) {
        try {
            long left = outstanding.settleAll(request);
            if (left >= 0) {
                account.accept(left);
            }
        } finally {
            outstanding.forget(request);
        }
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
            long ours = outstanding.settle(request, items);
            if (ours > 0) {
                outcomes.sent(ours);
            }
        }

        @Override
        public void dropped(String reason, long items) {
            long ours = outstanding.settle(request, items);
            if (ours > 0) {
                outcomes.dropped(reason, ours);
            }
        }
    }
}
