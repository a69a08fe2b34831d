package tscollector.kit.http;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.WeakHashMap;
import tscollector.time.Scheduler;

/**
 * The lane for answers that take long to work through, from decompressing to handing on what they say: one at a time, on a thread
 * that short work does not need. So a few servers with huge answers delay each other and nobody else, and what is made of their
 * bytes is there once, not once per server.
 *
 * <p>One per scheduler, which is one per process. Thread-safe.
 */
final class LargeAnswers {
    /** Ten thousand series; read in some ten milliseconds. */
    static final long FROM_BYTES = 1 << 20;

    private static final Map<Scheduler, LargeAnswers> LANES = Collections.synchronizedMap(new WeakHashMap<>());

    private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private boolean busy;

    /** Runs {@code task}, which works on so many bytes: on the {@code execute} lane if they are few. */
    static void run(Scheduler scheduler, long bytes, Runnable task) {
        if (bytes < FROM_BYTES) {
            scheduler.execute(task);
        } else {
            LANES.computeIfAbsent(scheduler, any -> new LargeAnswers()).add(scheduler, task);
        }
    }

    private void add(Scheduler scheduler, Runnable task) {
        synchronized (this) {
            waiting.add(task);
            if (busy) {
                return;
            }
            busy = true;
        }
        scheduler.executeBlocking(() -> next(scheduler));
    }

    /** One task a turn, so that one that fails takes none of the others with it. */
    private void next(Scheduler scheduler) {
        Runnable task;
        synchronized (this) {
            task = waiting.remove();
        }
        try {
            task.run();
        } finally {
            boolean more;
            synchronized (this) {
                more = !waiting.isEmpty();
                busy = more;
            }
            if (more) {
                scheduler.executeBlocking(() -> next(scheduler));
            }
        }
    }
}
