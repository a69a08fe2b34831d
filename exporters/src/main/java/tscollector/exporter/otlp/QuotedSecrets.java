package tscollector.exporter.otlp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import okhttp3.Headers;

/**
 * What a request had in its headers and no log may have: backends and gateways like to quote a header that they refuse. Blanks it out
 * with as many asterisks, so that it can be done before an answer is parsed and cut. Whoever quotes may have changed the case.
 */
final class QuotedSecrets {
    /** Below this length there is no secret, but many a common word. */
    private static final int SHORTEST = 8;

    private static final Set<String> HARMLESS = Set.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "grpc-accept-encoding",
            "grpc-encoding",
            "host",
            "te",
            "user-agent",
            DatadogPreset.METRIC_CONFIG);

    private final List<Pattern> secrets = new ArrayList<>();

    /** Of the request with these headers. */
    QuotedSecrets(Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            if (!HARMLESS.contains(headers.name(i).toLowerCase(Locale.ROOT))) {
                String value = headers.value(i);
                add(value);
                add(value.substring(value.indexOf(' ') + 1)); // without Bearer or Basic
            }
        }
    }

    private void add(String secret) {
        if (secret.length() >= SHORTEST) {
            secrets.add(Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE));
        }
    }

    String blankedOut(String text) {
        String rest = text;
        for (Pattern secret : secrets) {
            rest = secret.matcher(rest).replaceAll(QuotedSecrets::asterisks);
        }
        return rest;
    }

    /** The same bytes if there is nothing to blank out. */
    byte[] blankedOut(byte[] body) {
        if (body.length < SHORTEST) {
            return body;
        }
        String text = new String(body, StandardCharsets.ISO_8859_1); // a byte a character
        String rest = blankedOut(text);
        return rest.equals(text) ? body : rest.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String asterisks(MatchResult found) {
        return "*".repeat(found.end() - found.start());
    }
}
