package tscollector.kit.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;

/** TLS of a client; keys and defaults are the Collector's. Files that are not there are mistakes even when TLS is not used. */
public record TlsConfig(
        @Setting(doc = "For gRPC: no TLS at all.") boolean insecure,

        @Setting(
                doc =
                        "Accept any certificate. Only for tests: whoever stands in between can read and change everything.")
        boolean insecureSkipVerify,

        @Setting(
                doc =
                        "PEM file with the certificates to trust, or a folder of such files; absent: those of the Java runtime.",
                format = Setting.Format.EXISTING_PATH)
        @Nullable
        String caFile,

        @Setting(doc = "PEM text with the certificates to trust.") @Nullable
        Secret caPem,

        @Setting(
                doc = "PEM file with the client's certificate chain; the key may stand in it, too.",
                format = Setting.Format.EXISTING_FILE)
        @Nullable
        String certFile,

        @Setting(doc = "PEM text with the client's certificate chain; the key may stand in it, too.") @Nullable
        Secret certPem,

        @Setting(
                doc = "PEM file with the client's private key (PKCS#8 or PKCS#1, not encrypted).",
                format = Setting.Format.EXISTING_FILE)
        @Nullable
        String keyFile,

        @Setting(doc = "PEM text with the client's private key.") @Nullable
        Secret keyPem,

        @Setting(doc = "Name to ask for and to verify instead of the address's host.") @Nullable
        String serverNameOverride,

        @Setting(doc = "Least TLS version: 1.2 or 1.3.") String minVersion,

        @Setting(doc = "Greatest TLS version: 1.2 or 1.3; absent: the newest.") @Nullable
        String maxVersion,

        @Setting(
                doc =
                        "The TLS versions allowed, of those that min_version and max_version leave: 1.2, 1.3. Empty: all of them.",
                example = "['1.2']")
        List<String> allowedVersions,

        @Setting(
                doc =
                        "The cipher suites allowed, by their IANA names; those of TLS 1.3 have names of their own. Empty: what the Java runtime prefers.",
                example = "[TLS_AES_256_GCM_SHA384, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]")
        List<String> cipherSuites,

        @Setting(
                doc =
                        "Ask for, and verify, the name in the Host header that headers sets, instead of the address's host.")
        boolean serverNameFromHostHeader)
        implements Config {

    public TlsConfig {
        allowedVersions = List.copyOf(allowedVersions);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** With every version and cipher suite that the others leave. */
    public TlsConfig(
            boolean insecure,
            boolean insecureSkipVerify,
            @Nullable String caFile,
            @Nullable Secret caPem,
            @Nullable String certFile,
            @Nullable Secret certPem,
            @Nullable String keyFile,
            @Nullable Secret keyPem,
            @Nullable String serverNameOverride,
            String minVersion,
            @Nullable String maxVersion) {
        this(
                insecure,
                insecureSkipVerify,
                caFile,
                caPem,
                certFile,
                certPem,
                keyFile,
                keyPem,
                serverNameOverride,
                minVersion,
                maxVersion,
                List.of(),
                List.of(),
                false);
    }

    public static TlsConfig defaults() {
        return new TlsConfig(false, false, null, null, null, null, null, null, null, "1.2", null);
    }

    @Override
    public void validate(Problems problems) {
        problems.check("min_version", isVersion(minVersion), "must be \"1.2\" or \"1.3\"");
        problems.check("max_version", maxVersion == null || isVersion(maxVersion), "must be \"1.2\" or \"1.3\"");
        problems.check("ca_pem", caFile == null || caPem == null, "and ca_file exclude each other");
        problems.check("cert_pem", certFile == null || certPem == null, "and cert_file exclude each other");
        problems.check("key_pem", keyFile == null || keyPem == null, "and key_file exclude each other");
        boolean hasCertificate = certFile != null || certPem != null;
        boolean hasKey = keyFile != null || keyPem != null;
        boolean keyIsMissing = certPem != null && !certPem.reveal().contains("PRIVATE KEY-----");
        if (hasCertificate ? !hasKey && keyIsMissing : hasKey) {
            problems.add("", "needs both a client certificate (cert_file) and its key (key_file), or neither");
        }
        for (int i = 0; i < allowedVersions.size(); i++) {
            problems.check(
                    "allowed_versions[" + i + "]", isVersion(allowedVersions.get(i)), "must be \"1.2\" or \"1.3\"");
        }
        for (int i = 0; i < cipherSuites.size(); i++) {
            String fault = CipherSuites.fault(cipherSuites.get(i));
            problems.check("cipher_suites[" + i + "]", fault == null, String.valueOf(fault));
        }
        if (serverNameOverride != null && serverNameFromHostHeader) {
            problems.add("server_name_from_host_header", "and server_name_override exclude each other");
        }
    }

    private static boolean isVersion(String version) {
        return version.equals("1.2") || version.equals("1.3");
    }
}
