package tscollector.component;

import io.opentelemetry.sdk.common.Clock;
import java.io.PrintStream;
import org.slf4j.Logger;
import tscollector.telemetry.Telemetry;
import tscollector.time.Scheduler;

/**
 * What a component is given when it is built. A component makes no thread, reads no clock and opens no standard stream of
 * its own: that is why its tests need no sleep.
 *
 * @param id as configured
 * @param logger named after the component; its lines carry the id
 * @param telemetry counts what this component drops and sends
 * @param clock wall and monotonic time in nanoseconds
 * @param scheduler timers and threads
 * @param terminal standard output of the process, for components whose output is the terminal
 * @param version of this program, for scopes and User-Agent headers
 */
public record BuildContext(
        ComponentId id,
        Logger logger,
        Telemetry telemetry,
        Clock clock,
        Scheduler scheduler,
        PrintStream terminal,
        String version) {
    /** The same with another telemetry, for instance that of one signal. */
    public BuildContext with(Telemetry other) {
        return new BuildContext(id, logger, other, clock, scheduler, terminal, version);
    }
}
