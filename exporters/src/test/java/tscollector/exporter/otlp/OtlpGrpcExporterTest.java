package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.component.Deadline;
import tscollector.config.Secret;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.Delivery;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.kit.http.AuthConfig;
import tscollector.kit.http.TlsConfig;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

class OtlpGrpcExporterTest {
    private static final Set<Signal<?>> BOTH = Set.of(Signal.METRICS, Signal.LOGS);

    private final TestContext test = new TestContext("otlp_grpc");
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
    void callsTheServicesOfBothSignalsZipped() throws Exception {
        AuthConfig auth = new AuthConfig(null, new AuthConfig.Bearer(new Secret("t0ken"), null), null);
        Exporter exporter = exporter(config(Compression.GZIP, Map.of("X-Tenant", new Secret("a")), auth));
        send(exporter);
        exporter.inputs().get(Signal.LOGS).consume(Batches.event("torchserve.model.added", "resnet was added"));
        advance(Duration.ofMillis(200));

        assertThat(backend.received())
                .extracting(FakeOtlpBackend.Received::path)
                .containsExactlyInAnyOrder(
                        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
                        "/opentelemetry.proto.collector.logs.v1.LogsService/Export");
        assertThat(backend.received().get(0).headers())
                .containsEntry("grpc-encoding", "gzip")
                .containsEntry("te", "trailers")
                .containsEntry("x-tenant", "a")
                .containsEntry("authorization", "Bearer t0ken")
                .containsEntry("user-agent", "tscollector/0.0.0-test");
        assertThat(backend.received().get(0).wire()[0]).isEqualTo((byte) 1);
        assertThat(test.telemetry().sent()).isEqualTo(3);
    }

    @Test
    void sendsPlainFramesWithoutCompression() throws Exception {
        send(exporter(config(Compression.NONE, Map.of(), null)));
        advance(Duration.ofMillis(200));

        assertThat(backend.only().headers()).doesNotContainKey("grpc-encoding");
        assertThat(backend.only().wire()[0]).isZero();
        assertThat(backend.only().metrics().getResourceMetricsCount()).isEqualTo(1);
    }

    @Test
    void takesAllFormsOfAddresses() throws Exception {
        send(exporter(config("http://127.0.0.1:" + backend.port(), TlsConfig.defaults())));
        send(exporter(config("http://127.0.0.1:" + backend.port() + "/", TlsConfig.defaults())));
        advance(Duration.ofMillis(200));

        assertThat(backend.received()).hasSize(2);
        assertThat(config("h:4317", TlsConfig.defaults()).url()).isEqualTo("https://h:4317");
        assertThat(config("h:4317", insecure()).url()).isEqualTo("http://h:4317");
        assertThat(config("https://h:4317", TlsConfig.defaults()).url()).isEqualTo("https://h:4317");
    }

    @Test
    void countsPartialSuccess() throws Exception {
        backend.grpc(ExportMetricsServiceResponse.newBuilder()
                .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                        .setRejectedDataPoints(1)
                        .setErrorMessage("too old"))
                .build());
        send(exporter(plain()));
        advance(Duration.ofSeconds(1));

