package tscollector.kit.delivery;

import org.jspecify.annotations.Nullable;
import tscollector.signal.Batch;
import tscollector.time.Scheduler.Cancellable;

/** One request on its way, from the moment it has a consumer until its outcome is known. Guarded by the lock of {@link Outstanding}. */
final class Request<B extends Batch> {
    private final PendingQueue.Taken<B> taken;

    /** Begins with the first try. */
    @Nullable
    Backoff backoff;

    /** What its sender made of it; begins with the first try. Used only by the thread that sends, and at the end. */
    StepwiseSender.@Nullable Steps steps;

    /** The backend has answered well to some of it. Used only by the thread that sends. */
    boolean answered;

    /** Where it is being sent just now. */
    @Nullable
    Thread thread;

    /** What wakes it for the next try. */
    @Nullable
    Cancellable timer;

    /** Items whose outcome is not known yet. */
    long itemsLeft;

    /** Its outcome is decided and counted, or about to be. */
    boolean settled;

    Request(PendingQueue.Taken<B> taken) {
        this.taken = taken;
        this.itemsLeft = taken.batch().itemCount();
    }

    B batch() {
        return taken.batch();
    }

    PendingQueue.Claim claim() {
        return taken.claim();
    }
}
