package tscollector.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tscollector.app.it.Program.program;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program with little memory, whose backend is away while a server shows other series at each scrape. */
class ChurnIT {
    private static final int SERIES = 10_000;
    /** A minute of scrapes at 2s; without a bound on memory it took half as many to fill this heap. */
    private static final int SCRAPES = 40;

    @TempDir
    private Path folder;

    private final AtomicInteger scrapes = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final OtlpSink backend = new OtlpSink();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", this::churn);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        backend.close();
        threads.shutdownNow();
    }

    private void churn(HttpExchange exchange) throws IOException {
        int salt = scrapes.incrementAndGet();
        exchange.sendResponseHeaders(200, 0);
        try (Writer out =
                new BufferedWriter(new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < SERIES; i++) {
                out.write("Latency{Model=\"m" + i + "\",Salt=\"" + salt + "\",Level=\"Model\"} " + i + "\n");
            }
        }
    }

    @Test
    void outlivesABackendThatIsAwayWhileEverySeriesIsNewAtEachScrape() throws Exception {
        backend.answerWith(503);
        Path config = folder.resolve("churn.yaml");
        Files.writeString(config, """
                receivers:
                  torchserve_openmetrics:
                    endpoint: http://127.0.0.1:%d/metrics
                    collection_interval: 200ms
                exporters:
                  otlp_http:
                    endpoint: http://%s
                service:
                  shutdown_timeout: 1s
                  pipelines:
                    metrics:
                      receivers: [torchserve_openmetrics]
                      exporters: [otlp_http]
                """.formatted(server.getAddress().getPort(), backend.address()));
        try (Program program = program()
                .in(folder)
                .arguments("run", "--config", config.toString())
                .environment("TSCOLLECTOR_JAVA_OPTS", "-Xmx64m")
                .start()) {
            program.awaitReady();
            await().atMost(Duration.ofSeconds(30)).until(() -> scrapes.get() >= SCRAPES || !program.isRunning());

            assertThat(program.isRunning()).as(program.errors()).isTrue();
            program.terminate();
            assertThat(program.exitCode()).as(program.errors()).isEqualTo(4);
            assertThat(program.errors()).contains("queue full: memory").doesNotContain("OutOfMemory");
        }
    }
}
