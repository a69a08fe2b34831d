package tscollector.app.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.IntakeAnswer;
import tscollector.testkit.datadog.IntakeRequest;

/** R4: the ways to Datadog's intake that the exporter's settings open. */
class DatadogTransportIT {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private Path folder;

    private final DatadogIntake intake = new DatadogIntake(Clock.getDefault());
    private final Set<String> credentials = ConcurrentHashMap.newKeySet();
    private final Set<String> hosts = ConcurrentHashMap.newKeySet();

    @Test
    @DisplayName(
            "R4 an intake whose certificate only tls.ca_file vouches for, asked over one connection after the other")
    void r4OwnAuthority() throws Exception {
        OwnCertificate certificate = OwnCertificate.in(folder);
        HttpsServer server = HttpsServer.create(ANY, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));

        sendThrough(server, "https://127.0.0.1:%d", "tls: {ca_file: " + certificate.pem() + "}");
    }

    @Test
    @DisplayName("R4 a proxy that asks for a user and a password")
    void r4Proxy() throws Exception {
        HttpServer proxy = HttpServer.create(ANY, 0);

        sendThrough(
                proxy,
                "http://intake.example",
                "proxy_url: http://me:s3cret@127.0.0.1:" + proxy.getAddress().getPort());

        assertThat(credentials)
                .containsExactly(
                        "Basic " + Base64.getEncoder().encodeToString("me:s3cret".getBytes(StandardCharsets.UTF_8)));
        assertThat(hosts).containsExactly("intake.example");
    }

    private void sendThrough(HttpServer server, String address, String settings) throws Exception {
        server.createContext("/", this::answer);
        server.start();
        Vector pages = OfficialCheck.recording("transport", List.of("prometheus/e01-metrics.http"));
        try (VectorServer torchServe = VectorServer.tcp(pages.serves(), null)) {
            String yaml = """
                    receivers:
                      torchserve_openmetrics:
                        endpoint: http://127.0.0.1:%d/metrics
                        collection_interval: 100ms
                    exporters:
                      datadog:
                        api: {key: %s}
                        api_key_check: off
                        metrics: {endpoint: "%s"}
                        %s
                    service:
                      pipelines:
                        metrics:
                          receivers: [torchserve_openmetrics]
                          exporters: [datadog]
                    """.formatted(
                            torchServe.port(),
                            DatadogIntake.KEY,
                            address.formatted(server.getAddress().getPort()),
                            settings);
            RunningLine line = RunningLine.start(yaml, List.of(), Map.of(), Clock.getDefault());
            await().atMost(Duration.ofSeconds(20)).until(() -> !intake.series().isEmpty());
            line.close();
        } finally {
            server.stop(0);
        }
        assertThat(intake.refusals()).isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
            String proved = headers.remove("proxy-authorization");
            if (exchange.getRequestURI().isAbsolute()) {
                hosts.add(exchange.getRequestURI().getHost());
                if (proved == null) {
                    exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"x\"");
                    exchange.sendResponseHeaders(407, -1);
                    return;
                }
                credentials.add(proved);
            }
            IntakeAnswer answer = intake.answer(new IntakeRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    headers,
                    exchange.getRequestBody().readAllBytes()));
            byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
            if (text.length > 0) {
                exchange.getResponseBody().write(text);
            }
        }
    }
}
