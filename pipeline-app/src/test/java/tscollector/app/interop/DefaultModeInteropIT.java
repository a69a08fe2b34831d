package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.app.interop.OtlpFile.Point;
import tscollector.app.it.Program;
import tscollector.simulator.Api;

/** A real TorchServe in its default metrics mode, watched through the receiver that takes one host. */
class DefaultModeInteropIT {
    private static final String CONFIG = """
            receivers:
              torchserve:
                host: 127.0.0.1
                ports:
                  inference: ${env:INFERENCE}
                  management: ${env:MANAGEMENT}
                  metrics: ${env:METRICS}
                collection_interval: 200ms
                timeout: 5s
            processors:
              torchserve_naming: {}
            exporters:
              file: {path: metrics.jsonl}
            service:
              pipelines:
                metrics:
                  receivers: [torchserve]
                  processors: [torchserve_naming]
                  exporters: [file]
            """;

    @TempDir
    private Path folder;

    @Test
    void isWellAndSaysOnceWhatToChange() throws Exception {
        Files.writeString(folder.resolve("pipeline.yaml"), CONFIG);
        try (RealTorchServe server =
                        RealTorchServe.start(folder.resolve("ts"), "log", "--model", "regression-1.0.mar");
                Program program = Program.program()
                        .in(folder)
                        .arguments("--config", "pipeline.yaml")
                        .environment("INFERENCE", server.port(Api.INFERENCE))
                        .environment("MANAGEMENT", server.port(Api.MANAGEMENT))
                        .environment("METRICS", server.port(Api.METRICS))
                        .start()) {
            program.awaitReady().awaitError("metrics_mode=prometheus");
            RealTorchServe.until(() -> points("torchserve.openmetrics.health"), points -> points.size() >= 5);
            program.terminate();

            assertThat(program.exitCode()).as(program.errors()).isZero();
            assertThat(program.errors().lines().filter(line -> line.contains("metrics_mode=prometheus")))
                    .hasSize(1)
                    .allMatch(line -> line.contains("WARN") && line.contains(server.url(Api.METRICS)));
            assertHealthyWithoutMetrics();
            assertOneServer("127.0.0.1:" + server.port(Api.INFERENCE));
        }
    }

    private void assertHealthyWithoutMetrics() {
        assertThat(points("torchserve.openmetrics.health")).allMatch(point -> point.number() == 0);
        assertThat(points("up")).hasSizeGreaterThan(10).allMatch(point -> point.number() == 1);
        assertThat(points("scrape_body_size_bytes"))
                .filteredOn(point -> point.attributes().containsKey("endpoint"))
                .isNotEmpty()
                .allMatch(point -> point.number() == 0);
        assertThat(OtlpFile.points(folder.resolve("metrics.jsonl")))
                .extracting(Point::name)
                .filteredOn(name -> name.startsWith("torchserve.openmetrics."))
                .containsOnly("torchserve.openmetrics.health");
        assertThat(points("torchserve.management_api.models")).allMatch(point -> point.number() == 1);
    }

    /** All three APIs give one resource, with the version once the server was asked for it. */
    private void assertOneServer(String instance) {
        List<Point> all = OtlpFile.points(folder.resolve("metrics.jsonl"));
        assertThat(all)
                .allMatch(point -> point.resource().get("service.instance.id").equals(instance));
        for (String api : List.of("endpoint", "inference_api_url", "management_api_url")) {
            List<Point> up = points("up").stream()
                    .filter(point -> point.attributes().containsKey(api))
                    .toList();
            assertThat(up.get(up.size() - 1).resource())
                    .as("resource of %s", api)
                    .containsEntry("service.version", "0.12.0")
                    .containsEntry("service.name", "torchserve");
        }
    }

    private List<Point> points(String name) {
        return OtlpFile.points(folder.resolve("metrics.jsonl")).stream()
                .filter(point -> point.name().equals(name))
                .toList();
    }
}
