package tscollector.app.service;

import io.opentelemetry.sdk.common.Clock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tscollector.app.graph.Environment;
import tscollector.app.graph.GraphPlan;
import tscollector.app.graph.PipelineGraph;
import tscollector.app.observe.ComponentStats;
import tscollector.app.observe.Stats;
import tscollector.app.observe.StatsReport;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.kit.delivery.Delivery;
import tscollector.kit.time.SystemScheduler;
import tscollector.time.Scheduler;

/**
 * Runs one configuration from start to stop. {@link #run} blocks the caller; {@link #requestStop} may come from any thread, also
 * before the start is over.
 */
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger("service");
    private static final Duration REPORT_INTERVAL = Duration.ofMinutes(10);
    /** What waits longer is worth a line: a backend is away. */
    private static final Duration LONG_WAIT = Duration.ofMinutes(1);

    /** What components do not use of the shutdown timeout: to report, and to end. */
    private static final Duration LAST_STEPS = Duration.ofMillis(300);

    private final GraphPlan plan;
    private final Duration shutdownTimeout;
    private final PrintStream terminal;
    private final String version;
    private final Clock clock;
    private final Stats stats;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private long droppedAtLastReport; // touched by one timer at a time

    /**
     * A service that is not running yet.
     *
     * @param terminal standard output, for components that print
     */
    public Service(GraphPlan plan, Duration shutdownTimeout, PrintStream terminal, Clock clock, String version) {
        this.plan = plan;
        this.shutdownTimeout = shutdownTimeout;
        this.terminal = terminal;
        this.clock = clock;
        this.stats = new Stats(clock);
        this.version = version;
    }

    /** Asks {@link #run} to stop everything and return. */
    public void requestStop() {
        stopRequested.countDown();
    }

    /** How long a stop may take. */
    public Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    /**
     * Builds and starts all components, waits for the request to stop, and stops them.
     *
     * @return the process's {@link ExitCode}
     */
    public int run() throws InterruptedException {
        try (SystemScheduler scheduler = new SystemScheduler()) {
            Environment environment = new Environment(clock, scheduler, stats, terminal, version);
            PipelineGraph graph;
            try {
                graph = PipelineGraph.build(plan, environment);
            } catch (StartException e) {
                LOG.error("{}", e.getMessage());
                return ExitCode.START;
            }
            try {
                graph.start();
            } catch (StartException e) {
                LOG.error("{}", e.getMessage());
                graph.stop(deadline());
                return ExitCode.START;
            }
            LOG.info(
                    "Everything is ready. version={} pipelines={}",
                    version,
                    plan.pipelines().size());
            reportTroubleLater(scheduler);
            stopRequested.await();
            return stop(graph);
        }
    }

    private int stop(PipelineGraph graph) {
        LOG.info("Stopping.");
        graph.stop(deadline());
        StatsReport.lines(stats.snapshots()).forEach(line -> LOG.info("{}", line));
        long undelivered = stats.dropped(Delivery.STOPPED);
        if (undelivered > 0) {
            LOG.error("Stopped with data left undelivered. items={}", undelivered);
            return ExitCode.UNDELIVERED;
        }
        LOG.info("Stopped.");
        return ExitCode.OK;
    }

    private Deadline deadline() {
        Duration usable = shutdownTimeout.minus(LAST_STEPS);
        return Deadline.in(usable.isNegative() ? Duration.ZERO : usable, clock);
    }

    private void reportTroubleLater(Scheduler scheduler) {
        scheduler.schedule(REPORT_INTERVAL, () -> {
            List<ComponentStats.Snapshot> now = stats.snapshots();
            long dropped = stats.droppedTotal();
            List<String> lines =
                    dropped > droppedAtLastReport ? StatsReport.lines(now) : StatsReport.linesOfWaiting(now, LONG_WAIT);
            droppedAtLastReport = dropped;
            lines.forEach(line -> LOG.warn("{}", line));
            reportTroubleLater(scheduler);
        });
    }
}
