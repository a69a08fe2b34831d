package tscollector.receiver.openmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.consumer.Consumers;
import tscollector.exposition.ExpositionConfig;
import tscollector.exposition.ExpositionLimits;
import tscollector.exposition.HistogramConfig;
import tscollector.kit.http.HttpClientConfig;
import tscollector.kit.scrape.ScrapeConfig;
import tscollector.kit.time.SystemScheduler;
import tscollector.receiver.Receiver;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.Captures;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Points;
import tscollector.torchserve.TargetsConfig;

/** The receiver with its real HTTP client and real threads. */
class OpenMetricsLoopbackTest {
    private final HttpServer server = server(Captures.body("prometheus/e01-metrics"));

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void scrapesARealServerOverHttp() throws StartException {
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        TestContext test = new TestContext("torchserve_openmetrics");
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
        OpenMetricsConfig config = new OpenMetricsConfig(
                new TargetsConfig(url, List.of(), "ts:8080", Map.of()),
                new ScrapeConfig(Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(20)),
                OfficialConfig.defaults(),
                ExpositionConfig.defaults(),
                HistogramConfig.defaults(),
                HttpClientConfig.defaults(),
                ExpositionLimits.defaults());

        try (SystemScheduler scheduler = new SystemScheduler()) {
            Receiver receiver = new OpenMetricsFactory()
                    .create(test.build(scheduler, Clock.getDefault()), config, Consumers.of(Signal.METRICS, next));
            receiver.start(test.host());
            await().until(() -> next.batches().size() >= 3);
            receiver.shutdown(Deadline.in(Duration.ofSeconds(5), Clock.getDefault()));
        }

        List<MetricGroup> groups = next.batches().get(0).groups();
        MetricGroup samples = groups.get(0);
        assertThat(groups.subList(1, 3).stream()
                        .flatMap(group -> group.metrics().stream())
                        .flatMap(metric -> Points.of(metric).stream()))
                .contains(
                        "up{endpoint=\"" + url + "\"} 1.0",
                        "torchserve.openmetrics.health{endpoint=\"" + url + "\", torchserve.api.state=\"ok\"} 0.0");
        assertThat(samples.pointCount()).isGreaterThan(20);
        assertThat(next.batches().get(2).groups().get(0).shape()).isSameAs(samples.shape());
        assertThat(test.telemetry().dropped()).isEmpty();
    }

    private static HttpServer server(byte[] body) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/metrics", exchange -> {
                try (exchange) {
                    exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
