package tscollector.app.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tscollector.testkit.datadog.AcceptedSeries;
import tscollector.testkit.datadog.AcceptedSketch;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.DatadogServer;

/** What the exporter puts on the wire, read by the code that Datadog's own agent is built with. */
class DatadogWireInteropIT {
    private static final String READER = "interop.datadog";

    private final DatadogIntake intake = new DatadogIntake(Clock.getDefault());

    @BeforeEach
    void send() throws Exception {
        assumeTrue(System.getProperty(READER) != null, "only with -D" + READER);
        Vector pages = OfficialCheck.recording(
                "wire",
                List.of(
                        "prometheus/a02-metrics-fresh.http",
                        "prometheus/e01-metrics.http",
                        "prometheus/h05-metrics-stale-workers.http"));
        try (DatadogServer http = DatadogServer.start(intake);
                VectorServer server = VectorServer.tcp(pages.serves(), null)) {
            String yaml = """
                    receivers:
                      torchserve_openmetrics:
                        endpoint: http://127.0.0.1:%d/metrics
                        collection_interval: 100ms
                    processors:
                      torchserve_naming:
                        extra_metrics: ["."]
                    exporters:
                      datadog:
                        compression: none
                        hostname: agent-host
                        api: {key: %s}
                        metrics: {endpoint: "%s"}
                    service:
                      pipelines:
                        metrics:
                          receivers: [torchserve_openmetrics]
                          processors: [torchserve_naming]
                          exporters: [datadog]
                    """.formatted(server.port(), DatadogIntake.KEY, http.url());
            RunningLine line = RunningLine.start(yaml, List.of(), Map.of(), new RunClock(server::runs));
            assertThat(server.awaitPlayed(30)).isTrue();
            line.close();
            await().atMost(Duration.ofSeconds(5)).until(() -> !intake.series().isEmpty());
        }
    }

    @Test
    void theirCodeReadsTheSeriesThatOurDoubleRead() throws Exception {
        List<String> theirs = new ArrayList<>();
        for (JsonNode payload : read("/api/v2/series", "series")) {
            for (JsonNode series : payload.get("series")) {
                Map<Long, Double> values = new TreeMap<>();
                series.get("points")
                        .forEach(point -> values.put(
                                point.path("timestamp").asLong(0),
                                point.path("value").asDouble(0)));
                theirs.add(series.get("metric").asString() + " type "
                        + series.path("type").asInt(0) + " "
                        + texts(series.get("tags")) + " "
                        + series.get("resources").get(0).get("name").asString() + " "
                        + values);
            }
        }
        List<String> ours = new ArrayList<>();
        for (AcceptedSeries series : intake.series()) {
            ours.add(series.metric() + " type " + series.type() + " " + series.tags() + " " + series.host() + " "
                    + series.values());
        }
        assertThat(theirs).hasSizeGreaterThan(50).containsExactlyElementsOf(ours);
    }

    @Test
    void theirCodeReadsTheSketchesThatOurDoubleRead() throws Exception {
        List<String> theirs = new ArrayList<>();
        for (JsonNode payload : read("/api/beta/sketches", "sketches")) {
            for (JsonNode sketch : payload.get("sketches")) {
                for (JsonNode one : sketch.get("dogsketches")) {
                    TreeMap<Integer, Long> bins = new TreeMap<>();
                    for (int i = 0; i < one.get("k").size(); i++) {
                        bins.merge(
                                one.get("k").get(i).asInt(), one.get("n").get(i).asLong(), Long::sum);
                    }
                    theirs.add(sketch.get("metric").asString() + " " + texts(sketch.get("tags")) + " "
                            + one.get("ts").asLong() + " " + one.get("cnt").asLong() + " "
                            + one.path("sum").asDouble(0) + " " + bins);
                }
            }
        }
        List<String> ours = new ArrayList<>();
        for (AcceptedSketch sketch : intake.sketches()) {
            ours.add(sketch.metric() + " " + sketch.tags() + " " + sketch.timestamp() + " " + sketch.count() + " "
                    + sketch.sum() + " " + sketch.bins());
        }
        assertThat(theirs).isNotEmpty().containsExactlyElementsOf(ours);
    }

    private List<JsonNode> read(String path, String what) throws Exception {
        List<JsonNode> payloads = new ArrayList<>();
        for (DatadogIntake.Exchange exchange : intake.exchanges()) {
            if (exchange.request().path().equals(path)) {
                payloads.add(JsonMapper.shared()
                        .readTree(read(what, exchange.request().body())));
            }
        }
        return payloads;
    }

    private static String read(String what, byte[] body) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(System.getProperty(READER), what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
