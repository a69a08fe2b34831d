package tscollector.app.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.app.interop.Comparison;
import tscollector.app.interop.DatadogTranslator;
import tscollector.app.interop.Sent;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.DatadogServer;

/**
 * The scrapes of one real server, as Datadog has them in the end: through the exporter {@code datadog}, and through {@code
 * cumulativetodelta}, {@code otlp_http} with {@code preset: datadog} and Datadog's own translator. Health is a service check on one road
 * and a gauge on the other; it and the numbers about scrapes are left out.
 */
class BothRoadsInteropIT {
    private static final String TRANSLATOR = "interop.datadog";
    private static final List<String> PAGES = List.of(
            "prometheus/a02-metrics-fresh.http",
            "prometheus/e01-metrics.http",
            "prometheus/e02-metrics-again.http",
            "prometheus/h05-metrics-stale-workers.http",
            "prometheus/h09-metrics-stale.http",
            "prometheus/a02-metrics-fresh.http"); // the server was started anew

    private final DatadogIntake intake = new DatadogIntake(Clock.getDefault());
    private final List<ExportMetricsServiceRequest> requests = Collections.synchronizedList(new ArrayList<>());

    /** What Datadog has in the end over each road. */
    private record Ends(List<Sent> viaOtlp, List<String> resourceTags, List<Sent> natively) {}

    @Test
    @DisplayName("R39 the same names, types, tags, hosts, times and values over both roads")
    void bothRoadsEndAlike() throws Exception {
        Ends ends = scrapeOverBothRoads("team:a", "env:prod");

        assertThat(Comparison.differences(ends.viaOtlp, ends.resourceTags, ends.natively))
                .isEmpty();
        assertThat(ends.natively).hasSizeGreaterThan(150);
        assertThat(ends.natively.stream().map(Sent::type).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("gauge", "count", "sketch");
        assertThat(ends.natively)
                .allSatisfy(one -> assertThat(one.tags()).contains("team:a", "env:prod", "service:vision"));
    }

    @Test
    @DisplayName(
            "R39 OTLP's attributes have one value a key, and a value: two tags of one key become one, a tag without a key gets n/a")
    void tagsThatAttributesCannotBe() throws Exception {
        Ends ends = scrapeOverBothRoads("team:a", "team:b", "canary");

        assertThat(ends.natively).allSatisfy(one -> assertThat(one.tags()).contains("team:a", "team:b", "canary"));
        assertThat(ends.viaOtlp)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.tags()).contains("team:[\"a\",\"b\"]", "canary:n/a"));
    }

    private static boolean isCompared(Sent one) {
        return !one.name().equals("up")
                && !one.name().startsWith("scrape_")
                && !one.name().endsWith(".health");
    }

    private Ends scrapeOverBothRoads(String... tags) throws Exception {
        assumeTrue(System.getProperty(TRANSLATOR) != null, "only with -D" + TRANSLATOR);
        HttpServer otlp = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        otlp.createContext("/", this::keep);
        otlp.start();
        Vector pages = OfficialCheck.recording("both-roads", PAGES);
        try (DatadogServer http = DatadogServer.start(intake);
                VectorServer server = VectorServer.tcp(pages.serves(), null)) {
            String yaml = """
                    receivers:
                      torchserve_openmetrics:
                        endpoint: http://127.0.0.1:%d/metrics
                        collection_interval: 100ms
                        tags: [%s]
                        service: vision
                    processors:
                      torchserve_naming:
                        extra_metrics: ["."]
                      cumulativetodelta:
                        initial_value: agent
                    exporters:
                      datadog:
                        hostname: agent-host
                        api: {key: %s}
                        metrics: {endpoint: "%s"}
                      otlp_http:
                        preset: datadog
                        api: {key: %s}
                        metrics_endpoint: http://127.0.0.1:%d/v1/metrics
                    service:
                      pipelines:
                        metrics/native:
                          receivers: [torchserve_openmetrics]
                          processors: [torchserve_naming]
                          exporters: [datadog]
                        metrics/otlp:
                          receivers: [torchserve_openmetrics]
                          processors: [torchserve_naming, cumulativetodelta]
                          exporters: [otlp_http]
                    """.formatted(
                            server.port(),
                            String.join(", ", tags),
                            DatadogIntake.KEY,
                            http.url(),
                            DatadogIntake.KEY,
                            otlp.getAddress().getPort());
            RunningLine line = RunningLine.start(yaml, List.of(), Map.of(), new RunClock(server::runs));
            assertThat(server.awaitPlayed(30)).isTrue();
            line.close(); // what is queued is sent
        } finally {
            otlp.stop(0);
        }
        return ends();
    }

    private Ends ends() {
        List<DatadogTranslator.Answer> answers =
                DatadogTranslator.translate(requests, List.of("-quantiles", "-host=agent-host"));
        assertThat(answers).extracting(DatadogTranslator.Answer::error).containsOnly("");
        List<Sent> natively = new ArrayList<>();
        intake.series().forEach(series -> natively.addAll(Sent.of(series)));
        intake.sketches().forEach(sketch -> natively.add(Sent.of(sketch)));
        natively.removeIf(one -> !isCompared(one));
        return new Ends(
                answers.stream()
                        .flatMap(answer -> answer.sent().stream())
                        .filter(BothRoadsInteropIT::isCompared)
                        .toList(),
                answers.stream()
                        .flatMap(answer -> answer.resourceTags().stream())
                        .toList(),
                natively);
    }

    private void keep(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
            requests.add(ExportMetricsServiceRequest.parseFrom(body));
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
