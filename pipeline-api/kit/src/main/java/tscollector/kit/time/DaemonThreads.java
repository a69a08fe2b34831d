package tscollector.kit.time;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads named {@code NAME-1}, {@code NAME-2}, ... with small stacks. Thread-safe. */
public final class DaemonThreads implements ThreadFactory {
    // Address space only: pages are taken when touched. Enough for nested regular expressions and JSON of bounded
    // depth.
    private static final long STACK_BYTES = 512 << 10;

    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    public DaemonThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, name + "-" + count.incrementAndGet(), STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }
}
