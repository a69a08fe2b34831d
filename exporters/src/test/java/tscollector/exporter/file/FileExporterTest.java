package tscollector.exporter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

class FileExporterTest {
    @TempDir
    private Path folder;

    private final TestContext test = new TestContext("file");

    private FileExporter exporter(Path path) {
        return new FileExporter(
                test.build(),
                new FileConfig(path.toString(), true, null, DeliveryConfig.defaults()),
                Set.of(Signal.METRICS, Signal.LOGS));
    }

    @Test
    void writesMetricsAndEventsAsLinesOfOneFile() throws Exception {
        Path path = folder.resolve("deep/out.jsonl");
        FileExporter exporter = exporter(path);
        exporter.start(test.host());

        exporter.inputs()
                .get(Signal.METRICS)
                .consume(new Batches().gauge("g", 1).batch());
        exporter.inputs().get(Signal.LOGS).consume(Batches.event("e", "body"));
        test.scheduler().advance(Duration.ofSeconds(1));
        exporter.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));

        assertThat(Files.readAllLines(path))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("{\"resourceMetrics\":[{"))
                .anySatisfy(line -> assertThat(line).startsWith("{\"resourceLogs\":[{"));
        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    void offersOnlyTheSignalsThatAreWanted() {
        FileExporter exporter = new FileExporter(
                test.build(), new FileConfig("x", true, null, DeliveryConfig.defaults()), Set.of(Signal.LOGS));

        assertThat(exporter.inputs().signals()).containsExactly(Signal.LOGS);
    }

    @Test
    void doesNotStartWhenTheFileCannotBeWritten() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        FileExporter exporter = exporter(folder.resolve("file/out"));

        assertThatThrownBy(() -> exporter.start(test.host()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("file/out")
                .hasMessageContaining("file is there and is not a folder; set path");
        FileExporter onAFolder = exporter(folder);
        assertThatThrownBy(() -> onAFolder.start(test.host()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(": Is a directory; set path")
                .hasMessageNotContaining("FileSystem");
    }

    @Test
    void doesNotStartWhenAnotherExporterWritesTheFile() throws Exception {
        Path path = folder.resolve("one.jsonl");
        FileExporter first = exporter(path);
        first.start(test.host());

        assertThatThrownBy(() -> exporter(path).start(test.host()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("one.jsonl: another exporter or process writes it");

        first.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
        FileExporter next = exporter(path);
        next.start(test.host());
        next.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
    }

    @Test
    void keepsWhatCannotBeWrittenAndWritesItOnceThereIsRoom() throws Exception {
        Path path = Path.of("/dev/full");
        assumeTrue(Files.exists(path), "needs a device that is always full");
        FileExporter exporter = exporter(path);
        exporter.start(test.host());

        exporter.inputs()
                .get(Signal.METRICS)
                .consume(new Batches().gauge("g", 1).batch());
        test.scheduler().advance(Duration.ofSeconds(1));

        assertThat(test.telemetry().sent()).isZero();
        assertThat(test.telemetry().dropped()).isEmpty();
        assertThat(test.host().statuses())
                .anySatisfy(status -> assertThat(status.message()).contains("/dev/full"));
    }
}
