package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tscollector.app.interop.OtlpFile.Event;
import tscollector.app.interop.OtlpFile.Point;
import tscollector.app.it.Program;
import tscollector.simulator.Api;
import tscollector.simulator.DemoScenario;
import tscollector.simulator.MetricKind;
import tscollector.simulator.ModelSettings;
import tscollector.simulator.TorchServeSimulator;

/**
 * What the program writes with {@code file} and what real Collectors write that received it: over gRPC and HTTP, with gzip and
 * without. One run of the program sends to four of them, everything that OTLP can carry and a TorchServe or any other exposition can
 * say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealCollectorInteropIT {
    /** Each way to a Collector. */
    enum Way {
        GRPC_GZIP("otlp_grpc", "gzip"),
        GRPC_PLAIN("otlp_grpc", "none"),
        HTTP_GZIP("otlp_http", "gzip"),
        HTTP_PLAIN("otlp_http", "none");

        private final String exporter;
        private final String compression;

        Way(String exporter, String compression) {
            this.exporter = exporter;
            this.compression = compression;
        }

        private String section(RealCollector collector) {
            String endpoint =
                    exporter.equals("otlp_grpc") ? collector.grpcAddress() : "http://" + collector.httpAddress();
            String tls = exporter.equals("otlp_grpc") ? "    tls:\n      insecure: true\n" : "";
            return "  %s/%s:\n    endpoint: %s\n    compression: %s\n%s"
                    .formatted(exporter, compression, endpoint, compression, tls);
        }
    }

    private static final String CONFIG = """
            receivers:
              torchserve:
                hosts: [127.0.0.1]
                ports:
                  inference: %d
                  management: %d
                  metrics: %d
                collection_interval: 100ms
                timeout: 5s
                resource_attributes: {deployment.environment.name: "t\u00e9st \\"x\\"\\\\ \\t", empty: ""}
              torchserve_openmetrics/other:
                endpoint: http://127.0.0.1:%d/other/metrics
                collection_interval: 200ms
                timeout: 5s
            processors:
              torchserve_naming:
                extra_metrics: [Tokens, {Latency: {name: latency, type: histogram}}, Depth]
              model_diff: {}
            exporters:
              file:
                path: ours.metrics.jsonl
              file/logs:
                path: ours.logs.jsonl
            %s
            service:
              pipelines:
                metrics:
                  receivers: [torchserve]
                  processors: [torchserve_naming]
                  exporters: [file, %s]
                metrics/as-exposed:
                  receivers: [torchserve, torchserve_openmetrics/other]
                  exporters: [file, %s]
                logs:
                  receivers: [torchserve]
                  processors: [model_diff]
                  exporters: [file/logs, %s]
                logs/snapshots:
                  receivers: [torchserve]
                  exporters: [file/logs, %s]
            """;

    /** What an exposition can say and TorchServe never does. */
    private static final String OTHER_PAGE = """
            # HELP odd Values at the edge, \\\\ and \\n in the text.
            # TYPE odd gauge
            odd{v="nan"} NaN
            odd{v="inf"} +Inf
            odd{v="-inf"} -Inf
            odd{v="-0"} -0
            odd{v="largest"} 1.7976931348623157E308
            odd{v="smallest"} 4.9E-324
            odd{v="2^53+1"} 9007199254740993
            odd{v="",q="say \\"\u65e5\u672c\\" \\\\ \\n \ud83d\ude00"} 0.1
            odd 1
            # TYPE without_type untyped
            without_type{a="b"} 5
            # TYPE jobs_total counter
            jobs_total{a="b"} 1e15
            # TYPE rpc_seconds summary
            rpc_seconds{quantile="0.5"} 0.05
            rpc_seconds{quantile="0.99"} NaN
            rpc_seconds_sum 17.5
            rpc_seconds_count 2693
            # TYPE size_bytes histogram
            size_bytes_bucket{le="0.1"} 0
            size_bytes_bucket{le="100"} 3
            size_bytes_bucket{le="1e+06"} 3
            size_bytes_bucket{le="+Inf"} 144320
            size_bytes_sum 53423.25
            size_bytes_count 144320
            # TYPE all_in_inf histogram
            all_in_inf_bucket{le="+Inf"} 2
            all_in_inf_sum 3
            all_in_inf_count 2
            """;

    @TempDir
    private static Path folder;

    private final Map<Way, RealCollector> collectors = new EnumMap<>(Way.class);
    private int exitCode = -1;
    private String errors = "";

    @BeforeAll
    void sendEverythingEverywhere() throws Exception {
        for (Way way : Way.values()) {
            collectors.put(way, RealCollector.start(folder.resolve(way.name())));
        }
        try (TorchServeSimulator server = DemoScenario.server()
                .metric(MetricKind.COUNTER, "Tokens", "count", "ModelName")
                .metric(MetricKind.HISTOGRAM, "Latency", "s", "ModelName")
                .metric(MetricKind.GAUGE, "Depth", "", "ModelName")
                .start()) {
            server.replay(Api.METRICS, "/other/metrics", response(OTHER_PAGE));
            Files.writeString(folder.resolve("pipeline.yaml"), config(server));
            try (Program program = Program.program()
                    .in(folder)
                    .arguments("--config", "pipeline.yaml")
                    .start()) {
                program.awaitReady();
                live(server);
                program.terminate();
                exitCode = program.exitCode();
                errors = program.errors();
            }
        }
        collectors.values().forEach(RealCollector::close);
    }

    @AfterAll
    void close() {
        collectors.values().forEach(RealCollector::close);
    }

    private String config(TorchServeSimulator server) {
        String sections = collectors.entrySet().stream()
                .map(each -> each.getKey().section(each.getValue()))
                .collect(Collectors.joining());
        String ids = collectors.keySet().stream()
                .map(way -> way.exporter + "/" + way.compression)
                .collect(Collectors.joining(", "));
        int metrics = server.port(Api.METRICS);
        return CONFIG.formatted(
                server.port(Api.INFERENCE),
                server.port(Api.MANAGEMENT),
                metrics,
                metrics,
                sections,
                ids,
                ids,
                ids,
                ids);
    }

    private static byte[] response(String page) {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: "
                + body.length + "\r\nConnection: keep-alive\r\n\r\n";
        byte[] all = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, all, 0, head.length());
        System.arraycopy(body, 0, all, head.length(), body.length);
        return all;
    }

    /** Enough of a life that every kind of point and event is there, several times. */
    private void live(TorchServeSimulator server) {
        for (int i = 1; i <= 10; i++) {
            server.updateMetric("Tokens", List.of("m\u00f6del", "ts-host"), 17);
            server.updateMetric("Latency", List.of("chatty", "ts-host"), 0.003 * i * i);
            server.updateMetric("Depth", List.of("chatty", "ts-host"), -0.5 * i);
            server.inference("chatty", null, 200, 5000.123 * i, 17.001);
            server.collectHostMetrics();
            change(server, i);
            int wanted = i;
            RealTorchServe.until(this::ourSnapshots, snapshots -> snapshots >= wanted);
        }
    }

    private static void change(TorchServeSimulator server, int round) {
        if (round == 1) {
            return; // the first list
        }
        switch (round % 3) {
            case 0 -> server.registerModel(ModelSettings.of("m\u00f6del/" + round, "1.0", "\u65e5\u672c.mar"));
            case 1 -> server.registerModel(ModelSettings.of("linear_regression", round + ".0", "v" + round + ".mar"));
            default -> server.setDefaultVersion("linear_regression", round % 2 == 0 ? "2.0" : "1.0");
        }
    }

    private int ourSnapshots() {
        return (int) ourEvents().stream()
                .filter(event -> event.name().equals("torchserve.inventory.snapshot"))
                .count();
    }

    private List<Point> ourPoints() {
        return OtlpFile.points(folder.resolve("ours.metrics.jsonl"));
    }

    private List<Event> ourEvents() {
        return OtlpFile.events(folder.resolve("ours.logs.jsonl"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void receivesThePointsThatTheFileHas(Way way) {
        List<Point> ours = ourPoints();
        RealCollector collector = collectors.get(way);

        OtlpFile.assertSame(ours, OtlpFile.points(collector.metrics()));
        System.err.printf(
                "interop: %s: %d metrics, %d points equal%n",
                way, ours.stream().map(Point::name).distinct().count(), ours.size());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void receivesTheRecordsThatTheFileHas(Way way) {
        List<Event> ours = ourEvents();

        OtlpFile.assertSame(ours, OtlpFile.events(collectors.get(way).logs()));
        System.err.printf("interop: %s: %d records equal%n", way, ours.size());
    }

    @Test
    void comparesEveryKindOfPointAndRecord() {
        Set<String> kinds = ourPoints().stream().map(Point::kind).collect(Collectors.toSet());
        Set<String> values = ourPoints().stream().map(Point::value).collect(Collectors.toSet());

        assertThat(kinds).contains("gauge", "sum 2 monotonic", "histogram 2", "summary");
        assertThat(values)
                .contains("double NaN", "double Infinity", "double -Infinity", "double -0.0", "double 4.9E-324");
        assertThat(ourEvents())
                .extracting(Event::name)
                .contains(
                        "torchserve.inventory.snapshot",
                        "torchserve.model.added",
                        "torchserve.model.version.added",
                        "torchserve.model.default_version.changed");
        assertThat(ourPoints().size()).isGreaterThan(1000);
    }

    @Test
    void endsCleanlyAndSaysThatNothingWasLost() {
        assertThat(exitCode).as(errors).isZero();
        assertThat(errors).contains("Stopped.").doesNotContain("ERROR", "WARN", "failed", "refused", "undelivered");
        for (Way way : Way.values()) {
            String id = way.exporter + "/" + way.compression;
            int items = ourPoints().size() + ourEvents().size();
            assertThat(errors).contains("exporter %s: accepted %d, sent %d".formatted(id, items, items));
        }
    }
}
