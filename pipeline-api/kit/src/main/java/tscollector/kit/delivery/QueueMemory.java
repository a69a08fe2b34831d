package tscollector.kit.delivery;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Shape;

/**
 * The memory that what waits in all queues of the process may take together. A queue is bounded in items, but an item may take
 * fifty bytes or ten times as many: the points of a series that is scraped again and again share its name and attributes, those of
 * series that are new at each scrape share nothing.
 *
 * <p>Charged are the points of each group, and the names and attributes of each further {@link Shape} of a source (a resource
 * and scope instance): the newest shape costs nothing, since its receiver keeps it anyway. Groups and shapes that stand in several queues
 * are charged once. Large batches leave a quarter to small ones, so that one server that floods does not silence all others. Bytes
 * are estimates. Thread-safe.
 */
final class QueueMemory {
    private static final int HEAP_SHARE = 4;
    /** A batch that takes more than this part of the whole leaves {@link #RESERVE} to smaller ones. */
    private static final int LARGE = 64;

    private static final int RESERVE = 4;
    private static final QueueMemory OF_PROCESS =
            new QueueMemory(Runtime.getRuntime().maxMemory() / HEAP_SHARE);

    /**
     * What one group takes.
     *
     * @param group told apart by identity
     * @param bytes of its own
     * @param series what it shares with other groups of its shape; null if nothing
     */
    record Load(Object group, long bytes, @Nullable Series series) {}

    /** The names and attributes of one shape. */
    record Series(Resource resource, InstrumentationScopeInfo scope, Shape shape, long bytes) {}

    private final long limit;
    private final IdentityHashMap<Object, Held> groups = new IdentityHashMap<>(); // all below guarded by this
    private final IdentityHashMap<Shape, Held> shapes = new IdentityHashMap<>();
    private final Map<Source, Shape> newest = new HashMap<>();
    private long used;

    QueueMemory(long limit) {
        this.limit = limit;
    }

    /** The one memory of this process: a quarter of the largest heap. */
    static QueueMemory ofProcess() {
        return OF_PROCESS;
    }

    long limit() {
        return limit;
    }

    /** Bytes in use. */
    synchronized long used() {
        return used;
    }

    /** Holds all of {@code loads} from now on if there is room, else nothing. */
    synchronized boolean hold(List<Load> loads) {
        long before = used;
        for (Load load : loads) {
            charge(groups.computeIfAbsent(load.group(), any -> new Held()), load.bytes());
            if (load.series() != null) {
                hold(load.series());
            }
        }
        long most = used - before > limit / LARGE ? limit - limit / RESERVE : limit;
        if (used > most) {
            release(loads);
            return false;
        }
        return true;
    }

    private void hold(Series series) {
        Held held = shapes.get(series.shape());
        if (held != null) {
            held.holders++;
            return;
        }
        shapes.put(series.shape(), new Held(series.bytes()));
        Shape former = newest.put(new Source(series.resource(), series.scope()), series.shape());
        Held outdated = former == null ? null : shapes.get(former);
        if (outdated != null) {
            outdated.charged = outdated.bytes;
            used += outdated.bytes;
        }
    }

    private void charge(Held group, long bytes) {
        group.holders++;
        used += bytes - group.charged;
        group.charged = bytes;
    }

    /** Gives back what {@link #hold} took. */
    synchronized void release(List<Load> loads) {
        for (Load load : loads) {
            release(groups, load.group());
            Series series = load.series();
            if (series != null && release(shapes, series.shape())) {
                newest.remove(new Source(series.resource(), series.scope()), series.shape());
            }
        }
    }

    /** Returns whether nobody holds it any more. */
    private boolean release(Map<?, Held> all, Object key) {
        Held held = all.get(key);
        if (held == null || --held.holders > 0) {
            return false;
        }
        all.remove(key);
        used -= held.charged;
        return true;
    }

    private static final class Held {
        private final long bytes;
        private long charged;
        private int holders;

        private Held() {
            this.bytes = 0;
        }

        private Held(long bytes) {
            this.bytes = bytes;
            this.holders = 1;
        }
    }

    /** Where shapes follow one another; equal by identity. */
    private record Source(Resource resource, InstrumentationScopeInfo scope) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Source source && source.resource == resource && source.scope == scope;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(resource) + System.identityHashCode(scope);
        }
    }
}
