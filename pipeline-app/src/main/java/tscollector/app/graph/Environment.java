package tscollector.app.graph;

import io.opentelemetry.sdk.common.Clock;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tscollector.app.observe.Stats;
import tscollector.component.BuildContext;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.time.Scheduler;

/** What the process lends to its components. */
public record Environment(Clock clock, Scheduler scheduler, Stats stats, PrintStream terminal, String version) {
    /** The context of one component; its logger is named {@code kind.id}. */
    BuildContext contextOf(Kind kind, ComponentId id) {
        Logger logger = loggerOf(kind, id);
        return new BuildContext(id, logger, stats.of(kind, id, logger), clock, scheduler, terminal, version);
    }

    static Logger loggerOf(Kind kind, ComponentId id) {
        return LoggerFactory.getLogger(kind.word() + "." + id);
    }
}
