package tscollector.app.check;

import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tscollector.app.graph.Environment;
import tscollector.app.graph.GraphPlan;
import tscollector.app.graph.PipelineGraph;
import tscollector.app.load.LoadedConfiguration;
import tscollector.app.observe.Stats;
import tscollector.app.service.ExitCode;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.kit.time.SystemScheduler;

/** Asks every target of a configuration a few times and prints what would have been sent. */
public final class CheckRun {
    /** At least one target did not answer as it should. */
    public static final int UNANSWERED = 1;

    private static final Duration STOP = Duration.ofSeconds(3);

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;
    private final String version;

    public CheckRun(PrintStream out, PrintStream err, Clock clock, String version) {
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.version = version;
    }

    /**
     * Runs it; blocks until every target was asked {@code runs} times, or had the time for it.
     *
     * @param config with intervals as {@link Hurry} makes them
     * @return 0 if every target answered, 1 if not, 3 if a component could not start
     */
    public int run(LoadedConfiguration config, int runs) throws IOException, InterruptedException {
        Targets targets = Targets.of(config, runs);
        Collected collected = new Collected();
        Path state = StateCopy.temporary();
        try (SystemScheduler scheduler = new SystemScheduler()) {
            GraphPlan plan = new DryPlan(targets, collected, state).of(config);
            Environment environment = new Environment(clock, scheduler, new Stats(clock), out, version);
            PipelineGraph graph = PipelineGraph.build(plan, environment);
            try {
                graph.start();
                boolean unused = targets.done().await(targets.longest().toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                graph.stop(Deadline.in(STOP, clock));
            }
        } catch (StartException e) {
            err.println("tscollector: " + e.getMessage());
            return ExitCode.START;
        } finally {
            StateCopy.delete(state);
        }
        List<String> silent = targets.unanswered();
        new CheckReport(out).print(collected, targets.count(), silent);
        return silent.isEmpty() ? ExitCode.OK : UNANSWERED;
    }
}
