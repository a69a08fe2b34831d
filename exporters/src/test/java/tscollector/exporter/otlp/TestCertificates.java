package tscollector.exporter.otlp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Certificates made for one test run by the JDK's keytool: none that could expire, no key in the repository. */
final class TestCertificates {
    private static final String PASSWORD = "test-only";

    private final Path folder;

    TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** A self-signed certificate and key as PEM files: {@code name.crt}, {@code name.key}. */
    Pair make(String name, String subjectAlternativeName) throws IOException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subjectAlternativeName,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Certificate certificate = keys.getCertificate(name);
        Key key = keys.getKey(name, PASSWORD.toCharArray());
        return new Pair(
                store, pem("CERTIFICATE", certificate.getEncoded()), pem("PRIVATE KEY", key.getEncoded()), certificate);
    }

    /** A certificate with its key. */
    record Pair(Path store, String certificatePem, String keyPem, Certificate certificate) {
        SslContextFactory.Server server() {
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setKeyStorePath(store.toString());
            tls.setKeyStorePassword(PASSWORD);
            return tls;
        }

        /** A server that wants a certificate it knows. */
        SslContextFactory.Server serverFor(Pair client) throws IOException, GeneralSecurityException {
            SslContextFactory.Server tls = server();
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("client", client.certificate());
            tls.setTrustStore(trusted);
            tls.setNeedClientAuth(true);
            return tls;
        }
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
