package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.component.Deadline;
import tscollector.component.Status;
import tscollector.config.Secret;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.Delivery;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.kit.http.AuthConfig;
import tscollector.kit.http.TlsConfig;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.ManualScheduler;
import tscollector.testkit.TestContext;

class OtlpHttpExporterTest {
    private static final Set<Signal<?>> BOTH = Set.of(Signal.METRICS, Signal.LOGS);

    private final TestContext test = new TestContext("otlp_http");
    private FakeOtlpBackend backend;

    @BeforeEach
    void open() throws Exception {
        backend = FakeOtlpBackend.plain();
    }

    @AfterEach
    void close() throws Exception {
        backend.close();
    }

    @Test
    void appendsThePathsToTheBaseAddressAndZips() throws Exception {
        Exporter exporter = exporter(config(url() + "/otlp/"));
        send(exporter);
        exporter.inputs().get(Signal.LOGS).consume(Batches.event("torchserve.model.added", "resnet was added"));
        advance(Duration.ofMillis(200));

        assertThat(backend.received())
                .extracting(FakeOtlpBackend.Received::path)
                .containsExactlyInAnyOrder("/otlp/v1/metrics", "/otlp/v1/logs");
        FakeOtlpBackend.Received metrics = byPath("/otlp/v1/metrics");
        assertThat(metrics.headers())
                .containsEntry("content-encoding", "gzip")
                .containsEntry("content-type", "application/x-protobuf")
                .containsEntry("user-agent", "tscollector/0.0.0-test")
                .containsEntry("content-length", String.valueOf(metrics.wire().length));
        assertThat(metrics.metrics()
                        .getResourceMetrics(0)
                        .getScopeMetrics(0)
                        .getMetrics(0)
                        .getName())
                .isEqualTo("QueueTime");
        assertThat(byPath("/otlp/v1/logs")
                        .logs()
                        .getResourceLogs(0)
                        .getScopeLogs(0)
                        .getLogRecords(0)
                        .getEventName())
                .isEqualTo("torchserve.model.added");
        assertThat(test.telemetry().sent()).isEqualTo(3);
    }

    @Test
    void usesTheAddressesOfTheSignalsAsTheyAre() throws Exception {
        OtlpHttpConfig config = new OtlpHttpConfig(
                null,
                url() + "/m?tenant=a",
                url() + "/l",
                OtlpHttpConfig.Encoding.PROTO,
                Compression.NONE,
                Map.of(),
                Duration.ofSeconds(5),
                TlsConfig.defaults(),
                null,
                null,
                null,
                null,
                null,
                DeliveryConfig.defaults());
        Exporter exporter = exporter(config);
        send(exporter);
        advance(Duration.ofMillis(200));

        assertThat(backend.only().path()).isEqualTo("/m");
        assertThat(backend.only().headers()).doesNotContainKey("content-encoding");
        assertThat(backend.only().metrics().getResourceMetricsCount()).isEqualTo(1);
    }

    @Test
    void sendsHeadersAndBasicAuthorisation() throws Exception {
        AuthConfig auth = new AuthConfig(new AuthConfig.Basic("me", new Secret("pass:word")), null, null);
        send(exporter(config(url(), Map.of("X-Scope-OrgID", new Secret("team-a")), auth)));
        advance(Duration.ofMillis(200));

        assertThat(backend.only().headers())
                .containsEntry("x-scope-orgid", "team-a")
                .containsEntry("authorization", "Basic bWU6cGFzczp3b3Jk");
    }

    @Test
    void sendsBasicAuthorisationInTheEncodingOfTheUser() throws Exception {
        AuthConfig auth = new AuthConfig(new AuthConfig.Basic("mü", new Secret("päss"), "latin-1"), null, null);
        send(exporter(config(url(), Map.of(), auth)));
        advance(Duration.ofMillis(200));

        assertThat(backend.only().headers()).containsEntry("authorization", "Basic bfw6cORzcw==");
    }

    @Test
    void aUserAgentOfTheUserReplacesOurs() throws Exception {
        send(exporter(config(url(), Map.of("user-agent", new Secret("mine/1")), null)));
        advance(Duration.ofMillis(200));

        assertThat(backend.only().headers()).containsEntry("user-agent", "mine/1");
    }

