package tscollector.app.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.Surroundings;

/** Certificates, keys, versions and cipher suites of an instance (id H4). */
final class TlsOptions {
    private static final Map<String, String> VERSIONS = Map.of("TLSv1.2", "1.2", "TLSv1.3", "1.3");

    private final Options options;
    private final Surroundings surroundings;

    TlsOptions(Options options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
    }

    /** The section {@code tls}; empty where nothing differs from the default. */
    Map<String, @Nullable Object> settings() {
        Map<String, @Nullable Object> tls = new LinkedHashMap<>();
        if (!options.bool("tls_verify", true)) {
            tls.put("insecure_skip_verify", true);
        }
        others(tls);
        String authority = file("tls_ca_cert", true);
        if (authority != null) {
            tls.put("ca_file", authority);
        }
        clientCertificate(tls);
        List<String> versions = versions();
        if (!versions.isEmpty()) {
            tls.put("allowed_versions", versions);
        }
        List<String> suites = suites();
        if (!suites.isEmpty()) {
            tls.put("cipher_suites", suites);
        }
        if (options.bool("tls_use_host_header", false)) {
            if (hasHostHeader("headers") || hasHostHeader("extra_headers")) {
                tls.put("server_name_from_host_header", true);
            } else {
                options.remark("tls_use_host_header", "has no effect without a header Host");
            }
        }
        return tls;
    }

    /** What the check has no entry for in its example, but reads. */
    private void others(Map<String, @Nullable Object> tls) {
        if (!options.bool("tls_validate_hostname", true) && !tls.containsKey("insecure_skip_verify")) {
            options.remark(
                    "tls_validate_hostname",
                    "differs: here the name in the certificate is always verified, unless tls_verify is false");
        }
        if (options.raw("tls_private_key_password") != null) {
            options.remark(
                    "tls_private_key_password", "is not carried; decrypt the key, for instance with openssl pkey");
        }
        if (options.raw("tls_intermediate_ca_certs") != null) {
            options.remark("tls_intermediate_ca_certs", "is not carried; put them into the file of tls_ca_cert");
        }
    }

    private boolean hasHostHeader(String option) {
        Options headers = options.section(option);
        return headers != null && headers.keys().stream().anyMatch("Host"::equalsIgnoreCase);
    }

    private void clientCertificate(Map<String, @Nullable Object> tls) {
        String certificate = file("tls_cert", false);
        String key = file("tls_private_key", false);
        if (certificate == null) {
            if (key != null) {
                options.remark("tls_private_key", "has no effect without tls_cert");
            }
            return;
        }
        tls.put("cert_file", certificate);
        if (key != null) {
            tls.put("key_file", key);
        }
    }

    private @Nullable String file(String option, boolean orFolder) {
        String path = options.text(option);
        if (path == null || path.isEmpty()) {
            return null;
        }
        String home = surroundings.variable("HOME");
        if (path.startsWith("~/") && home != null) {
            path = home + path.substring(1);
        }
        String obstacle = Templates.isTemplate(path) ? null : surroundings.obstacle(path);
        if (obstacle != null && !(orFolder && obstacle.equals("is a folder"))) {
            throw options.refuse(option, "names a file that " + obstacle);
        }
        return path;
    }

    private List<String> versions() {
        List<String> versions = new ArrayList<>();
        List<String> written = options.texts("tls_protocols_allowed");
        if (written == null) {
            return versions;
        }
        for (String name : written) {
            String version = VERSIONS.get(name);
            if (version == null) {
                options.remark(
                        "tls_protocols_allowed[" + written.indexOf(name) + "]",
                        "is neither TLSv1.2 nor TLSv1.3; it is left out, as the check does");
            } else if (!versions.contains(version)) {
                versions.add(version);
            }
        }
        options.remark(
                "tls_protocols_allowed",
                "differs: here it bounds every connection; the check uses it only to fetch missing certificates");
        return versions;
    }

    private List<String> suites() {
        List<String> suites = new ArrayList<>();
        Object raw = options.raw("tls_ciphers");
        List<String> lists = raw instanceof String text ? List.of(text) : options.texts("tls_ciphers");
        if (lists == null) {
            return suites;
        }
        List<String> written = lists.stream()
                .flatMap(list -> Stream.of(list.split("[:, ]+")))
                .filter(name -> !name.isEmpty())
                .toList();
        if (written.contains("ALL") || written.equals(List.of("DEFAULT"))) {
            return suites;
        }
        if (written.stream().anyMatch(CipherNames::isExpression)) {
            options.remark(
                    "tls_ciphers",
                    "has an expression of OpenSSL such as HIGH or !aNULL, which has no equal here; all suites that Java allows are used");
            return suites;
        }
        for (int i = 0; i < written.size(); i++) {
            String suite = CipherNames.iana(written.get(i));
            if (suite == null) {
                options.remark(
                        "tls_ciphers[" + i + "]",
                        "is not the OpenSSL name of a cipher suite that Java knows; it is left out");
            } else if (!suites.contains(suite)) {
                suites.add(suite);
            }
        }
        if (suites.isEmpty() && !written.isEmpty()) {
            throw options.refuse("tls_ciphers", "has no cipher suite that Java knows");
        }
        if (!suites.isEmpty()) {
            // OpenSSL's list speaks of TLS 1.2 and below; those of TLS 1.3 stay allowed whatever it says
            suites.removeAll(CipherNames.TLS_1_3);
            suites.addAll(0, CipherNames.TLS_1_3);
        }
        return suites;
    }
}
