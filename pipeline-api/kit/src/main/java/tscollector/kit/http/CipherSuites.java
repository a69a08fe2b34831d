package tscollector.kit.http;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.Nearest;

/** The cipher suites that this Java runtime can use, by their IANA names. */
final class CipherSuites {
    private static final String NEWEST = "TLSv1.3";

    private CipherSuites() {}

    /** What is wrong with a name, or null if a connection can use it. */
    static @Nullable String fault(String name) {
        List<String> known = known();
        if (known.contains(name)) {
            return null;
        }
        boolean openssl = name.indexOf('-') >= 0 && name.indexOf('_') < 0;
        return "names no cipher suite that this Java runtime can use"
                + (openssl ? "; names are IANA's, such as TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" : "")
                + Nearest.suggestion(name.toUpperCase(Locale.ROOT), known);
    }

    /** Whether a suite belongs to that version; those of TLS 1.3 name no key exchange (RFC 8446 B.4). */
    static boolean fits(String name, String protocol) {
        return name.contains("_WITH_") != protocol.equals(NEWEST);
    }

    private static List<String> known() {
        try {
            return List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }
}
