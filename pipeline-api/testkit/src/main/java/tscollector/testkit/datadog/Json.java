package tscollector.testkit.datadog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** JSON as plain values: String, Long, Double, Boolean, null, List and Map. Strict: no duplicate keys, nothing after the end. */
final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    static @Nullable Object parse(byte[] body) throws Refusal {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            parser.nextToken();
            Object value = value(parser);
            Refusal.unless(parser.nextToken() == null, "there is something after the JSON");
            return value;
        } catch (JacksonException e) {
            throw Refusal.bad("no JSON: " + e.getOriginalMessage());
        }
    }

    /** The map, or a refusal that names {@code what}. */
    @SuppressWarnings("unchecked") // only value() makes maps
    static Map<String, @Nullable Object> map(@Nullable Object value, String what) throws Refusal {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw Refusal.bad(what + " must be an object");
    }

    static List<?> list(@Nullable Object value, String what) throws Refusal {
        if (value instanceof List<?> list) {
            return list;
        }
        throw Refusal.bad(what + " must be an array");
    }

    static String text(@Nullable Object value, String what) throws Refusal {
        if (value instanceof String text) {
            return text;
        }
        throw Refusal.bad(what + " must be a string, was " + value);
    }

    /** A whole number; 3.0 is none. */
    static long whole(@Nullable Object value, String what) throws Refusal {
        if (value instanceof Long number) {
            return number;
        }
        throw Refusal.bad(what + " must be a whole number, was " + value);
    }

    static double number(@Nullable Object value, String what) throws Refusal {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw Refusal.bad(what + " must be a finite number, was " + value);
    }

    static List<String> texts(@Nullable Object value, String what) throws Refusal {
        List<String> texts = new ArrayList<>();
        for (Object item : list(value, what)) {
            texts.add(text(item, what));
        }
        return texts;
    }

    static void onlyKeys(Map<String, @Nullable Object> map, Set<String> known, String what) throws Refusal {
        for (String key : map.keySet()) {
            Refusal.unless(known.contains(key), what + " has no field " + key);
        }
    }

    private static @Nullable Object value(JsonParser parser) throws Refusal {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw Refusal.bad("no JSON: it is empty");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    map.put(key, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw Refusal.bad("no JSON: " + token);
        };
    }
}
