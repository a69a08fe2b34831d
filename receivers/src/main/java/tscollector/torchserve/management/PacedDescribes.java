package tscollector.torchserve.management;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tscollector.torchserve.management.ModelDescriber.Result;

/**
 * Describes the models that cost the server much: one at a time, each at most once per interval, beside the runs and not within
 * them, so that no run waits. The results wait here for the next run.
 *
 * <p>{@code this} guards everything; nothing is asked under it. Runs call {@link #want} and {@link #take}; answers come on any
 * thread.
 */
final class PacedDescribes {
    /** Workers times the time of one nvidia-smi; 2 s each were seen, with 10 and more workers. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ModelDescriber describer;
    private final long intervalNanos;
    private final Supplier<Long> nanoTime;
    private final Map<String, Long> lastBegin = new HashMap<>();
    private final Map<String, Result> results = new HashMap<>();
    private Map<String, ListedModel> wanted = new LinkedHashMap<>();
    private boolean busy;

    PacedDescribes(ModelDescriber describer, Duration interval, Supplier<Long> nanoTime) {
        this.describer = describer;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Tells which models to describe from now on, and begins with one that is due if none is under way. */
    void want(List<ListedModel> models) {
        synchronized (this) {
            wanted = new LinkedHashMap<>();
            models.forEach(model -> wanted.put(model.name(), model));
            lastBegin.keySet().retainAll(wanted.keySet());
            results.keySet().retainAll(wanted.keySet());
        }
        next();
    }

    /** Says that somebody else described a model at that time, so that it is not due for an interval. */
    synchronized void describedAt(String name, long nanos) {
        lastBegin.put(name, nanos);
    }

    /** What came since the last call, by name. */
    synchronized Map<String, Result> take() {
        Map<String, Result> taken = new HashMap<>(results);
        results.clear();
        return taken;
    }

    private void next() {
        ListedModel model = takeDue();
        if (model != null) {
            describer.describe(model, () -> TIMEOUT).whenComplete((result, failure) -> {
                ended(model, result);
                if (failure == null && !result.outcome().isOurEnd()) {
                    next();
                }
            });
        }
    }

    private synchronized void ended(ListedModel model, @Nullable Result result) {
        busy = false;
        if (result != null && wanted.containsKey(model.name())) {
            results.put(model.name(), result);
        }
    }

    private synchronized @Nullable ListedModel takeDue() {
        long now = nanoTime.get();
        ListedModel oldest = null;
        long greatestAge = -1;
        for (ListedModel model : wanted.values()) {
            Long begin = lastBegin.get(model.name());
            long age = begin == null ? Long.MAX_VALUE : now - begin;
            if (age >= intervalNanos && age > greatestAge) {
                oldest = model;
                greatestAge = age;
            }
        }
        if (busy || oldest == null) {
            return null;
        }
        busy = true;
        lastBegin.put(oldest.name(), now);
        return oldest;
    }
}