        assertThat(test.telemetry().sent()).isEqualTo(1);
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REJECTED, 1L));
        assertThat(test.telemetry().warnings()).singleElement().asString().contains("too old");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, 4, 10, 11, 14, 15}) // CANCELLED DEADLINE_EXCEEDED ABORTED OUT_OF_RANGE UNAVAILABLE DATA_LOSS
    void triesAgainWhatIsRefusedForNow(int status) throws Exception {
        backend.grpcStatus(status, "later%21", null);
        send(exporter(plain()));
        advance(Duration.ofSeconds(10));

        assertThat(backend.received()).hasSize(2);
        assertThat(test.telemetry().sent()).isEqualTo(2);
        assertThat(test.host().statuses().get(0).message()).endsWith("later!");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 6, 7, 8, 9, 12, 13, 16, 99})
    void dropsWhatIsRefusedForGood(int status) throws Exception {
        backend.grpcTrailersOnly(status, "no");
        send(exporter(plain()));
        advance(Duration.ofMinutes(10));

        assertThat(backend.received()).hasSize(1);
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REFUSED, 2L));
    }

    @Test
    void exhaustedWithRetryInfoIsTriedAgainAfterItsDelay() throws Exception {
        backend.grpcStatus(8, "slow down", retryInfo(45, 500_000_000));
        send(exporter(plain()));
        advance(Duration.ofMillis(200 + 45_499));
        assertThat(backend.received()).hasSize(1);
        advance(Duration.ofMillis(1));

        assertThat(backend.received()).hasSize(2);
        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    void anOkThatCannotBeReadIsAnError() throws Exception {
        backend.grpcBytes(new byte[] {0, 0, 0, 0, 9, 0x10, 5}) // readable, but shorter than promised
                .grpcBytes(new byte[0])
                .grpcBytes(FakeOtlpBackend.frame(new byte[] {7, 7}));
        Exporter exporter = exporter(plain());
        for (int i = 0; i < 3; i++) {
            send(exporter);
            advance(Duration.ofSeconds(1));
        }

        assertThat(backend.received()).hasSize(3);
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REFUSED, 6L));
    }

    @Test
    void anAnswerOfAProxyIsReadByItsHttpStatus() throws Exception {
        backend.http(503, "text/html", new byte[0]).http(401, "text/html", new byte[0]);
        send(exporter(plain()));
        advance(Duration.ofSeconds(10));

        assertThat(backend.received()).hasSize(2);
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REFUSED, 2L));
        assertThat(test.host().statuses().get(0).message()).contains("UNAVAILABLE: HTTP 503");
        assertThat(test.telemetry().warnings()).singleElement().asString().contains("UNAUTHENTICATED: HTTP 401");
    }

    @Test
    void triesAgainWhenTheConnectionIsCut() throws Exception {
        backend.cut().cut();
        send(exporter(plain()));
        advance(Duration.ofSeconds(30));

        assertThat(test.telemetry().sent()).isEqualTo(2);
        assertThat(test.telemetry().dropped()).isEmpty();
    }

    @Test
    void saysThatABackendWithoutTlsNeedsInsecure() throws Exception {
        send(exporter(config("127.0.0.1:" + backend.port(), TlsConfig.defaults())));
        advance(Duration.ofSeconds(1));

        assertThat(test.host().statuses().get(0).message())
                .isEqualTo("cannot deliver metrics: https://127.0.0.1:" + backend.port()
                        + ": the backend does not speak TLS at this port; for one without TLS set tls.insecure: true");
    }

    @Test
    void givesUpOnAnAnswerAfterTheTimeoutAndTriesAgain() throws Exception {
        backend.hang();
        send(exporter(config("http://127.0.0.1:" + backend.port(), TlsConfig.defaults(), Duration.ofMillis(100))));
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
            Exporter exporter = new OtlpGrpcFactory().create(test.build(threads, Clock.getDefault()), plain(), BOTH);
            send(exporter);
            backend.awaitHanging();
            exporter.shutdown(Deadline.in(Duration.ofMillis(100), Clock.getDefault()));

            assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.STOPPED, 2L));
            assertThat(threads.awaitIdle()).isTrue();
        }
    }

    @Test
    void makesNoQueueForSignalsNobodyWants() throws Exception {
        Exporter exporter = new OtlpGrpcFactory().create(test.build(), plain(), Set.of(Signal.LOGS));

        assertThat(exporter.inputs().signals()).containsExactly(Signal.LOGS);
        exporter.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
        exporter.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
    }

    /** {@code google.rpc.Status} with a {@code RetryInfo} among its details, by hand. */
    static ByteString retryInfo(int seconds, int nanos) throws java.io.IOException {
        ByteString duration = message(number(1, seconds).concat(number(2, nanos)), 1);
        ByteString other =
                message(text(1, "type.googleapis.com/google.rpc.DebugInfo").concat(text(2, "x")), 3);
        ByteString info =
                message(text(1, "type.googleapis.com/google.rpc.RetryInfo").concat(message(duration, 2)), 3);
        return number(1, 8).concat(text(2, "slow down")).concat(other).concat(info);
    }

    private static ByteString number(int field, int value) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.write(field << 3);
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return ByteString.copyFrom(out.toByteArray());
    }

    private static ByteString text(int field, String text) {
        return message(ByteString.copyFromUtf8(text), field);
    }

    private static ByteString message(ByteString content, int field) {
        if (content.size() > 127) {
            throw new IllegalArgumentException("longer than this needs");
        }
        return ByteString.copyFrom(new byte[] {(byte) (field << 3 | 2), (byte) content.size()})
                .concat(content);
    }

    private Exporter exporter(OtlpGrpcConfig config) throws Exception {
        Exporter exporter = new OtlpGrpcFactory().create(test.build(), config, BOTH);
        exporter.start(test.host());
        return exporter;
    }

    private OtlpGrpcConfig plain() {
        return config(Compression.GZIP, Map.of(), null);
    }

    private OtlpGrpcConfig config(Compression compression, Map<String, Secret> headers, AuthConfig auth) {
        return new OtlpGrpcConfig(
                "127.0.0.1:" + backend.port(),
                compression,
                headers,
                Duration.ofSeconds(20),
                insecure(),
                auth,
                DeliveryConfig.defaults());
    }

    private static OtlpGrpcConfig config(String endpoint, TlsConfig tls) {
        return config(endpoint, tls, Duration.ofSeconds(20));
    }

    private static OtlpGrpcConfig config(String endpoint, TlsConfig tls, Duration timeout) {
        return new OtlpGrpcConfig(endpoint, Compression.GZIP, Map.of(), timeout, tls, null, DeliveryConfig.defaults());
    }

    private static TlsConfig insecure() {
        return new TlsConfig(true, false, null, null, null, null, null, null, null, "1.2", null);
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
}
