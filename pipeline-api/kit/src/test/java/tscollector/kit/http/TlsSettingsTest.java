package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.component.StartException;
import tscollector.config.Problems;
import tscollector.config.Secret;

/** The settings of TLS that servers with certificates alone do not show; see {@link TlsTest} for those. */
@Timeout(60)
@DisplayName("H4 TLS settings")
class TlsSettingsTest {
    private static final String OLD_AES_256 = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    private static final String OLD_AES_128 = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private static final String NEW_AES_256 = "TLS_AES_256_GCM_SHA384";

    @TempDir
    static Path folder;

    private static KeyStore server;
    private static KeyStore client;
    private final AtomicReference<SSLSession> session = new AtomicReference<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        Certificates certificates = new Certificates(folder);
        server = certificates.make("settings-server", "RSA", "dns:torchserve.test,ip:127.0.0.1");
        client = certificates.make("settings-client", "EC", "dns:client");
    }

    @Test
    @DisplayName("H4 tls_ciphers: only the suites named are offered")
    void h4OffersOnlyTheSuitesNamed() throws Exception {
        try (RawServer https = serve(null);
                Calls old = new Calls().tls(tls(List.of(), List.of(OLD_AES_128), false));
                Calls latest = new Calls().tls(tls(List.of(), List.of(OLD_AES_128, NEW_AES_256), false))) {
            assertThat(old.body(uri(https))).isEqualTo("safe");
            assertThat(session.get().getCipherSuite()).isEqualTo(OLD_AES_128);
            assertThat(session.get().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(latest.body(uri(https))).isEqualTo("safe");
            assertThat(session.get().getCipherSuite()).isEqualTo(NEW_AES_256);
        }
        SSLServerSocket strict = Certificates.listener(server, null);
        strict.setEnabledCipherSuites(new String[] {OLD_AES_256});
        try (RawServer https = serve(strict);
                Calls wrong = new Calls().tls(tls(List.of(), List.of(OLD_AES_128), false));
                Calls right = new Calls().tls(tls(List.of(), List.of(OLD_AES_256), false))) {
            assertThat(wrong.failure(uri(https)).type()).isEqualTo(HttpFailure.Type.TLS_FAILED);
            assertThat(right.body(uri(https))).isEqualTo("safe");
        }
    }

    @Test
    @DisplayName("H4 tls_protocols_allowed: only the versions named are spoken")
    void h4SpeaksOnlyTheVersionsAllowed() throws Exception {
        try (RawServer https = serve(null);
                RawServer latest = serve(Certificates.listener(server, null, "TLSv1.3"));
                Calls only12 = new Calls().tls(tls(List.of("1.2"), List.of(), false));
                Calls both = new Calls().tls(tls(List.of("1.3", "1.2"), List.of(), false))) {
            assertThat(only12.body(uri(https))).isEqualTo("safe");
            assertThat(session.get().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(only12.failure(uri(latest)).type()).isEqualTo(HttpFailure.Type.TLS_FAILED);
            assertThat(both.body(uri(https))).isEqualTo("safe");
            assertThat(session.get().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    @DisplayName("H4 tls_use_host_header: the Host header's name is asked for and verified")
    void h4AsksForAndVerifiesTheNameInTheHostHeader() throws Exception {
        TlsConfig byHost = tls(List.of(), List.of(), true);
        try (RawServer https = serve(null);
                Calls right = new Calls().tls(byHost).header("host", "torchserve.test:8443");
                Calls wrong = new Calls().tls(byHost).extraHeader("Host", "other.test");
                Calls without = new Calls().tls(byHost);
                Calls off = new Calls().tls(tls(List.of(), List.of(), false)).header("Host", "other.test")) {
            assertThat(right.body(uri(https))).isEqualTo("safe");
            assertThat(((ExtendedSSLSession) session.get()).getRequestedServerNames())
                    .containsExactly(new SNIHostName("torchserve.test"));
            assertThat(https.requests().get(0).header("host")).isEqualTo("torchserve.test:8443");
            assertThat(wrong.failure(uri(https))).hasMessageContaining("the certificate is for another name");
            assertThat(without.body(uri(https))).isEqualTo("safe");
            assertThat(off.body(uri(https))).isEqualTo("safe");
            assertThat(((ExtendedSSLSession) session.get()).getRequestedServerNames())
                    .isEmpty();
        }
    }

    @Test
    void theOverridingNameIsForTheConfiguredServerOnly() throws Exception {
        TlsConfig override =
                new TlsConfig(false, false, null, pem(server), null, null, null, null, "torchserve.test", "1.2", null);
        try (RawServer other = serve(null);
                RawServer https = RawServer.start(
                        Certificates.listener(server, null),
                        (request, to) -> to.send(
                                "HTTP/1.1 302 Found\r\nlocation: " + uri(other) + "\r\ncontent-length: 0\r\n\r\n"));
                Calls calls = new Calls().tls(override).following()) {
            assertThat(calls.body(uri(https))).isEqualTo("safe");
            assertThat(((ExtendedSSLSession) session.get()).getRequestedServerNames())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("H4 tls_cert may hold the key, too")
    void h4ShowsACertificateWhoseFileHoldsTheKey() throws Exception {
        Path both = Files.writeString(
                folder.resolve("both.pem"), Certificates.certificatePem(client) + Certificates.keyPem(client));
        TlsConfig config =
                new TlsConfig(false, false, null, pem(server), both.toString(), null, null, null, null, "1.2", null);
        assertThat(problems(config)).isEmpty();
        try (RawServer https = serve(Certificates.listener(server, client));
                Calls calls = new Calls().tls(config)) {
            assertThat(calls.body(uri(https))).isEqualTo("safe");
        }
        Path alone = Files.writeString(folder.resolve("alone.pem"), Certificates.certificatePem(client));
        TlsConfig noKey =
                new TlsConfig(false, false, null, null, alone.toString(), null, null, null, null, "1.2", null);
        assertThatThrownBy(() -> TlsContexts.of(noKey))
                .isInstanceOf(StartException.class)
                .hasMessage("tls.cert_file (there is no tls.key_file) holds no private key in PEM form");
    }

    @Test
    @DisplayName("H4 tls_ca_cert may be a folder")
    void h4TrustsTheCertificatesInAFolder() throws Exception {
        Path trusted = Files.createDirectory(folder.resolve("trusted"));
        Path first = Files.writeString(trusted.resolve("client.pem"), Certificates.certificatePem(client));
        Files.writeString(trusted.resolve("server.crt"), Certificates.certificatePem(server));
        Files.createSymbolicLink(trusted.resolve("0a1b2c3d.0"), first);
        Files.createDirectory(trusted.resolve("more"));
        TlsConfig config =
                new TlsConfig(false, false, trusted.toString(), null, null, null, null, null, null, "1.2", null);
        try (RawServer https = serve(null);
                Calls calls = new Calls().tls(config)) {
            assertThat(calls.body(uri(https))).isEqualTo("safe");
        }
        Path empty = Files.createDirectory(folder.resolve("empty"));
        TlsConfig nobody =
                new TlsConfig(false, false, empty.toString(), null, null, null, null, null, null, "1.2", null);
        assertThatThrownBy(() -> TlsContexts.of(nobody)).hasMessage("tls.ca_file holds no certificate in PEM form");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "TLS_AES_256_GCM_SHA348|names no cipher suite that this Java runtime can use; did you mean \"TLS_AES_256_GCM_SHA384\"?",
                "ECDHE-RSA-AES256-GCM-SHA384|names no cipher suite that this Java runtime can use; names are IANA's, such as TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_RSA_WITH_RC4_128_MD5|names no cipher suite that this Java runtime can use",
            })
    void refusesSuitesThatItDoesNotKnow(String suite, String fault) {
        assertThat(problems(tls(List.of(), List.of(NEW_AES_256, suite), false)))
                .containsExactly("cipher_suites[1] " + fault);
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThat(problems(tls(List.of("1.2", "1.1"), List.of(), false)))
                .containsExactly("allowed_versions[1] must be \"1.2\" or \"1.3\"");
        TlsConfig names = new TlsConfig(
                false, false, null, null, null, null, null, null, "a", "1.2", null, List.of(), List.of(), true);
        assertThat(problems(names))
                .containsExactly("server_name_from_host_header and server_name_override exclude each other");
        TlsConfig none = new TlsConfig(
                false, false, null, null, null, null, null, null, null, "1.3", null, List.of("1.2"), List.of(), false);
        assertThatThrownBy(() -> TlsContexts.of(none))
                .hasMessage("tls.min_version and tls.max_version leave none of tls.allowed_versions");
        assertThatThrownBy(() -> TlsContexts.of(tls(List.of("1.2"), List.of(NEW_AES_256), false)))
                .hasMessage("tls.cipher_suites has no suite for TLSv1.2");
        assertThatThrownBy(() -> TlsContexts.of(tls(List.of("1.3"), List.of(OLD_AES_128), false)))
                .hasMessage("tls.cipher_suites has no suite for TLSv1.3");
        Problems warned = new Problems();
        new Calls().tls(tls(List.of(), List.of(), true)).config().validate(warned);
        assertThat(warned.all())
                .containsExactly(new Problems.Problem(
                        "tls.server_name_from_host_header", "does nothing: headers sets no Host", false));
    }

    private RawServer serve(SSLServerSocket listener) {
        return RawServer.start(listener == null ? Certificates.listener(server, null) : listener, (request, to) -> {
            session.set(((SSLSocket) to.socket()).getSession());
            to.ok("safe");
        });
    }

    private static URI uri(RawServer server) {
        return URI.create("https://127.0.0.1:" + server.port() + "/ping");
    }

    private static Secret pem(KeyStore store) throws Exception {
        return new Secret(Certificates.certificatePem(store));
    }

    private static TlsConfig tls(List<String> versions, List<String> suites, boolean byHost) {
        try {
            return new TlsConfig(
                    false,
                    false,
                    null,
                    pem(server),
                    null,
                    null,
                    null,
                    null,
                    null,
                    "1.2",
                    null,
                    versions,
                    suites,
                    byHost);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> problems(TlsConfig config) {
        Problems problems = new Problems();
        config.validate(problems);
        return problems.all().stream()
                .map(problem -> problem.path() + " " + problem.text())
                .toList();
    }
}