    @Test
    void readsTheTokenFileAgainWhenItChangesAndKeepsTheLastWhenItIsGone(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("token");
        AuthConfig auth = new AuthConfig(null, new AuthConfig.Bearer(null, file.toString()), null);
        Exporter exporter = exporter(config(url(), Map.of(), auth));
        send(exporter);
        advance(Duration.ofMillis(200));
        assertThat(backend.received()).isEmpty();
        assertThat(test.host().statuses().get(0).message()).contains("cannot read the token file " + file);
        Files.writeString(file, "first\n");
        advance(Duration.ofSeconds(10));
        Files.delete(file);
        send(exporter);
        advance(Duration.ofMillis(200));
        Files.writeString(file, "second");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        send(exporter);
        advance(Duration.ofMillis(200));

        assertThat(backend.received())
                .extracting(received -> received.headers().get("authorization"))
                .containsExactly("Bearer first", "Bearer first", "Bearer second");
    }

    @Test
    void tellsTheProxyWhoItIs() throws Exception {
        backend.http(407, null, new byte[0], "Proxy-Authenticate", "Basic realm=p");
        OtlpHttpConfig d = OtlpHttpConfig.defaults();
        OtlpHttpConfig config = new OtlpHttpConfig(
                "http://backend.invalid:4318",
                null,
                null,
                d.encoding(),
                d.compression(),
                d.headers(),
                d.timeout(),
                d.tls(),
                "http://me:p%40ss@127.0.0.1:" + backend.port(),
                null,
                null,
                null,
                null,
                d.delivery());
        send(exporter(config));
        advance(Duration.ofSeconds(1));

        assertThat(backend.received()).hasSize(2);
        assertThat(backend.received().get(1).headers()).containsEntry("proxy-authorization", "Basic bWU6cEBzcw==");
        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    void countsPartialSuccessOfMetrics() throws Exception {
        backend.http(ExportMetricsServiceResponse.newBuilder()
                .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                        .setRejectedDataPoints(2)
                        .setErrorMessage("too old"))
                .build());
        send(exporter(config(url())));
        advance(Duration.ofMinutes(1));

        assertThat(test.telemetry().sent()).isZero();
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REJECTED, 2L));
        assertThat(test.telemetry().warnings()).singleElement().asString().contains("too old");
        assertThat(backend.received()).hasSize(1);
    }

    @Test
    void countsPartialSuccessOfLogs() throws Exception {
        backend.http(ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(ExportLogsPartialSuccess.newBuilder().setRejectedLogRecords(1))
                .build());
        exporter(config(url())).inputs().get(Signal.LOGS).consume(Batches.event("e", "b"));
        advance(Duration.ofSeconds(1));

        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REJECTED, 1L));
    }

    @Test
    void aWarningWithoutRejectionsIsSuccess() throws Exception {
        backend.http(ExportMetricsServiceResponse.newBuilder()
                .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder().setErrorMessage("old format"))
                .build());
        send(exporter(config(url())));
        advance(Duration.ofSeconds(1));

        assertThat(test.telemetry().sent()).isEqualTo(2);
        assertThat(test.telemetry().warnings()).singleElement().asString().contains("old format");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void triesAgainWhatIsRefusedForNow(int status) throws Exception {
        backend.http(status, "text/plain", "later".getBytes(StandardCharsets.UTF_8));
        send(exporter(config(url())));
        advance(Duration.ofSeconds(10));

        assertThat(backend.received()).hasSize(2);
        assertThat(test.telemetry().sent()).isEqualTo(2);
        assertThat(test.telemetry().dropped()).isEmpty();
        assertThat(test.host().statuses().get(0).message())
                .isEqualTo("cannot deliver metrics: " + url() + "/v1/metrics answered " + status + ": later");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 500, 501, 301, 304})
    void dropsWhatIsRefusedForGood(int status) throws Exception {
        backend.http(status, "text/plain", new byte[0], "Retry-After", "1");
        send(exporter(config(url())));
        advance(Duration.ofMinutes(10));

        assertThat(backend.received()).hasSize(1);
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REFUSED, 2L));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void waitsForRetryAfterInSeconds(int status) throws Exception {
        backend.http(status, null, new byte[0], "Retry-After", "120");
        send(exporter(config(url())));
        advance(Duration.ofMillis(200 + 119_999));
        assertThat(backend.received()).hasSize(1);
        advance(Duration.ofMillis(1));

        assertThat(backend.received()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void triesAgainInItsOwnTimeWhenRetryAfterIsZero(int status) throws Exception {
        backend.http(status, null, new byte[0], "Retry-After", "0").http(status, null, new byte[0], "Retry-After", "0");
        send(exporter(config(url())));
        advance(Duration.ofMillis(200));
        assertThat(backend.received()).hasSize(1);
        assertThat(test.host().statuses().get(0).message()).contains("answered " + status);
        advance(Duration.ofMinutes(1));

        assertThat(backend.received()).hasSize(3);
        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    void repeatsNothingAfterA408ByItself() throws Exception {
        backend.http(408, null, new byte[0]);
        send(exporter(config(url())));
        advance(Duration.ofMinutes(10));

        assertThat(backend.received()).hasSize(1);
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REFUSED, 2L));
    }

    @Test
    void aKeptConnectionThatTheBackendClosedIsNoFault() throws Exception {
        backend.http(200, "application/x-protobuf", new byte[0]).cut();
        Exporter exporter = exporter(config(url()));
        send(exporter);
        advance(Duration.ofSeconds(1));
        send(exporter);
        advance(Duration.ofSeconds(1));

        assertThat(test.telemetry().sent()).isEqualTo(4);
        assertThat(test.host().statuses()).allMatch(status -> status.equals(Status.ok()));
        assertThat(backend.received()).hasSize(3);
    }

    @Test
    void aConnectionThatBreaksTwiceIsOne() throws Exception {
        backend.http(200, "application/x-protobuf", new byte[0]).cut().cut();
        Exporter exporter = exporter(config(url()));
        send(exporter);
        advance(Duration.ofSeconds(1));
        send(exporter);
        advance(Duration.ofMillis(200));

        assertThat(backend.received()).hasSize(3);
        assertThat(test.host().statuses()).anyMatch(status -> status.message().contains("connection lost"));
        advance(Duration.ofMinutes(1));
        assertThat(test.telemetry().sent()).isEqualTo(4);
    }

    @Test
    void waitsForRetryAfterAsADate() throws Exception {
        Instant then = ManualScheduler.START.plusSeconds(100);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(then.atOffset(ZoneOffset.UTC));
        backend.http(503, null, new byte[0], "Retry-After", date);
        send(exporter(config(url())));
        advance(Duration.ofSeconds(98));
        assertThat(backend.received()).hasSize(1);
        advance(Duration.ofSeconds(2));

        assertThat(backend.received()).hasSize(2);
    }

    @Test
    void aGoodAnswerThatCannotBeReadIsAnError() throws Exception {
        backend.http(200, "application/x-protobuf", "<html>hello</html>".getBytes(StandardCharsets.UTF_8));
        send(exporter(config(url())));
        advance(Duration.ofMinutes(1));

        assertThat(test.telemetry().sent()).isZero();
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REFUSED, 2L));
        assertThat(test.telemetry().warnings()).singleElement().asString().contains("body that cannot be read");
    }

    @Test
    void aGoodAnswerOfAnotherTypeIsTakenForSuccess() throws Exception {
        backend.http(202, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        send(exporter(config(url())));
        advance(Duration.ofSeconds(1));

        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    void readsNoMoreThan4MiBOfAnAnswer() throws Exception {
        backend.http(200, "application/x-protobuf", new byte[Transport.MAX_ANSWER_BYTES + 1]);
        send(exporter(config(url())));
        advance(Duration.ofSeconds(1));

        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REFUSED, 2L));
    }

    @Test
    void triesAgainWhenTheConnectionIsCut() throws Exception {
        backend.cut().cut();
        send(exporter(config(url())));
        advance(Duration.ofSeconds(30));

        assertThat(test.telemetry().sent()).isEqualTo(2);
        assertThat(test.telemetry().dropped()).isEmpty();
        assertThat(test.host().statuses().get(0).message()).contains("connection lost before the answer was complete");
    }

    @Test
    void triesAgainWhenTheAnswerIsCut() throws Exception {
        backend.cutBody();
        send(exporter(config(url())));
        advance(Duration.ofSeconds(30));

        assertThat(backend.received()).hasSizeGreaterThan(1);
        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    void triesAgainWhenNobodyListens() throws Exception {
        int port = freePort();
        send(exporter(config("http://127.0.0.1:" + port)));
        advance(Duration.ofSeconds(1));

        assertThat(test.telemetry().dropped()).isEmpty();
        assertThat(test.host().statuses().get(0).message())
                .isEqualTo("cannot deliver metrics: http://127.0.0.1:" + port + "/v1/metrics: connection refused");
    }

    @Test
    void givesUpOnAnAnswerAfterTheTimeout() throws Exception {
        backend.hang();
        send(exporter(config(url(), Duration.ofMillis(100))));
        advance(Duration.ofSeconds(10));

        assertThat(test.host().statuses().get(0).message()).contains("no answer within 100 ms (timeout)");
        assertThat(backend.received())
                .as("a connection that timed out is not used again")
                .extracting(FakeOtlpBackend.Received::clientPort)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    void aHangingBackendDoesNotHoldUpTheShutdown() throws Exception {
        backend.hang();
        try (RealThreads threads = new RealThreads()) {
            Exporter exporter =
                    new OtlpHttpFactory().create(test.build(threads, Clock.getDefault()), config(url()), BOTH);
            exporter.start(test.host());
            send(exporter);
            backend.awaitHanging();
            exporter.shutdown(Deadline.in(Duration.ofMillis(100), Clock.getDefault()));

            assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.STOPPED, 2L));
            assertThat(threads.awaitIdle()).as("the call was cancelled").isTrue();
        }
    }

    @Test
    void messagesShowNeitherUserNorQuery() throws Exception {
        backend.http(400, null, new byte[0]);
        String secret = "http://user:hidden@127.0.0.1:" + backend.port();
        OtlpHttpConfig config = new OtlpHttpConfig(
                secret,
                secret + "/v1/metrics?key=hidden",
                null,
                OtlpHttpConfig.Encoding.PROTO,
                Compression.GZIP,
                Map.of(),
                Duration.ofSeconds(5),
                TlsConfig.defaults(),
                null,
                null,
                null,
                null,
                null,
                DeliveryConfig.defaults());
        send(exporter(config));
        advance(Duration.ofSeconds(1));

        assertThat(test.telemetry().warnings()).singleElement().asString().doesNotContain("hidden", "user:");
    }

    @Test
    void goesThroughTheProxy() throws Exception {
        OtlpHttpConfig config = new OtlpHttpConfig(
                "http://backend.invalid:4318",
                null,
                null,
                OtlpHttpConfig.Encoding.PROTO,
                Compression.GZIP,
                Map.of(),
                Duration.ofSeconds(5),
                TlsConfig.defaults(),
                url(),
                null,
                null,
                null,
                null,
                DeliveryConfig.defaults());
        send(exporter(config));
        advance(Duration.ofSeconds(1));

        assertThat(backend.only().headers()).containsEntry("host", "backend.invalid:4318");
        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    private Exporter exporter(OtlpHttpConfig config) throws Exception {
        Exporter exporter = new OtlpHttpFactory().create(test.build(), config, BOTH);
        exporter.start(test.host());
        return exporter;
    }

    private static OtlpHttpConfig config(String endpoint) {
        return config(endpoint, Map.of(), null);
    }

    private static OtlpHttpConfig config(String endpoint, Map<String, Secret> headers, AuthConfig auth) {
        return config(endpoint, headers, auth, Duration.ofSeconds(20));
    }

    private static OtlpHttpConfig config(String endpoint, Duration timeout) {
        return config(endpoint, Map.of(), null, timeout);
    }

    private static OtlpHttpConfig config(
            String endpoint, Map<String, Secret> headers, AuthConfig auth, Duration timeout) {
        return new OtlpHttpConfig(
                endpoint,
                null,
                null,
                OtlpHttpConfig.Encoding.PROTO,
                Compression.GZIP,
                headers,
                timeout,
                TlsConfig.defaults(),
                null,
                auth,
                null,
                null,
                null,
                DeliveryConfig.defaults());
    }

    private String url() {
        return "http://127.0.0.1:" + backend.port();
    }

    private FakeOtlpBackend.Received byPath(String path) {
        return backend.received().stream()
                .filter(received -> received.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static void send(Exporter exporter) throws DeliveryException {
        exporter.inputs()
                .get(Signal.METRICS)
                .consume(new Batches()
                        .gauge("QueueTime", 3, "Level", "Host")
                        .counter("Requests2XX", 7, "Level", "Host")
                        .batch());
    }

    private void advance(Duration time) {
        test.scheduler().advance(time);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
