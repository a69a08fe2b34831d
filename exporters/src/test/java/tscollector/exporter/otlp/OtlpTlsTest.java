package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.config.Secret;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.kit.http.TlsConfig;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

/** Both exporters over TLS against a real server. */
class OtlpTlsTest {
    @TempDir
    static Path folder;

    private static TestCertificates.Pair server;
    private static TestCertificates.Pair elsewhere;
    private static TestCertificates.Pair client;

    private final TestContext test = new TestContext("otlp_http");

    @BeforeAll
    static void certificates() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        server = certificates.make("server", "ip:127.0.0.1");
        elsewhere = certificates.make("elsewhere", "dns:collector.example.com");
        client = certificates.make("client", "dns:client");
    }

    @Test
    void sendsOverHttpsToABackendItTrusts() throws Exception {
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(server.server())) {
            sendHttp(backend, tls(server, null, null, "1.2", null));
            assertThat(backend.only().path()).isEqualTo("/v1/metrics");
        }
        assertThat(test.telemetry().sent()).isEqualTo(1);
    }

    @Test
    void sendsGrpcOverTlsToABackendItTrusts() throws Exception {
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(server.server())) {
            sendGrpc(backend, tls(server, null, null, "1.3", null));
            assertThat(backend.only().path()).endsWith("MetricsService/Export");
        }
        assertThat(test.telemetry().sent()).isEqualTo(1);
    }

    @Test
    void saysThatABackendIsNotTrusted() throws Exception {
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(server.server())) {
            sendHttp(backend, TlsConfig.defaults());
            assertThat(backend.received()).isEmpty();
        }
        assertThat(failure()).endsWith("the backend's certificate is not trusted; name its authority in tls.ca_file");
    }

    @Test
    void saysThatTheCertificateIsForAnotherHost() throws Exception {
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(elsewhere.server())) {
            sendGrpc(backend, tls(elsewhere, null, null, "1.2", null));
        }
        assertThat(failure()).endsWith("certificate is for another host; see tls.server_name_override");
    }

    @Test
    void verifiesTheNameItIsTold() throws Exception {
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(elsewhere.server())) {
            sendGrpc(backend, tls(elsewhere, null, "collector.example.com", "1.2", null));
        }
        assertThat(test.telemetry().sent()).isEqualTo(1);
    }

    @Test
    void acceptsAnyCertificateWhenTold() throws Exception {
        TlsConfig anything = new TlsConfig(false, true, null, null, null, null, null, null, null, "1.2", null);
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(elsewhere.server())) {
            sendHttp(backend, anything);
            sendGrpc(backend, anything);
        }
        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    void showsItsCertificateToABackendThatWantsOne() throws Exception {
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(server.serverFor(client))) {
            sendHttp(backend, tls(server, client, null, "1.2", null));
            sendGrpc(backend, tls(server, client, null, "1.2", "1.2"));
        }
        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    void saysThatABackendWantsACertificate() throws Exception {
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(server.serverFor(client))) {
            sendHttp(backend, tls(server, null, null, "1.2", "1.2"));
        }
        assertThat(test.telemetry().sent()).isZero();
        assertThat(failure()).contains("https://127.0.0.1:");
    }

    @Test
    void refusesVersionsItIsToldToRefuse() throws Exception {
        SslContextFactory.Server old = server.server();
        old.setIncludeProtocols("TLSv1.2");
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(old)) {
            sendHttp(backend, tls(server, null, null, "1.3", null));
        }
        assertThat(failure()).contains("TLS failed");
    }

    @Test
    void offersOnlyTheCipherSuitesAndVersionsItIsTold() throws Exception {
        SslContextFactory.Server strict = server.server();
        strict.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        strict.setIncludeCipherSuites(
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(strict)) {
            List<String> suites =
                    List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
            sendHttp(backend, tls(List.of("1.2"), suites));
            sendGrpc(backend, tls(List.of("1.2"), suites));
            assertThat(test.telemetry().sent()).isEqualTo(2);

            sendHttp(backend, tls(List.of("1.3"), List.of()));
            assertThat(failure()).contains("TLS failed");
            sendGrpc(
                    backend,
                    tls(
                            List.of(),
                            List.of(
                                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")));
            assertThat(test.telemetry().sent()).isEqualTo(2);
        }
    }

    @Test
    void saysThatABackendWithTlsNeedsHttps() throws Exception {
        try (FakeOtlpBackend backend = FakeOtlpBackend.tls(server.server())) {
            send(new OtlpHttpFactory()
                    .create(
                            test.build(),
                            http("http://127.0.0.1:" + backend.port(), TlsConfig.defaults()),
                            Set.of(Signal.METRICS)));
        }
        assertThat(test.telemetry().sent()).isZero();
    }

    private static TlsConfig tls(List<String> versions, List<String> suites) {
        Secret trusted = new Secret(server.certificatePem());
        return new TlsConfig(
                false, false, null, trusted, null, null, null, null, null, "1.2", null, versions, suites, false);
    }

    private static TlsConfig tls(
            TestCertificates.Pair trusted, TestCertificates.Pair own, String name, String min, String max) {
        return new TlsConfig(
                false,
                false,
                null,
                new Secret(trusted.certificatePem()),
                null,
                own == null ? null : new Secret(own.certificatePem()),
                null,
                own == null ? null : new Secret(own.keyPem()),
                name,
                min,
                max);
    }

    private void sendHttp(FakeOtlpBackend backend, TlsConfig tls) throws Exception {
        send(new OtlpHttpFactory()
                .create(test.build(), http("https://127.0.0.1:" + backend.port(), tls), Set.of(Signal.METRICS)));
    }

    private void sendGrpc(FakeOtlpBackend backend, TlsConfig tls) throws Exception {
        OtlpGrpcConfig config = new OtlpGrpcConfig(
                "127.0.0.1:" + backend.port(),
                Compression.GZIP,
                Map.of(),
                Duration.ofSeconds(20),
                tls,
                null,
                DeliveryConfig.defaults());
        send(new OtlpGrpcFactory().create(test.build(), config, Set.of(Signal.METRICS)));
    }

    private static OtlpHttpConfig http(String url, TlsConfig tls) {
        return new OtlpHttpConfig(
                url,
                null,
                null,
                OtlpHttpConfig.Encoding.PROTO,
                Compression.GZIP,
                Map.of(),
                Duration.ofSeconds(20),
                tls,
                null,
                null,
                null,
                null,
                null,
                DeliveryConfig.defaults());
    }

    private void send(Exporter exporter) throws Exception {
        exporter.start(test.host());
        exporter.inputs()
                .get(Signal.METRICS)
                .consume(new Batches().gauge("a", 1).batch());
        test.scheduler().advance(Duration.ofSeconds(1));
    }

    private String failure() {
        return test.host().statuses().get(0).message();
    }
}
