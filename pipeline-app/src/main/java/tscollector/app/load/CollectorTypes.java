package tscollector.app.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tscollector.component.Kind;

/**
 * Component types of the OpenTelemetry Collector that users bring along and that are not here, with what to use instead. From
 * the resource {@code collector-types.txt}: {@code kind type[, type]: advice} a line.
 */
final class CollectorTypes {
    private static final Map<String, String> ADVICE = read();

    private CollectorTypes() {}

    /** What to use instead, or null if the Collector has no such type that we know of. */
    static @Nullable String advice(Kind kind, String type) {
        return ADVICE.get(kind.word() + " " + type);
    }

    private static Map<String, String> read() {
        try (InputStream in = CollectorTypes.class.getResourceAsStream("collector-types.txt")) {
            if (in == null) {
                throw new IllegalStateException("the resource collector-types.txt is missing");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(CollectorTypes::entries)
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Map.Entry<String, String>> entries(String line) {
        int space = line.indexOf(' ');
        int colon = line.indexOf(": ");
        String kind = line.substring(0, space);
        return Arrays.stream(line.substring(space + 1, colon).split(", ", -1))
                .map(type -> Map.entry(kind + " " + type, line.substring(colon + 2)));
    }
}
