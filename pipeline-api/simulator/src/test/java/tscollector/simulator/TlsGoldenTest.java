package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsGoldenTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static SSLContext context;
    private static TorchServeSimulator server;

    @BeforeAll
    static void start() throws Exception {
        context = context(keyStore());
        server = CapturedServers.session().tls(context).start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void answersOverTlsAsOverPlainHttp() throws IOException {
        try (RawClient client = new RawClient(server.port(Api.INFERENCE), context)) {
            Capture.assertSame(client.send("GET", "/ping"), "tls/s01-ping-tls.http");
        }
        assertThat(server.url(Api.METRICS)).hasScheme("https");
    }

    @Test
    void endsAnErrorOverTlsAfterItsWholeBody() throws IOException {
        try (RawClient client = new RawClient(server.port(Api.INFERENCE), context)) {
            Capture.assertSame(client.send("GET", "/nosuch"), "prometheus/c01-404-inference.http");
            assertThat(client.ending()).isNotEqualTo(Reply.Ending.STAYED_OPEN);
        }
    }

    @Test
    void refusesPlainHttpInClearTextAndResets() throws IOException {
        Reply reply = RawClient.sendToTheEnd(server, Api.INFERENCE, "GET", "/ping");

        Capture.assertSame(reply, "tls/s03-plain-on-tls.http");
        assertThat(reply.ending()).isEqualTo(Reply.Ending.RESET);
        Capture.assertSame(RawClient.get(server, Api.METRICS, "/metrics"), "tls/s04-plain-on-tls-metrics.http");
    }

    @Test
    void offersTls12WithTwoSuitesOnly() throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port(Api.METRICS))) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            socket.setSSLParameters(parameters);
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port(Api.METRICS))) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        }
    }

    private static KeyStore keyStore() throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }
}
