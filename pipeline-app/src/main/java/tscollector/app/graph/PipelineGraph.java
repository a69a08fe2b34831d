package tscollector.app.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.component.StartException;
import tscollector.component.Status;
import tscollector.extension.PipelineWatcher;

/**
 * All components of one configuration, connected. Started once and stopped once.
 *
 * <p>Start: extensions, exporters, connectors and processors from the far end on, receivers last. Stop: receivers first, all at the
 * same time; then processors and connectors in the direction of the data; then all exporters at the same time, which drain their
 * queues; then extensions. One deadline for all.
 *
 * <p>Threads: {@link #start} and {@link #stop} are called by one thread at a time; components report from any thread.
 */
public final class PipelineGraph {
    private static final Logger LOG = LoggerFactory.getLogger("service");

    /** For components to count, after the deadline, what they could not do any more: the exit code hangs on it. */
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final Environment environment;
    private final GraphBuilder parts;
    private final List<Node> started = new ArrayList<>(); // guarded by this
    private final Map<Node, Status> statuses = new ConcurrentHashMap<>();

    private PipelineGraph(Environment environment, GraphBuilder parts) {
        this.environment = environment;
        this.parts = parts;
    }

    /**
     * Builds every component of the plan; nothing runs yet.
     *
     * @throws StartException with a sentence for the user
     */
    public static PipelineGraph build(GraphPlan plan, Environment environment) throws StartException {
        GraphBuilder parts = new GraphBuilder(plan, environment);
        parts.build();
        return new PipelineGraph(environment, parts);
    }

    /**
     * Starts all components. What was started when one cannot is stopped by {@link #stop}, as always.
     *
     * @throws StartException naming the component and the cause
     */
    public void start() throws StartException {
        startAll(parts.extensions());
        startAll(parts.exporters());
        startAll(parts.middle());
        startAll(parts.receivers());
        watchers().forEach(PipelineWatcher::ready);
    }

    /** Stops what was started; returns when all is down, or a moment after the deadline, of which no component is told. */
    public void stop(Deadline deadline) {
        Deadline wait = Deadline.in(deadline.remaining().plus(LAST_WORDS), environment.clock());
        watchers().forEach(PipelineWatcher::notReady);
        stopTogether(parts.receivers(), deadline, wait);
        List<Node> downstream = new ArrayList<>(parts.middle());
        Collections.reverse(downstream); // the far ones were built first
        for (Node node : downstream) {
            stopTogether(List.of(node), deadline, wait);
        }
        stopTogether(parts.exporters(), deadline, wait);
        List<Node> extensions = new ArrayList<>(parts.extensions());
        Collections.reverse(extensions);
        for (Node node : extensions) {
            stopTogether(List.of(node), deadline, wait);
        }
    }

    private void startAll(List<Node> nodes) throws StartException {
        for (Node node : nodes) {
            synchronized (this) {
                started.add(node); // before its start: a component that fails half-way has something to give back
            }
            try {
                node.component().start(hostFor(node));
            } catch (StartException e) {
                throw new StartException("cannot start " + node + ": " + e.getMessage(), e);
            } catch (RuntimeException e) {
                LOG.debug("Defect at the start of {}.", node, e);
                throw new StartException("cannot start " + node + ": it met a defect, please report it (" + e + ")", e);
            }
        }
    }

    private void stopTogether(List<Node> nodes, Deadline deadline, Deadline wait) {
        List<Node> running = new ArrayList<>(nodes);
        synchronized (this) {
            running.retainAll(started);
            started.removeAll(running);
        }
        List<Node> unfinished = Collections.synchronizedList(new ArrayList<>(running));
        CountDownLatch done = new CountDownLatch(running.size());
        for (Node node : running) {
            environment.scheduler().executeBlocking(() -> {
                try {
                    node.component().shutdown(deadline);
                } catch (RuntimeException e) {
                    LOG.warn("Defect at the stop of {}; please report it.", node, e);
                } finally {
                    unfinished.remove(node);
                    done.countDown();
                }
            });
        }
        try {
            if (!done.await(wait.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Did not stop in time: {}.", List.copyOf(unfinished));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<PipelineWatcher> watchers() {
        List<PipelineWatcher> watchers = new ArrayList<>();
        synchronized (this) {
            for (Node node : started) {
                if (node.component() instanceof PipelineWatcher watcher) {
                    watchers.add(watcher);
                }
            }
        }
        return watchers;
    }

    private Host hostFor(Node node) {
        return new Host() {
            @Override
            public <T> T extension(ComponentId id, Class<T> capability) throws StartException {
                for (Node extension : parts.extensions()) {
                    if (extension.id().equals(id)) {
                        if (capability.isInstance(extension.component())) {
                            return capability.cast(extension.component());
                        }
                        throw new StartException("extension " + id + " cannot serve as "
                                + capability.getSimpleName().toLowerCase(Locale.ROOT));
                    }
                }
                throw new StartException("extension " + id + " is not listed in service.extensions");
            }

            @Override
            public void report(Status status) {
                Status before = statuses.put(node, status);
                if (!status.equals(before)) {
                    watchers().forEach(watcher -> watcher.statusChanged(node.kind(), node.id(), status));
                }
            }
        };
    }
}
