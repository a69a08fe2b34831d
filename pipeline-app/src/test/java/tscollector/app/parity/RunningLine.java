package tscollector.app.parity;

import io.opentelemetry.sdk.common.Clock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tscollector.app.graph.Environment;
import tscollector.app.graph.GraphPlan;
import tscollector.app.graph.PipelineGraph;
import tscollector.app.load.ComponentCatalog;
import tscollector.app.load.ConfigException;
import tscollector.app.load.ConfigLoader;
import tscollector.app.load.ConfigSource;
import tscollector.app.load.LoadedConfiguration;
import tscollector.app.observe.Stats;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.kit.config.Surroundings;
import tscollector.kit.time.SystemScheduler;
import tscollector.time.Scheduler;

/** A configuration that runs inside the test, everything real but the process and, if the test likes, the clock. */
final class RunningLine implements AutoCloseable {
    private static final ComponentCatalog CATALOG = ComponentCatalog.load();

    private final SystemScheduler scheduler;
    private final Clock clock;
    private final PipelineGraph graph;

    private RunningLine(LoadedConfiguration loaded, Clock clock, SystemScheduler scheduler, Scheduler seen)
            throws StartException {
        this.clock = clock;
        this.scheduler = scheduler;
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        Environment environment = new Environment(clock, seen, new Stats(clock), nowhere, "0.0.0-test");
        graph = PipelineGraph.build(GraphPlan.of(loaded), environment);
        graph.start();
    }

    static RunningLine start(String yaml, List<String> assignments, Map<String, String> variables, Clock clock)
            throws ConfigException, StartException {
        SystemScheduler scheduler = new SystemScheduler();
        return start(yaml, assignments, variables, clock, scheduler, scheduler);
    }

    /**
     * The same with time in the test's hands.
     *
     * @param scheduler closed with the line
     * @param seen what the components see of it
     */
    static RunningLine start(
            String yaml,
            List<String> assignments,
            Map<String, String> variables,
            Clock clock,
            SystemScheduler scheduler,
            Scheduler seen)
            throws ConfigException, StartException {
        LoadedConfiguration loaded = new ConfigLoader(CATALOG, Surroundings.of(variables))
                .load(List.of(new ConfigSource.Text("line.yaml", yaml)), assignments);
        return new RunningLine(loaded, clock, scheduler, seen);
    }

    @Override
    public void close() {
        graph.stop(Deadline.in(Duration.ofSeconds(5), clock));
        scheduler.close();
    }
}
