package tscollector.kit.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import tscollector.component.StartException;
import tscollector.config.Secret;

/**
 * What TLS settings come to: for our own client, and for libraries that take a context and a trust manager. The files are read
 * once. Immutable.
 */
public final class TlsContexts {
    private static final List<String> VERSIONS = List.of("1.2", "1.3");
    /** A folder of all public authorities has a quarter of a megabyte. */
    private static final long MOST_CA_BYTES = 16 << 20;

    private final SSLContext context;
    private final X509TrustManager trustManager;
    private final List<String> protocols;
    private final List<String> cipherSuites;
    private final boolean verifies;
    private final @Nullable String serverName;

    private TlsContexts(SSLContext context, X509TrustManager trustManager, TlsConfig config) {
        this.context = context;
        this.trustManager = trustManager;
        this.protocols = protocols(config);
        this.cipherSuites = config.cipherSuites();
        this.verifies = !config.insecureSkipVerify();
        this.serverName = config.serverNameOverride();
    }

    /**
     * Reads certificates and keys.
     *
     * @throws StartException that names the setting and what is wrong with the file
     */
    public static TlsContexts of(TlsConfig config) throws StartException {
        checkVersions(config);
        X509TrustManager trust = config.insecureSkipVerify()
                ? new TrustsAnyone()
                : trustManager(text("tls.ca_file", config.caFile(), config.caPem()));
        String certificates = text("tls.cert_file", config.certFile(), config.certPem());
        String key = text("tls.key_file", config.keyFile(), config.keyPem());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    certificates == null ? null : keyManagers(certificates, key), new TrustManager[] {trust}, null);
            return new TlsContexts(context, trust, config);
        } catch (GeneralSecurityException e) {
            throw new StartException("cannot use the TLS settings: " + e.getMessage(), e);
        }
    }

    /** The context, with the client's certificate if there is one. */
    public SSLContext context() {
        return context;
    }

    /** Who is trusted. */
    public X509TrustManager trustManager() {
        return trustManager;
    }

    /** The versions allowed, in the JDK's words: {@code TLSv1.2}, {@code TLSv1.3}; never empty. */
    public List<String> protocols() {
        return protocols;
    }

    /** The cipher suites allowed, by IANA names; empty: those that the Java runtime prefers. */
    public List<String> cipherSuites() {
        return cipherSuites;
    }

    /** Whether certificates, and the names in them, are checked. */
    public boolean verifies() {
        return verifies;
    }

    /** The name to ask for and to check instead of the address's host, or null. */
    public @Nullable String serverName() {
        return serverName;
    }

    private static void checkVersions(TlsConfig config) throws StartException {
        List<String> protocols = protocols(config);
        if (protocols.isEmpty()) {
            throw new StartException(
                    config.allowedVersions().isEmpty()
                            ? "tls.min_version must not be above tls.max_version"
                            : "tls.min_version and tls.max_version leave none of tls.allowed_versions");
        }
        List<String> suites = config.cipherSuites();
        boolean oneFits = suites.stream()
                .anyMatch(suite -> protocols.stream().anyMatch(protocol -> CipherSuites.fits(suite, protocol)));
        if (!suites.isEmpty() && !oneFits) {
            throw new StartException("tls.cipher_suites has no suite for " + String.join(" and ", protocols));
        }
    }

    private static List<String> protocols(TlsConfig config) {
        String max = config.maxVersion() == null ? VERSIONS.get(VERSIONS.size() - 1) : config.maxVersion();
        return VERSIONS.stream()
                .filter(version -> version.compareTo(config.minVersion()) >= 0 && version.compareTo(max) <= 0)
                .filter(version -> config.allowedVersions().isEmpty()
                        || config.allowedVersions().contains(version))
                .map(version -> "TLSv" + version)
                .toList();
    }

    private static @Nullable String text(String setting, @Nullable String file, @Nullable Secret pem)
            throws StartException {
        if (file == null) {
            return pem == null ? null : pem.reveal();
        }
        try {
            Path path = Path.of(file);
            return Files.isDirectory(path) ? folder(path) : Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new StartException("cannot read " + setting + ": " + file, e);
        }
    }

    /** All files of a folder; links by hashed names, as OpenSSL wants them, lead to the same certificates again. */
    private static String folder(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        Set<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path entry : entries) {
                files.add(entry.toRealPath());
            }
        }
        for (Path file : files) {
            if (all.length() + Files.size(file) > MOST_CA_BYTES) {
                throw new IOException("too large");
            }
            all.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
        }
        return all.toString();
    }

    private static X509TrustManager trustManager(@Nullable String pem) throws StartException {
        try {
            KeyStore store = null;
            if (pem != null) {
                store = emptyStore();
                int number = 0;
                for (X509Certificate certificate : Pem.certificates("tls.ca_file", pem)) {
                    store.setCertificateEntry("ca-" + number++, certificate);
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new StartException("this Java runtime cannot check X.509 certificates"));
        } catch (GeneralSecurityException e) {
            throw new StartException("cannot use the certificates in tls.ca_file: " + e.getMessage(), e);
        }
    }

    /** @param key null if it stands among the certificates */
    private static KeyManager[] keyManagers(String certificates, @Nullable String key) throws StartException {
        List<X509Certificate> chain = Pem.certificates("tls.cert_file", certificates);
        PrivateKey privateKey = key == null
                ? Pem.privateKey("tls.cert_file (there is no tls.key_file)", certificates)
                : Pem.privateKey("tls.key_file", key);
        if (!chain.get(0).getPublicKey().getAlgorithm().equals(privateKey.getAlgorithm())) {
            throw new StartException("tls.key_file has a key of another kind (" + privateKey.getAlgorithm()
                    + ") than the certificate in tls.cert_file");
        }
        try {
            KeyStore store = emptyStore();
            char[] password = new char[0];
            store.setKeyEntry("client", privateKey, password, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new StartException("cannot use tls.cert_file and tls.key_file: " + e.getMessage(), e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        return store;
    }

    /** For {@code insecure_skip_verify}. An extended one, since the JDK adds its own checks around any other. */
    private static final class TrustsAnyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
