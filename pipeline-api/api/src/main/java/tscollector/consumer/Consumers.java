package tscollector.consumer;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Batch;
import tscollector.signal.Signal;

/**
 * At most one consumer per signal: what an exporter offers, and what a receiver is given. Immutable.
 */
public final class Consumers {
    private static final Consumers NONE = new Consumers(Map.of());

    private final Map<Signal<?>, Consumer<?>> bySignal;

    private Consumers(Map<Signal<?>, Consumer<?>> bySignal) {
        this.bySignal = Map.copyOf(bySignal);
    }

    public static Consumers none() {
        return NONE;
    }

    public static <B extends Batch> Consumers of(Signal<B> signal, Consumer<B> consumer) {
        return NONE.and(signal, consumer);
    }

    /** These and one more; it replaces the one that was there for {@code signal}. */
    public <B extends Batch> Consumers and(Signal<B> signal, Consumer<B> consumer) {
        Map<Signal<?>, Consumer<?>> more = new HashMap<>(bySignal);
        more.put(signal, consumer);
        return new Consumers(more);
    }

    /** The consumer for {@code signal}, or null if nobody wants it. */
    @SuppressWarnings("unchecked") // and() ties the signal's batch class to the consumer's
    public <B extends Batch> @Nullable Consumer<B> get(Signal<B> signal) {
        return (Consumer<B>) bySignal.get(signal);
    }

    public Set<Signal<?>> signals() {
        return bySignal.keySet();
    }
}
