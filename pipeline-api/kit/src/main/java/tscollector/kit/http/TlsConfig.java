package tscollector.kit.http;

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
                doc = "PEM file with the certificates to trust; absent: those of the Java runtime.",
                format = Setting.Format.EXISTING_FILE)
        @Nullable
        String caFile,

        @Setting(doc = "PEM text with the certificates to trust.") @Nullable
        Secret caPem,

        @Setting(doc = "PEM file with the client's certificate chain.", format = Setting.Format.EXISTING_FILE) @Nullable
        String certFile,

        @Setting(doc = "PEM text with the client's certificate chain.") @Nullable
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
        String maxVersion)
        implements Config {

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
        if (hasCertificate != hasKey) {
            problems.add("", "needs both a client certificate (cert_file) and its key (key_file), or neither");
        }
    }

    private static boolean isVersion(String version) {
        return version.equals("1.2") || version.equals("1.3");
    }
}
