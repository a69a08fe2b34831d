package tscollector.exporter.sdk;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tscollector.config.Secret;

/**
 * The setting {@code properties} as the SDK's providers read it: names are those of system properties, in any case and with
 * {@code -} for {@code .}. Nothing comes from the environment. Messages name the property, never its value.
 */
final class GivenProperties implements ConfigProperties {
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)?");

    private final Map<String, String> values = new TreeMap<>();

    GivenProperties(Map<String, Secret> properties) {
        properties.forEach((name, value) -> values.put(normalized(name), value.reveal()));
    }

    @Override
    public @Nullable String getString(String name) {
        String value = values.get(normalized(name));
        return value == null || value.isEmpty() ? null : value;
    }

    @Override
    public @Nullable Boolean getBoolean(String name) {
        String value = getString(name);
        return value == null ? null : Boolean.valueOf(value.strip());
    }

    @Override
    public @Nullable Integer getInt(String name) {
        return read(name, "a whole number", Integer::valueOf);
    }

    @Override
    public @Nullable Long getLong(String name) {
        return read(name, "a whole number", Long::valueOf);
    }

    @Override
    public @Nullable Double getDouble(String name) {
        return read(name, "a number", Double::valueOf);
    }

    @Override
    public @Nullable Duration getDuration(String name) {
        return read(name, "a time such as 500ms or 10s", GivenProperties::duration);
    }

    @Override
    public List<String> getList(String name) {
        String value = getString(name);
        return value == null ? List.of() : entries(value).toList();
    }

    @Override
    public Map<String, String> getMap(String name) {
        String value = getString(name);
        Map<String, String> map = new LinkedHashMap<>();
        for (String entry : value == null ? List.<String>of() : entries(value).toList()) {
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw wrong(name, "a list of name=value", null);
            }
            map.put(
                    entry.substring(0, equals).strip(),
                    entry.substring(equals + 1).strip());
        }
        return map;
    }

    private <T> @Nullable T read(String name, String expected, Function<String, T> reader) {
        String value = getString(name);
        try {
            return value == null ? null : reader.apply(value.strip());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(name, expected, e);
        }
    }

    private static ConfigurationException wrong(String name, String expected, @Nullable Exception cause) {
        return new ConfigurationException("the property " + name + " must be " + expected, cause);
    }

    private static Stream<String> entries(String value) {
        return Stream.of(value.split(",")).map(String::strip).filter(entry -> !entry.isEmpty());
    }

    /** A number without unit has milliseconds, as the SDK's own properties do. */
    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no duration");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMillis(number);
        };
    }

    private static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '.');
    }
}
