package tscollector.kit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import tscollector.config.Secret;

/** Self-signed certificates made by the JDK's keytool, and servers that use them. */
final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /** A store with one key and a certificate of its own; {@code more} are arguments of keytool. */
    KeyStore make(String name, String algorithm, String subjectAlternativeNames, String... more) throws Exception {
        keytool(
                name,
                "-genkeypair -keyalg " + algorithm + " -dname CN=" + name + " -validity 3650 -ext san="
                        + subjectAlternativeNames,
                more);
        return load(name);
    }

    /** Puts a certificate of the authority in place of the store's own. */
    void sign(String authority, String name, String subjectAlternativeNames, String... more) throws Exception {
        String request = folder.resolve(name + ".csr").toString();
        String certificate = folder.resolve(name + ".pem").toString();
        keytool(name, "-certreq -file " + request);
        keytool(
                authority,
                "-gencert -infile " + request + " -outfile " + certificate + " -rfc -ext san="
                        + subjectAlternativeNames,
                more);
        keytool(authority, "-exportcert -rfc -file " + folder.resolve("ca.crt"));
        keytool(name, "-importcert -noprompt -file " + folder.resolve("ca.crt"), "-alias", "ca");
        keytool(name, "-importcert -noprompt -file " + certificate);
    }

    KeyStore load(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private void keytool(String store, String arguments, String... more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        if (!List.of(more).contains("-alias")) {
            command.addAll(List.of("-alias", "key"));
        }
        command.addAll(List.of(more));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", "changeit", "-keystore"));
        command.add(folder.resolve(store + ".p12").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
    }

    static String certificatePem(KeyStore store) throws Exception {
        return pem("CERTIFICATE", store.getCertificate("key").getEncoded());
    }

    /** The settings of a client that trusts nothing but this certificate. */
    static TlsConfig trusting(KeyStore store) throws Exception {
        Secret pem = new Secret(certificatePem(store));
        return new TlsConfig(false, false, null, pem, null, null, null, null, null, "1.2", null);
    }

    static PrivateKey key(KeyStore store) throws Exception {
        return (PrivateKey) store.getKey("key", PASSWORD);
    }

    static String keyPem(KeyStore store) throws Exception {
        return pem("PRIVATE KEY", key(store).getEncoded());
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    /** A listener with this certificate; {@code clients} null asks them for none. */
    static SSLServerSocket listener(KeyStore server, KeyStore clients, String... protocols) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(server, PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            if (clients != null) {
                KeyStore trusted = KeyStore.getInstance("PKCS12");
                trusted.load(null, null);
                trusted.setCertificateEntry("client", clients.getCertificate("key"));
                trust.init(trusted);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), clients == null ? null : trust.getTrustManagers(), null);
            SSLServerSocket socket = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            socket.setNeedClientAuth(clients != null);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
