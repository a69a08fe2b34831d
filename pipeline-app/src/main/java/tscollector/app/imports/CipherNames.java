package tscollector.app.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cipher suites of OpenSSL 3 and Java 17 that both can use for TLS 1.2, by OpenSSL's name, and TLS 1.3's, which have one name.
 *
 * @see <a href="https://docs.openssl.org/3.0/man1/openssl-ciphers/">OpenSSL: ciphers</a>
 */
final class CipherNames {
    /** All of TLS 1.3 that OpenSSL and Java both have, best first. */
    static final List<String> TLS_1_3 =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");

    private static final Map<String, String> IANA = new LinkedHashMap<>();
    /** Signs and words of OpenSSL's cipher lists that stand for many suites. */
    private static final Pattern EXPRESSION = Pattern.compile(
            "[!@-].*|.*\\+.*|DEFAULT|COMPLEMENTOF.*|HIGH|MEDIUM|LOW|SUITEB.*|TLSv1(\\.[0-9])?|SSLv3|FIPS"
                    + "|a[A-Z0-9]+|k[A-Z0-9]+|(EC)?DHE?|EDH|EECDH|RSA|PSK|SRP|AES(128|256|GCM|CCM8?)?|CHACHA20|SHA(1|256|384)?");

    static {
        for (String same : TLS_1_3) {
            IANA.put(same, same);
        }
        for (String exchange : new String[] {"ECDHE-ECDSA", "ECDHE-RSA", "DHE-RSA", "DHE-DSS", ""}) {
            for (String bits : new String[] {"128", "256"}) {
                add(
                        exchange,
                        "AES" + bits + "-GCM-SHA" + (bits.equals("128") ? "256" : "384"),
                        "AES_" + bits + "_GCM_SHA" + (bits.equals("128") ? "256" : "384"));
                add(exchange, "AES" + bits + "-SHA", "AES_" + bits + "_CBC_SHA");
                boolean longer = exchange.startsWith("ECDHE") && bits.equals("256");
                add(
                        exchange,
                        "AES" + bits + (longer ? "-SHA384" : "-SHA256"),
                        "AES_" + bits + "_CBC_SHA" + (longer ? "384" : "256"));
            }
        }
        for (String exchange : new String[] {"ECDHE-ECDSA", "ECDHE-RSA", "DHE-RSA"}) {
            add(exchange, "CHACHA20-POLY1305", "CHACHA20_POLY1305_SHA256");
        }
    }

    private CipherNames() {}

    private static void add(String exchange, String openSsl, String iana) {
        String name = exchange.isEmpty() ? openSsl : exchange + "-" + openSsl;
        String prefix = exchange.isEmpty() ? "RSA" : exchange.replace('-', '_');
        IANA.put(name, "TLS_" + prefix + "_WITH_" + iana);
    }

    /** Whether a name stands for many suites. */
    static boolean isExpression(String name) {
        return EXPRESSION.matcher(name).matches();
    }

    /** The name that Java uses, or null where there is none. */
    static @Nullable String iana(String openSsl) {
        return IANA.containsValue(openSsl) ? openSsl : IANA.get(openSsl);
    }
}
