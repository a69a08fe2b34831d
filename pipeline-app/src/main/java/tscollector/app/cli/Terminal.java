package tscollector.app.cli;

import io.opentelemetry.sdk.common.Clock;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.Consumer;
import tscollector.app.service.Service;

/**
 * What the commands get from the process.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param onService told of a service before it runs, so that signals can stop it
 * @param clock wall and monotonic time
 * @param version of this program
 */
public record Terminal(
        InputStream in, PrintStream out, PrintStream err, Consumer<Service> onService, Clock clock, String version) {}
