package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tscollector.component.StartException;
import tscollector.config.Secret;

@Timeout(60)
class TlsTest {
    @TempDir
    static Path folder;

    private static KeyStore server;
    private static KeyStore client;
    private static KeyStore authority;
    private static KeyStore expired;

    @BeforeAll
    static void makeCertificates() throws Exception {
        Certificates certificates = new Certificates(folder);
        server = certificates.make("server", "RSA", "dns:torchserve.test,ip:127.0.0.1");
        client = certificates.make("client", "EC", "dns:client");
        authority = certificates.make("authority", "EC", "dns:ca", "-ext", "bc:c");
        expired = certificates.make("expired", "EC", "ip:127.0.0.1");
        certificates.sign("authority", "expired", "ip:127.0.0.1", "-startdate", "-20d", "-validity", "10");
        expired = certificates.load("expired");
    }

    @Test
    void trustsTheCertificatesOfAFileAndReusesTheConnection() throws Exception {
        Path ca = Files.writeString(folder.resolve("ca.pem"), "# our CA\n" + pem(server) + pem(client));
        try (RawServer https = serve(server, null);
                Calls calls = new Calls().tls(trusting(ca.toString(), null))) {
            assertThat(calls.body(uri(https, "127.0.0.1"))).isEqualTo("safe");
            assertThat(calls.body(uri(https, "127.0.0.1"))).isEqualTo("safe");
            assertThat(https.openConnections()).isEqualTo(1);
        }
    }

