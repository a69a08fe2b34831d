package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tscollector.app.interop.OtlpFile.Point;

/** A real Collector with several {@code cumulativetodelta} side by side, each of which sees every request and has a file of its own. */
final class CollectorDeltas implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path work;
    private final RealCollector collector;

    /**
     * Starts it.
     *
     * @param settings of the processors by their names, as YAML's flow style has them between braces
     */
    CollectorDeltas(Path work, Map<String, String> settings) throws IOException {
        this.work = work;
        StringBuilder processors = new StringBuilder();
        StringBuilder exporters = new StringBuilder();
        StringBuilder pipelines = new StringBuilder();
        settings.forEach((name, options) -> {
            processors.append("  cumulativetodelta/%s: {%s}\n".formatted(name, options));
            exporters.append("  file/%s: {path: '%s', flush_interval: 100ms}\n".formatted(name, file(name)));
            pipelines.append(
                    "    metrics/%s: {receivers: [otlp], processors: [cumulativetodelta/%s], exporters: [file/%s]}\n"
                            .formatted(name, name, name));
        });
        Files.createDirectories(work);
        Path configuration = work.resolve("collector.yaml");
        Files.writeString(configuration, """
                receivers:
                  otlp:
                    protocols:
                      http:
                        endpoint: 127.0.0.1:${env:OTLP_HTTP_PORT}
                processors:
                %sexporters:
                %sservice:
                  telemetry:
                    metrics:
                      level: none
                  pipelines:
                %s""".formatted(processors, exporters, pipelines));
        collector = RealCollector.start(work, configuration);
    }

    private Path file(String name) {
        return work.resolve(name + ".json");
    }

    /** Returns once every processor has seen it. */
    void send(ExportMetricsServiceRequest request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://" + collector.httpAddress() + "/v1/metrics"))
                .header("Content-Type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.toByteArray()))
                .build();
        assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    /** What came out of a processor so far; all of it once this is closed. */
    List<Point> points(String name) {
        return OtlpFile.points(file(name));
    }

    @Override
    public void close() {
        collector.close();
    }
}
