package tscollector.exporter.debug;

import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.consumer.Consumers;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.Exporter;
import tscollector.exporter.debug.DebugConfig.Color;
import tscollector.kit.delivery.Deliveries;
import tscollector.signal.Signal;

/** Prints each batch in one piece, so that batches of several queues do not mix. */
final class DebugExporter implements Exporter {
    private final PrintStream terminal;
    private final Deliveries deliveries;

    DebugExporter(BuildContext context, DebugConfig config, Set<Signal<?>> wanted) {
        this.terminal = context.terminal();
        this.deliveries = new Deliveries(context, config.delivery());
        Paint paint = isColoured(config.color()) ? Paint.ANSI : Paint.NONE;
        ZoneId zone = ZoneId.systemDefault();
        if (wanted.contains(Signal.METRICS)) {
            MetricPrinter printer = new MetricPrinter(config.verbosity(), paint, zone);
            deliveries.add(Signal.METRICS, batch -> print(printer.print(batch)));
        }
        if (wanted.contains(Signal.LOGS)) {
            LogPrinter printer = new LogPrinter(config.verbosity(), paint, zone);
            deliveries.add(Signal.LOGS, batch -> print(printer.print(batch)));
        }
    }

    /** Colours are for terminals, and the variable NO_COLOR (no-color.org) forbids them. */
    private static boolean isColoured(Color color) {
        return switch (color) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> isTerminal() && System.getenv("NO_COLOR") == null;
        };
    }

    @SuppressWarnings(
            "SystemConsoleNull") // from JDK 22 to 24 there is a console without a terminal; colours are all that it
    // costs
    private static boolean isTerminal() {
        return System.console() != null;
    }

    @Override
    public Consumers inputs() {
        return deliveries.inputs();
    }

    @Override
    public void start(Host host) {
        deliveries.start(host);
    }

    @Override
    public void shutdown(Deadline deadline) {
        deliveries.shutdown(deadline);
    }

    private long print(String text) throws DeliveryException {
        terminal.print(text);
        terminal.flush();
        if (terminal.checkError()) { // the reader of the pipe is gone, and a print stream never recovers from that
            throw DeliveryException.permanent("nobody reads standard output any more");
        }
        return 0;
    }
}
