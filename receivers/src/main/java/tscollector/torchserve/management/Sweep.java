package tscollector.torchserve.management;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs one asynchronous task per item, at most so many at a time, in the order of the items. Whichever thread ends a task begins
 * the next; stages that are complete already cost no stack.
 */
final class Sweep<T> {
    private final List<T> items;
    private final int width;
    private final BooleanSupplier goOn;
    private final Function<T, CompletionStage<?>> task;
    private final CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
    private final AtomicInteger signals = new AtomicInteger(); // who brings it from 0 to 1 does the work
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile @Nullable Throwable failure;
    private int next; // belongs to whoever does the work

    private Sweep(List<T> items, int width, BooleanSupplier goOn, Function<T, CompletionStage<?>> task) {
        this.items = items;
        this.width = width;
        this.goOn = goOn;
        this.task = task;
    }

    /**
     * Begins; never waits.
     *
     * @param goOn asked before each item; once it says no, no further task begins
     * @return complete when all tasks that began are; exceptionally if one failed
     */
    static <T> CompletionStage<@Nullable Void> over(
            List<T> items, int width, BooleanSupplier goOn, Function<T, CompletionStage<?>> task) {
        Sweep<T> sweep = new Sweep<>(items, width, goOn, task);
        sweep.signal();
        return sweep.result;
    }

    private void signal() {
        int seen = signals.incrementAndGet();
        if (seen > 1) {
            return;
        }
        do {
            seen = signals.get();
            work();
        } while (signals.addAndGet(-seen) > 0);
    }

    private void work() {
        while (inFlight.get() < width && next < items.size() && failure == null && goOn.getAsBoolean()) {
            T item = items.get(next++);
            inFlight.incrementAndGet();
            begin(item);
        }
        boolean over = next == items.size() || failure != null || !goOn.getAsBoolean();
        if (over && inFlight.get() == 0) {
            Throwable first = failure;
            if (first == null) {
                result.complete(null);
            } else {
                result.completeExceptionally(first);
            }
        }
    }

    private void begin(T item) {
        try {
            task.apply(item).whenComplete((ignored, problem) -> ended(problem));
        } catch (RuntimeException e) {
            ended(e);
        }
    }

    private void ended(@Nullable Throwable problem) {
        if (problem != null) {
            failure = problem;
        }
        inFlight.decrementAndGet();
        signal();
    }
}
