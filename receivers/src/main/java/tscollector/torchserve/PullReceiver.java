package tscollector.torchserve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.component.StartException;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.scrape.ScrapeConfig;
import tscollector.kit.scrape.ScrapeLoop;
import tscollector.receiver.Receiver;

/**
 * A receiver that asks targets through one HTTP client, in one or several loops: targets of one loop are spread over the interval,
 * so what belongs to one server but should start at once stands in loops of its own.
 */
public final class PullReceiver implements Receiver {
    /** Opens the HTTP client when the receiver starts. */
    @FunctionalInterface
    public interface CallerSource {
        HttpCaller open() throws StartException;
    }

    private final BuildContext context;
    private final ScrapeConfig config;
    private final CallerSource callers;
    private final Function<HttpCaller, List<List<ScrapeLoop.Target>>> plan;
    private final List<ScrapeLoop> loops = new ArrayList<>();
    private @Nullable HttpCaller caller;

    /** @param plan what to ask, loop by loop, through the client that was opened */
    public PullReceiver(
            BuildContext context,
            ScrapeConfig config,
            CallerSource callers,
            Function<HttpCaller, List<List<ScrapeLoop.Target>>> plan) {
        this.context = context;
        this.config = config;
        this.callers = callers;
        this.plan = plan;
    }

    @Override
    public void start(Host host) throws StartException {
        HttpCaller opened = callers.open();
        caller = opened;
        for (List<ScrapeLoop.Target> targets : plan.apply(opened)) {
            loops.add(ScrapeLoop.start(context, config, targets));
        }
    }

    @Override
    public void shutdown(Deadline deadline) {
        loops.forEach(ScrapeLoop::stop);
        if (caller != null) {
            caller.close(); // ends the calls under way, so that their runs end
        }
        loops.forEach(loop -> loop.close(deadline));
    }
}
