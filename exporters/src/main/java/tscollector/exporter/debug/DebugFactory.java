package tscollector.exporter.debug;

import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.signal.Signal;

/** Builds {@code debug} exporters. */
public final class DebugFactory implements ExporterFactory<DebugConfig> {
    @Override
    public Descriptor<DebugConfig> descriptor() {
        return Descriptor.of(
                        Kind.EXPORTER,
                        "debug",
                        "Prints metrics and events to standard output, for people.",
                        DebugConfig.class,
                        DebugConfig.defaults())
                .withDescription("""
                        With `normal`, each point is a line with its value, its full name and its attributes, below a heading per server;
                        each event is a line with its attributes below. The layout is for eyes and may change: programs read the `file`
                        exporter. Control characters in names and values are shown, never sent to the terminal.
                        """)
                .withExample("verbosity: detailed\n");
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS, Signal.LOGS);
    }

    @Override
    public Exporter create(BuildContext context, DebugConfig config, Set<Signal<?>> wanted) {
        return new DebugExporter(context, config, wanted);
    }
}
