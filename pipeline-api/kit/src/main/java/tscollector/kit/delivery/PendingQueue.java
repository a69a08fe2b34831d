package tscollector.kit.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;

/**
 * What was taken over and is not on its way yet, in order, and how much room is left. A taken batch holds its room until its last
 * item is settled, so the bound is one on memory. Not thread-safe: guarded by the lock of {@link Outstanding}.
 */
final class PendingQueue<B extends Batch> {
    /** One batch as it was handed over; its room is given back as a whole. */
    private static final class Entry {
        private final long units;
        private final List<QueueMemory.Load> loads;
        private final long arrivedNanos;
        private int unsettledItems;

        Entry(long units, List<QueueMemory.Load> loads, int items, long arrivedNanos) {
            this.units = units;
            this.loads = loads;
            this.unsettledItems = items;
            this.arrivedNanos = arrivedNanos;
        }

        long bytes() {
            long bytes = 0;
            for (QueueMemory.Load load : loads) {
                bytes += load.bytes();
            }
            return bytes;
        }
    }

    private record Piece<B extends Batch>(B batch, Entry entry) {}

    /** How many items of a request came from one batch. */
    private record Share(Entry entry, int items) {}

    /** The room a request holds. */
    static final class Claim {
        private final List<Share> shares = new ArrayList<>();
    }

    /** What is to be sent together. */
    record Taken<B extends Batch>(B batch, Claim claim) {}

    private final String owner;
    private final QueueMemory memory;
    private final Batching<B> batching;
    private final QueueConfig.Sizer sizer;
    private final long capacity;
    private final QueueConfig.@Nullable BatchConfig batchConfig;
    private final Deque<Piece<B>> pieces = new ArrayDeque<>();
    private final Set<Entry> unsettled = new LinkedHashSet<>(); // by identity, in order
    private long usedUnits;
    private long usedBytes;
    private long pendingItems;

    /**
     * An empty queue.
     *
     * @param memory shared with other queues
     * @param owner the exporter, for messages: a batch may be refused by one of several
     */
    PendingQueue(QueueConfig config, Batching<B> batching, QueueMemory memory, String owner) {
        this.owner = owner;
        this.memory = memory;
        this.batching = batching;
        this.sizer = config.effectiveSizer();
        this.capacity = config.effectiveSize();
        this.batchConfig = config.batch();
    }

    /**
     * Takes the batch over.
     *
     * @return false if the memory of all queues is full, and the batch not taken
     * @throws DeliveryException this queue is full
     */
    boolean add(B batch, long nowNanos) throws DeliveryException {
        long units = units(batch);
        if (units > capacity) {
            throw DeliveryException.permanent(owner + ": a batch of " + units + " " + unitWord()
                    + " is larger than the whole sending_queue.queue_size, " + capacity);
        }
        if (units > capacity - usedUnits) {
            throw DeliveryException.retryable(owner + ": queue full");
        }
        List<QueueMemory.Load> loads = batching.loads(batch);
        if (!memory.hold(loads)) {
            return false;
        }
        usedUnits += units;
        pendingItems += batch.itemCount();
        Entry entry = new Entry(units, loads, batch.itemCount(), nowNanos);
        if (entry.unsettledItems > 0) {
            unsettled.add(entry);
            usedBytes += entry.bytes();
        }
        for (B piece : batchConfig == null ? List.of(batch) : batching.groups(batch)) {
            pieces.add(new Piece<>(piece, entry));
        }
        return true;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** How long until something is to be sent; zero if there is something now, null if nothing waits. */
    @Nullable
    Duration untilReady(long nowNanos) {
        Piece<B> first = pieces.peek();
        if (first == null) {
            return null;
        }
        if (batchConfig == null || pendingItems >= batchConfig.minSize()) {
            return Duration.ZERO;
        }
        long waited = nowNanos - first.entry().arrivedNanos;
        return Duration.ofNanos(Math.max(0, batchConfig.flushTimeout().toNanos() - waited));
    }

    /** The next request; there must be something. Groups stay whole unless one is larger than a request may be. */
    Taken<B> take() {
        Piece<B> first = pieces.remove();
        Claim claim = new Claim();
        if (batchConfig == null) {
            claim(claim, first.entry(), first.batch().itemCount());
            return new Taken<>(first.batch(), claim);
        }
        int most = batchConfig.effectiveMaxSize();
        List<B> together = new ArrayList<>();
        int room = most;
        @Nullable Piece<B> next = first;
        while (next != null) {
            Piece<B> fitting = next.batch().itemCount() <= most ? next : cut(next, most);
            together.add(fitting.batch());
            claim(claim, fitting.entry(), fitting.batch().itemCount());
            room -= fitting.batch().itemCount();
            Piece<B> following = pieces.peek();
            next = following != null && following.batch().itemCount() <= room ? pieces.remove() : null;
        }
        return new Taken<>(together.size() == 1 ? together.get(0) : batching.join(together), claim);
    }

    /** Gives back the room of a request whose outcome is known. */
    void release(Claim claim) {
        for (Share share : claim.shares) {
            share.entry().unsettledItems -= share.items();
            if (share.entry().unsettledItems == 0) {
                usedUnits -= share.entry().units;
                if (unsettled.remove(share.entry())) {
                    usedBytes -= share.entry().bytes();
                }
                memory.release(share.entry().loads);
            }
        }
    }

    /** Forgets what waits, and returns it. */
    List<B> clear() {
        List<B> waited = new ArrayList<>(pieces.size());
        while (!pieces.isEmpty()) {
            Claim claim = new Claim();
            Piece<B> piece = pieces.remove();
            claim(claim, piece.entry(), piece.batch().itemCount());
            release(claim);
            waited.add(piece.batch());
        }
        return waited;
    }

    long pendingItems() {
        return pendingItems;
    }

    long usedUnits() {
        return usedUnits;
    }

    /** Memory of all that is not settled, roughly; without names and attributes, which other batches share. */
    long usedBytes() {
        return usedBytes;
    }

    /** How long the oldest batch is here that is not settled; zero if there is none. */
    Duration oldestAge(long nowNanos) {
        return unsettled.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(nowNanos - unsettled.iterator().next().arrivedNanos);
    }

    /** The first {@code most} items of a piece; the rest goes back to the front. */
    private Piece<B> cut(Piece<B> piece, int most) {
        B rest = batching.slice(piece.batch(), most, piece.batch().itemCount());
        pieces.addFirst(new Piece<>(rest, piece.entry()));
        return new Piece<>(batching.slice(piece.batch(), 0, most), piece.entry());
    }

    private void claim(Claim claim, Entry entry, int items) {
        claim.shares.add(new Share(entry, items));
        pendingItems -= items;
    }

    private long units(B batch) {
        return switch (sizer) {
            case REQUESTS -> 1;
            case ITEMS -> batch.itemCount();
            case BYTES -> batching.estimateBytes(batch);
        };
    }

    private String unitWord() {
        return switch (sizer) {
            case REQUESTS -> "requests";
            case ITEMS -> "items";
            case BYTES -> "bytes";
        };
    }
}