    @Test
    void speaksTheOnlyTlsThatTorchServeSpeaks() throws Exception {
        try (RawServer https = serve(server, null, "TLSv1.2");
                Calls calls = new Calls().tls(trusting(null, pem(server)))) {
            assertThat(calls.body(uri(https, "127.0.0.1"))).isEqualTo("safe");
        }
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws Exception {
        try (RawServer https = serve(server, null);
                Calls calls = new Calls()) {
            assertTlsFailure(calls, uri(https, "127.0.0.1"), "the certificate is not trusted");
            assertThat(https.requests()).isEmpty();
        }
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        try (RawServer https = serve(client, null);
                Calls calls = new Calls().tls(trusting(null, pem(client)))) {
            assertTlsFailure(calls, uri(https, "127.0.0.1"), "the certificate is for another name");
        }
    }

    @Test
    void refusesACertificateThatHasExpired() throws Exception {
        try (RawServer https = serve(expired, null);
                Calls calls = new Calls().tls(trusting(null, pem(authority)))) {
            assertTlsFailure(calls, uri(https, "127.0.0.1"), "the certificate has expired");
        }
    }

    @Test
    void acceptsAnythingWhenToldTo() throws Exception {
        try (RawServer https = serve(client, null);
                Calls calls = new Calls().tls(tls(true, null, null, null, null, null, "1.2", null))) {
            assertThat(calls.body(uri(https, "127.0.0.1"))).isEqualTo("safe");
        }
    }

    @Test
    void asksForAndVerifiesTheOverridingName() throws Exception {
        try (RawServer https = serve(server, null);
                Calls right =
                        new Calls().tls(tls(false, null, pem(server), null, null, "torchserve.test", "1.2", null));
                Calls wrong = new Calls().tls(tls(false, null, pem(server), null, null, "other.test", "1.2", null))) {
            assertThat(right.body(uri(https, "127.0.0.1"))).isEqualTo("safe");
            assertTlsFailure(wrong, uri(https, "127.0.0.1"), "the certificate is for another name");
        }
    }

    @Test
    void showsTheClientsCertificate() throws Exception {
        try (RawServer https = serve(server, client);
                Calls with = new Calls()
                        .tls(tls(
                                false,
                                null,
                                pem(server),
                                pem(client),
                                Certificates.keyPem(client),
                                null,
                                "1.2",
                                null));
                Calls without = new Calls().tls(trusting(null, pem(server)))) {
            assertThat(with.body(uri(https, "127.0.0.1"))).isEqualTo("safe");
            HttpFailure failure = without.failure(uri(https, "127.0.0.1"));
            assertThat(failure.type())
                    .isIn(
                            HttpFailure.Type.TLS_FAILED,
                            HttpFailure.Type.CONNECTION_RESET); // TLS 1.3 tells after the handshake
        }
    }

    @Test
    void keepsToTheVersionsAllowed() throws Exception {
        try (RawServer old = serve(server, null, "TLSv1.2");
                RawServer latest = serve(server, null, "TLSv1.3");
                Calls only13 = new Calls().tls(tls(false, null, pem(server), null, null, null, "1.3", null));
                Calls only12 = new Calls().tls(tls(false, null, pem(server), null, null, null, "1.2", "1.2"))) {
            assertThat(only13.body(uri(latest, "127.0.0.1"))).isEqualTo("safe");
            assertThat(only12.body(uri(old, "127.0.0.1"))).isEqualTo("safe");
            assertTlsFailure(only13, uri(old, "127.0.0.1"), "the server refused the handshake");
            assertTlsFailure(only12, uri(latest, "127.0.0.1"), "the server refused the handshake");
        }
    }

    @Test
    void saysWhenThePortSpeaksNoTls() throws Exception {
        try (ServerSocket listener = RawServer.plain();
                Calls calls = new Calls()) {
            CompletableFuture<Void> plain = CompletableFuture.runAsync(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getInputStream().read(new byte[100]);
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // the client left
                }
            });
            URI uri = URI.create("https://127.0.0.1:" + listener.getLocalPort());

            assertTlsFailure(calls, uri, "the server does not speak TLS on this port");
            plain.join();
        }
    }

    @Test
    void endsAHandshakeThatStalls() throws Exception {
        try (ServerSocket mute = RawServer.plain();
                Calls calls = new Calls()) {
            HttpFailure failure =
                    calls.failure(URI.create("https://127.0.0.1:" + mute.getLocalPort()), Duration.ofMillis(300));

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.CONNECT_TIMEOUT);
        }
    }

    @Test
    void readsKeysInEveryFormThatOpensslWrites() throws Exception {
        byte[] rsa = Certificates.key(server).getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(rsa, 26, rsa.length); // what PKCS#8 wraps for 2048 bits and more
        assertThat(Pem.privateKey("key_file", Certificates.pem("PRIVATE KEY", rsa)))
                .isEqualTo(Certificates.key(server));
        assertThat(Pem.privateKey("key_file", Certificates.pem("RSA PRIVATE KEY", pkcs1)))
                .isInstanceOf(RSAPrivateCrtKey.class)
                .isEqualTo(Certificates.key(server));
        String sec1 =
                Certificates.pem("EC PRIVATE KEY", sec1(Certificates.key(client).getEncoded()));
        assertThat(((ECPrivateKey) Pem.privateKey("key_file", sec1)).getS())
                .isEqualTo(((ECPrivateKey) Certificates.key(client)).getS());
        assertThat(Pem.privateKey("key_file", pem(client) + Certificates.keyPem(client)))
                .isEqualTo(Certificates.key(client));
    }

    @Test
    void saysWhatIsWrongWithAKeyWithoutQuotingIt() {
        assertPemFailure("", "key_file holds no private key in PEM form");
        assertPemFailure(
                Certificates.pem("ENCRYPTED PRIVATE KEY", new byte[9]),
                "key_file holds an encrypted key; decrypt it, for instance with openssl pkey");
        assertPemFailure(
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nabcd\n-----END RSA PRIVATE KEY-----",
                "key_file holds an encrypted key; decrypt it, for instance with openssl pkey");
        assertPemFailure(
                Certificates.pem("PRIVATE KEY", new byte[99]), "key_file holds a private key that cannot be read");
        assertPemFailure(
                Certificates.pem("EC PRIVATE KEY", new byte[] {0x30, 0x03, 0x02, 0x01, 0x01}),
                "key_file holds an EC key that does not name its curve; convert it to PKCS#8");
        assertPemFailure(
                Certificates.pem("EC PRIVATE KEY", new byte[0]),
                "key_file holds an EC key that does not name its curve; convert it to PKCS#8");
        assertPemFailure(
                Certificates.pem("DSA PRIVATE KEY", new byte[9]),
                "key_file holds a key of a kind that is not supported: DSA PRIVATE KEY");
    }

    @Test
    void saysWhatIsWrongWithTheSettings() throws Exception {
        assertSettingsFail(trusting(folder.resolve("gone").toString(), null), "cannot read tls.ca_file: ");
        assertSettingsFail(trusting(null, "no pem"), "tls.ca_file holds no certificate in PEM form");
        assertSettingsFail(
                trusting(null, Certificates.pem("CERTIFICATE", new byte[9])),
                "tls.ca_file holds a certificate that cannot be read");
        assertSettingsFail(
                tls(false, null, null, pem(client), Certificates.keyPem(server), null, "1.2", null),
                "tls.key_file has a key of another kind (RSA) than the certificate in tls.cert_file");
        assertSettingsFail(
                tls(false, null, null, null, null, null, "1.3", "1.2"),
                "tls.min_version must not be above tls.max_version");
    }

    private static void assertTlsFailure(Calls calls, URI uri, String reason) {
        HttpFailure failure = calls.failure(uri);
        assertThat(failure.type()).as(failure.getMessage()).isEqualTo(HttpFailure.Type.TLS_FAILED);
        assertThat(failure.getMessage()).contains("TLS with https://127.0.0.1:", reason);
    }

    private static void assertPemFailure(String text, String message) {
        assertThatThrownBy(() -> Pem.privateKey("key_file", text))
                .isInstanceOf(StartException.class)
                .hasMessage(message);
    }

    private static void assertSettingsFail(TlsConfig config, String message) {
        assertThatThrownBy(() -> TlsContexts.of(config))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(message);
    }

    /** PKCS#8 of an EC key holds SEC 1 without the curve; openssl's own form has it, so it is put in. */
    private static byte[] sec1(byte[] pkcs8) {
        byte[] curve = Arrays.copyOfRange(pkcs8, 16, 16 + 2 + pkcs8[17]); // after version and id-ecPublicKey
        int start = 16 + curve.length + 2;
        int content = start + 2;
        byte[] fields = Arrays.copyOfRange(pkcs8, content, content + pkcs8[start + 1]);
        int privateKeyEnd = 3 + 2 + fields[4];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x30);
        out.write(fields.length + 2 + curve.length);
        out.write(fields, 0, privateKeyEnd);
        out.write(0xa0);
        out.write(curve.length);
        out.writeBytes(curve);
        out.write(fields, privateKeyEnd, fields.length - privateKeyEnd);
        return out.toByteArray();
    }

    private static RawServer serve(KeyStore certificate, KeyStore clients, String... protocols) {
        return RawServer.start(Certificates.listener(certificate, clients, protocols), (request, to) -> to.ok("safe"));
    }

    private static URI uri(RawServer server, String host) {
        return URI.create("https://" + host + ":" + server.port() + "/ping");
    }

    private static String pem(KeyStore store) throws Exception {
        return Certificates.certificatePem(store);
    }

    private static TlsConfig trusting(String caFile, String caPem) {
        return tls(false, caFile, caPem, null, null, null, "1.2", null);
    }

    private static TlsConfig tls(
            boolean skip, String caFile, String caPem, String cert, String key, String name, String min, String max) {
        return new TlsConfig(
                false,
                skip,
                caFile,
                caPem == null ? null : new Secret(caPem),
                null,
                cert == null ? null : new Secret(cert),
                null,
                key == null ? null : new Secret(key),
                name,
                min,
                max);
    }
}
