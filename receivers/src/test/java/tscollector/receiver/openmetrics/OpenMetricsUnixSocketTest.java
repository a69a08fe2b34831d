package tscollector.receiver.openmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tscollector.component.Deadline;
import tscollector.consumer.Consumers;
import tscollector.exposition.ExpositionConfig;
import tscollector.exposition.ExpositionLimits;
import tscollector.exposition.HistogramConfig;
import tscollector.kit.http.HttpClientConfig;
import tscollector.kit.scrape.ScrapeConfig;
import tscollector.kit.time.SystemScheduler;
import tscollector.receiver.Receiver;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.Captures;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Points;
import tscollector.torchserve.TargetsConfig;

/** The receiver and a server behind a Unix socket. */
@Timeout(60)
class OpenMetricsUnixSocketTest {
    private Path folder;
    private Path socket;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("ts"); // short: a socket's path has at most 108 bytes
        socket = folder.resolve("ts.sock");
    }

    @AfterEach
    void deleteFolder() throws IOException {
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder);
    }

    @Test
    @DisplayName("H8 a receiver scrapes over a Unix socket")
    void h8ScrapesOverAUnixSocket() throws Exception {
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        TestContext test = new TestContext("torchserve_openmetrics");
        String url = "unix://" + socket + "/metrics";
        OpenMetricsConfig config = new OpenMetricsConfig(
                new TargetsConfig(url, List.of(), null, Map.of()),
                new ScrapeConfig(Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(20)),
                OfficialConfig.defaults(),
                ExpositionConfig.defaults(),
                HistogramConfig.defaults(),
                HttpClientConfig.defaults(),
                ExpositionLimits.defaults());
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                SystemScheduler scheduler = new SystemScheduler()) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Thread server = new Thread(() -> serve(listener), "unix-server");
            server.setDaemon(true);
            server.start();
            Receiver receiver = new OpenMetricsFactory()
                    .create(test.build(scheduler, Clock.getDefault()), config, Consumers.of(Signal.METRICS, next));
            receiver.start(test.host());
            await().until(() -> next.batches().size() >= 2);
            receiver.shutdown(Deadline.in(Duration.ofSeconds(5), Clock.getDefault()));
        }

        assertThat(next.batches().get(0).groups().subList(1, 3).stream()
                        .flatMap(group -> group.metrics().stream())
                        .flatMap(metric -> Points.of(metric).stream()))
                .contains("torchserve.openmetrics.health{endpoint=\"" + url + "\", torchserve.api.state=\"ok\"} 0.0")
                .contains("up{endpoint=\"" + url + "\"} 1.0");
        assertThat(next.batches()
                        .get(0)
                        .groups()
                        .get(0)
                        .resource()
                        .getAttributes()
                        .asMap()
                        .values())
                .contains(socket.toString());
    }

    private static void serve(ServerSocketChannel listener) {
        byte[] body = Captures.body("prometheus/e01-metrics");
        String head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\ncontent-length: "
                + body.length + "\r\n\r\n";
        try {
            while (true) {
                try (SocketChannel client = listener.accept()) {
                    client.read(ByteBuffer.allocate(8192));
                    client.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8)));
                    ByteBuffer rest = ByteBuffer.wrap(body);
                    while (rest.hasRemaining()) {
                        client.write(rest);
                    }
                }
            }
        } catch (IOException e) {
            // closed
        }
    }
}
