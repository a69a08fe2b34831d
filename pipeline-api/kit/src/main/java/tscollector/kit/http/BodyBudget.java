package tscollector.kit.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The memory that all answers of the process may hold together: bodies that are being read and answers that are not closed yet.
 * The first 128 KiB of each answer are free of it, so ordinary pages never wait for a big one.
 *
 * <p>A share that wants more than is left waits its turn, and its connection is not read meanwhile. When everybody who holds
 * memory waits, nobody could ever go on; then the share that holds most is ended, and the next ones go on.
 *
 * <p>Threads: any; {@code this} guards all state, callbacks run outside it on the thread that made room.
 */
final class BodyBudget {
    /** What each answer holds without asking: some times the size of a large TorchServe page. */
    static final long FREE_BYTES = 128 << 10;

    private static final long LEAST_BYTES = 16L << 20;
    private static final int HEAP_SHARE = 8;
    private static final BodyBudget OF_PROCESS =
            new BodyBudget(Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE));

    private final long limit;
    private final Set<Share> holders = new HashSet<>(); // those with more than the free part
    private final Set<Share> waiting = new LinkedHashSet<>(); // first come, first served
    private long used;

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** The one budget of this process: an eighth of the largest heap, at least 16 MiB. */
    static BodyBudget ofProcess() {
        return OF_PROCESS;
    }

    /** Opens a share that holds nothing yet. */
    Share open(Listener listener) {
        return new Share(listener);
    }

    synchronized long used() {
        return used;
    }

    /** Gives room to those who wait, in order, and ends the largest if nobody is left who could ever make room. */
    private void settle() {
        List<Runnable> calls = new ArrayList<>();
        synchronized (this) {
            Iterator<Share> queue = waiting.iterator();
            while (queue.hasNext()) {
                Share next = queue.next();
                if (used + next.wanted() > limit) {
                    break;
                }
                queue.remove();
                next.take();
                calls.add(next.listener::onGranted);
            }
            if (!waiting.isEmpty() && waiting.containsAll(holders)) {
                Share victim = Collections.max(waiting, Comparator.comparingLong(share -> share.charged));
                waiting.remove(victim);
                victim.ended = true;
                calls.add(victim.listener::onEnded);
            }
        }
        calls.forEach(Runnable::run);
    }

    /** Told what became of a request that had to wait. */
    interface Listener {
        /** The size asked for is held now. */
        void onGranted();

        /** It will never be; the share must be closed. */
        void onEnded();
    }

    /** What one answer holds. */
    final class Share {
        private final Listener listener;
        private long charged; // all guarded by the budget
        private long target;
        private boolean ended;

        private Share(Listener listener) {
            this.listener = listener;
        }

        /** Whether {@code bytes} in all are held now; otherwise the listener is told later, perhaps on this very call. */
        boolean grow(long bytes) {
            synchronized (BodyBudget.this) {
                if (ended) {
                    return false;
                }
                target = bytes;
                if (wanted() <= 0 || (waiting.isEmpty() && used + wanted() <= limit)) {
                    take();
                    return true;
                }
                waiting.add(this);
            }
            settle();
            return false;
        }

        /** Holds {@code bytes} in all whether there is room or not; for the little that is already there. */
        void force(long bytes) {
            synchronized (BodyBudget.this) {
                if (!ended) {
                    target = bytes;
                    take();
                }
            }
        }

        /** Gives all back. May be called twice. */
        void close() {
            synchronized (BodyBudget.this) {
                ended = true;
                waiting.remove(this);
                holders.remove(this);
                used -= charged;
                charged = 0;
            }
            settle();
        }

        private long wanted() {
            return Math.max(0, target - FREE_BYTES) - charged;
        }

        private void take() {
            used += wanted();
            charged += wanted();
            if (charged > 0) {
                holders.add(this);
            } else {
                holders.remove(this);
            }
        }
    }
}
