package tscollector.exporter.file;

import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.component.Stability;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.signal.Signal;

/** Builds {@code file} exporters. */
public final class FileFactory implements ExporterFactory<FileConfig> {
    @Override
    public Descriptor<FileConfig> descriptor() {
        return Descriptor.of(
                        Kind.EXPORTER,
                        "file",
                        "Writes OTLP requests as JSON, one a line, to a file that can be rotated by size.",
                        FileConfig.class,
                        FileConfig.defaults())
                .withStability(Stability.BETA)
                .withDescription("""
                        Each line is one complete OTLP request in JSON, `{"resourceMetrics":[...]}` or `{"resourceLogs":[...]}`, as the
                        OpenTelemetry Collector's file exporter writes it: its `otlpjsonfile` receiver reads these files. Metrics and
                        logs may go to the same file.

                        A line is written completely or not at all, also when the disk is full; what a killed process has torn is ended
                        with a line break at the next start. Rotated files are named `NAME-2026-01-31T12-00-00.000.EXT` (UTC).
                        """)
                .withExample("""
                        path: /var/lib/tscollector/metrics.jsonl
                        rotation:
                          max_megabytes: 100
                          max_backups: 5
                        """);
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS, Signal.LOGS);
    }

    @Override
    public Exporter create(BuildContext context, FileConfig config, Set<Signal<?>> wanted) {
        return new FileExporter(context, config, wanted);
    }
}
