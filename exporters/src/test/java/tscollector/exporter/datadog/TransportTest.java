package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.exporter.Exporter;
import tscollector.signal.Signal;
import tscollector.testkit.TestContext;

/** Connections, by a server that sees them. Certificates and proxies with passwords are tested with the whole program. */
class TransportTest {
    private static final Clock CLOCK = Clock.getDefault();

    private final TestContext test = new TestContext("datadog");
    private final RealThreads threads = new RealThreads();
    private final List<Integer> ports = new CopyOnWriteArrayList<>(); // of the clients, by request
    private final CountDownLatch end = new CountDownLatch(1);
    private final ForkJoinPool serverThreads = new ForkJoinPool(4);
    private HttpServer server;
    private volatile boolean hangs;

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(serverThreads);
        server.start();
    }

    @AfterEach
    void end() {
        end.countDown();
        server.stop(0);
        serverThreads.shutdownNow();
        threads.close();
    }

    @Test
    @DisplayName("R4: requests one after the other have one connection")
    void r4_connectionsAreUsedAgain() throws Exception {
        Exporter exporter = started("");
        for (int i = 1; i <= 5; i++) {
            int sent = i;
            send(exporter);
            Awaitility.await().until(() -> test.telemetry().sent() == sent);
        }
        exporter.shutdown(Deadline.in(Duration.ofSeconds(10), CLOCK));

        assertThat(ports).hasSize(5);
        assertThat(Set.copyOf(ports)).hasSize(1);
    }

    @Test
    @DisplayName("R4: a request without answer ends with its time, and is tried again")
    void r4_requestsEnd() throws Exception {
        hangs = true;
        Exporter exporter = started("timeout: 200ms\nretry_on_failure: {initial_interval: 10ms}");

        send(exporter);
        Awaitility.await().until(() -> test.telemetry().count("logs without answer") > 0);
        hangs = false;
        Awaitility.await().until(() -> test.telemetry().sent() == 1);
        exporter.shutdown(Deadline.in(Duration.ofSeconds(10), CLOCK));

        assertThat(test.telemetry().dropped()).isEmpty();
    }

    @Test
    @DisplayName("R4: what no_proxy names goes around the proxy, everything else through it")
    void r4_noProxy() throws Exception {
        String proxy = "proxy_url: '" + url() + "'\n";
        Exporter through = started("http://intake.invalid", proxy);
        send(through);
        Awaitility.await().until(() -> test.telemetry().sent() == 1);
        through.shutdown(Deadline.in(Duration.ofSeconds(10), CLOCK));
        assertThat(ports).hasSize(1);

        Exporter around = started("http://intake.invalid", proxy + "no_proxy: [intake.invalid]");
        send(around);
        Awaitility.await().until(() -> test.telemetry().count("logs without answer") > 0);
        around.shutdown(Deadline.in(Duration.ZERO, CLOCK));
        assertThat(ports).as("there is no such host").hasSize(1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            ports.add(exchange.getRemoteAddress().getPort());
            if (hangs) {
                end.await();
            }
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(202, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Exporter started(String yaml) throws Exception {
        return started(url(), yaml);
    }

    private Exporter started(String url, String yaml) throws Exception {
        DatadogConfig config = Settings.of("api_key_check: off\nsending_queue: {batch: {flush_timeout: 1ms}}\n"
                + "metrics: {endpoint: '" + url + "'}\nlogs: {endpoint: '" + url + "'}\n" + yaml);
        Exporter exporter = new DatadogFactory().create(test.build(threads, CLOCK), config, Set.of(Signal.LOGS));
        exporter.start(test.host());
        return exporter;
    }

    private static void send(Exporter exporter) throws Exception {
        Objects.requireNonNull(exporter.inputs().get(Signal.LOGS))
                .consume(new Records()
                        .addAt(CLOCK.now(), Severity.INFO, "m", Attributes.empty(), "")
                        .batch());
    }
}
