package tscollector.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parsed request.
 *
 * @param method the first word
 * @param target the second word, as sent
 * @param headers values by name in lower case
 * @param malformed no readable HTTP: answered 400 whatever the target
 * @param tooLarge the announced body is over the server's limit and was not read
 */
record Request(String method, String target, Map<String, List<String>> headers, boolean malformed, boolean tooLarge) {

    /** Path without query, as sent. */
    String rawPath() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The decoded path, cut at '/'; the first segment is empty. "/" has none, a trailing slash adds none. */
    List<String> segments() {
        String path = decode(rawPath().replace("+", "%2B"));
        List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
        while (!segments.isEmpty() && segments.get(segments.size() - 1).isEmpty()) {
            segments.remove(segments.size() - 1);
        }
        return segments;
    }

    /** Parameters of the query by name, decoded. */
    Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int query = target.indexOf('?');
        if (query >= 0) {
            for (String pair : target.substring(query + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                if (!name.isEmpty()) {
                    parameters
                            .computeIfAbsent(name, absent -> new ArrayList<>())
                            .add(value);
                }
            }
        }
        return parameters;
    }

    @Nullable
    String parameter(String name) {
        List<String> values = parameters().get(name);
        return values == null ? null : values.get(0);
    }

    /** A whole number of the query; the fallback when absent or no number. */
    int parameter(String name, int fallback) {
        String value = parameter(name);
        try {
            return value == null ? fallback : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return fallback;
        }
    }

    boolean flag(String name, boolean fallback) {
        String value = parameter(name);
        return value == null ? fallback : Boolean.parseBoolean(value);
    }

    @Nullable
    String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    /** Whether the text stands anywhere in the request's head. */
    boolean mentions(String text) {
        return target.contains(text)
                || headers.values().stream().flatMap(List::stream).anyMatch(value -> value.contains(text));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
