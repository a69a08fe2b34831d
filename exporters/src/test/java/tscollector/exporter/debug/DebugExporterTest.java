package tscollector.exporter.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.exporter.debug.DebugConfig.Color;
import tscollector.exporter.debug.DebugConfig.Verbosity;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

class DebugExporterTest {
    private final TestContext test = new TestContext("debug");
    private final DebugConfig config = new DebugConfig(Verbosity.NORMAL, Color.NEVER, DeliveryConfig.defaults());

    @Test
    void printsBatchesOnItsOwnThreads() throws Exception {
        DebugExporter exporter = new DebugExporter(test.build(), config, Set.of(Signal.METRICS, Signal.LOGS));
        exporter.start(test.host());

        exporter.inputs()
                .get(Signal.METRICS)
                .consume(new Batches().gauge("g", 1).batch());
        assertThat(test.printed()).isEmpty();
        test.scheduler().advance(Duration.ofSeconds(1));

        assertThat(test.printed()).contains("  1  g\n");
        assertThat(test.telemetry().sent()).isEqualTo(1);
    }

    @Test
    void countsWhatNobodyReadsAsDropped() throws Exception {
        BuildContext context = test.build();
        PrintStream closed = new PrintStream(OutputStream.nullOutputStream());
        closed.close();
        BuildContext broken = new BuildContext(
                context.id(),
                context.logger(),
                context.telemetry(),
                context.clock(),
                context.scheduler(),
                closed,
                context.version());
        DebugExporter exporter = new DebugExporter(broken, config, Set.of(Signal.METRICS));
        exporter.start(test.host());

        exporter.inputs()
                .get(Signal.METRICS)
                .consume(new Batches().gauge("g", 1).batch());
        test.scheduler().advance(Duration.ofSeconds(1));

        assertThat(test.telemetry().sent()).isZero();
        assertThat(test.telemetry().dropped().values()).containsExactly(1L);
    }
}
