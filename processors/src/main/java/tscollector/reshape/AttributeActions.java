package tscollector.reshape;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** A list of actions, carried out in order on one set of attributes. Immutable, thread-safe. */
public final class AttributeActions {
    private final List<Step> steps = new ArrayList<>();

    /** The actions; each must have passed its own validation. */
    public AttributeActions(List<ActionConfig> actions) {
        for (ActionConfig action : actions) {
            steps.add(Step.of(action));
        }
    }

    /** The attributes after all actions; the same instance if none of them changed anything. */
    public Attributes apply(Attributes attributes) {
        Attributes current = attributes;
        for (Step step : steps) {
            current = step.apply(current);
        }
        return current.equals(attributes) ? attributes : current;
    }

    /** One action, its texts read once. */
    private record Step(
            String key,
            ActionConfig.Operation operation,
            @Nullable ActionValue value,
            @Nullable String from,
            @Nullable NamedGroups pattern,
            ActionConfig.@Nullable ConvertedType type) {

        static Step of(ActionConfig action) {
            return new Step(
                    Objects.requireNonNullElse(action.key(), ""),
                    Objects.requireNonNull(action.action(), "action"),
                    action.value() == null ? null : ActionValue.read(action.value()),
                    action.fromAttribute(),
                    action.pattern() == null ? null : NamedGroups.compile(action.pattern()),
                    action.convertedType());
        }

        Attributes apply(Attributes attributes) {
            return switch (operation) {
                case INSERT -> keyNamed(attributes, key) == null ? set(attributes) : attributes;
                case UPDATE -> keyNamed(attributes, key) == null ? attributes : set(attributes);
                case UPSERT -> set(attributes);
                case DELETE -> delete(attributes);
                case HASH -> hash(attributes);
                case EXTRACT -> extract(attributes);
                case CONVERT -> convert(attributes);
            };
        }

        private Attributes set(Attributes attributes) {
            ActionValue newValue = value;
            if (from != null) {
                AttributeKey<?> source = keyNamed(attributes, from);
                if (source == null) {
                    return attributes;
                }
                AttributesBuilder builder = without(attributes, key);
                copy(builder, retyped(key, source.getType()), attributes.get(source));
                return builder.build();
            }
            AttributesBuilder builder = without(attributes, key);
            if (newValue != null) {
                newValue.putInto(builder, key);
            }
            return builder.build();
        }

        private Attributes delete(Attributes attributes) {
            return attributes.toBuilder().removeIf(this::isMeant).build();
        }

        private Attributes hash(Attributes attributes) {
            AttributesBuilder builder = attributes.toBuilder();
            for (Map.Entry<AttributeKey<?>, Object> entry : attributes.asMap().entrySet()) {
                if (isMeant(entry.getKey())) {
                    String name = entry.getKey().getKey();
                    builder.removeIf(other -> other.getKey().equals(name));
                    builder.put(AttributeKey.stringKey(name), sha256(bytesOf(entry.getValue())));
                }
            }
            return builder.build();
        }

        private Attributes extract(Attributes attributes) {
            String text = attributes.get(AttributeKey.stringKey(key));
            NamedGroups groups = Objects.requireNonNull(pattern, "pattern");
            Matcher matcher = text == null ? null : groups.pattern().matcher(text);
            if (matcher == null || !matcher.find()) {
                return attributes;
            }
            AttributesBuilder builder = attributes.toBuilder();
            for (int i = 0; i < groups.names().size(); i++) {
                String name = groups.names().get(i);
                builder.removeIf(other -> other.getKey().equals(name));
                builder.put(AttributeKey.stringKey(name), NamedGroups.group(matcher, i));
            }
            return builder.build();
        }

        private Attributes convert(Attributes attributes) {
            AttributeKey<?> present = keyNamed(attributes, key);
            Object before = present == null ? null : attributes.get(present);
            Object after = before == null ? null : converted(before);
            if (after == null) {
                return attributes;
            }
            AttributesBuilder builder = without(attributes, key);
            new ActionValue(after).putInto(builder, key);
            return builder.build();
        }

        private @Nullable Object converted(Object before) {
            if (before instanceof List) {
                return null;
            }
            String text = before.toString();
            try {
                return switch (Objects.requireNonNull(type, "converted_type")) {
                    case STRING -> text;
                    case BOOL -> truth(text);
                    case INT -> before instanceof Boolean b ? (b ? 1L : 0L) : whole(before, text);
                    case DOUBLE -> before instanceof Boolean b ? (b ? 1.0 : 0.0) : Double.valueOf(text);
                };
            } catch (NumberFormatException e) {
                return null; // stays what it was
            }
        }

        private static @Nullable Object truth(String text) {
            return switch (text) {
                case "true", "1", "1.0" -> true;
                case "false", "0", "0.0" -> false;
                default -> null;
            };
        }

        private static Object whole(Object before, String text) {
            return before instanceof Double number ? (Object) number.longValue() : (Object) Long.valueOf(text);
        }

        private boolean isMeant(AttributeKey<?> candidate) {
            return candidate.getKey().equals(key)
                    || (pattern != null
                            && pattern.pattern().matcher(candidate.getKey()).find());
        }
    }

    /** The key of this name, whatever its type; null if there is none. */
    private static @Nullable AttributeKey<?> keyNamed(Attributes attributes, String name) {
        for (AttributeKey<?> key : attributes.asMap().keySet()) {
            if (key.getKey().equals(name)) {
                return key;
            }
        }
        return null;
    }

    private static AttributesBuilder without(Attributes attributes, String name) {
        return attributes.toBuilder().removeIf(key -> key.getKey().equals(name));
    }

    private static AttributeKey<?> retyped(String name, AttributeType type) {
        return switch (type) {
            case STRING -> AttributeKey.stringKey(name);
            case BOOLEAN -> AttributeKey.booleanKey(name);
            case LONG -> AttributeKey.longKey(name);
            case DOUBLE -> AttributeKey.doubleKey(name);
            case STRING_ARRAY -> AttributeKey.stringArrayKey(name);
            case BOOLEAN_ARRAY -> AttributeKey.booleanArrayKey(name);
            case LONG_ARRAY -> AttributeKey.longArrayKey(name);
            case DOUBLE_ARRAY -> AttributeKey.doubleArrayKey(name);
            case VALUE -> AttributeKey.valueKey(name);
        };
    }

    @SuppressWarnings("unchecked") // the value was got under a key of the same type
    private static <T> void copy(AttributesBuilder builder, AttributeKey<?> key, @Nullable Object value) {
        if (value != null) {
            builder.put((AttributeKey<T>) key, (T) value);
        }
    }

    /** What the Collector hashes: text as UTF-8, numbers as 8 bytes little-endian, truth as one byte. */
    private static byte[] bytesOf(Object value) {
        if (value instanceof Boolean truth) {
            return new byte[] {(byte) (truth ? 1 : 0)};
        }
        if (value instanceof Long number) {
            return eightBytes(number);
        }
        if (value instanceof Double number) {
            return eightBytes(Double.doubleToRawLongBits(number));
        }
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] eightBytes(long bits) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bits)
                .array();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
