package tscollector.reshape;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.config.ConfigValue;

/**
 * An attribute value as a user wrote it: text, a truth value, a whole number, a number, or a list of texts.
 *
 * @param value String, Boolean, Long, Double or List of String
 */
record ActionValue(Object value) {
    /** The value; null if it is none of these. */
    static @Nullable ActionValue read(ConfigValue written) {
        if (written instanceof ConfigValue.Scalar scalar) {
            return readScalar(scalar);
        }
        if (written instanceof ConfigValue.Sequence sequence) {
            List<String> texts = new ArrayList<>();
            for (ConfigValue item : sequence.items()) {
                if (!(item instanceof ConfigValue.Scalar scalar)) {
                    return null;
                }
                texts.add(scalar.text());
            }
            return texts.isEmpty() ? null : new ActionValue(List.copyOf(texts));
        }
        return null;
    }

    private static @Nullable ActionValue readScalar(ConfigValue.Scalar scalar) {
        String text = scalar.text();
        if (scalar.isString()) {
            return new ActionValue(text);
        }
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return new ActionValue(Boolean.valueOf(text));
        }
        try {
            return new ActionValue(Long.valueOf(text));
        } catch (NumberFormatException notWhole) {
            try {
                return new ActionValue(Double.valueOf(text));
            } catch (NumberFormatException notANumber) {
                return null; // YAML's null
            }
        }
    }

    /** Sets the attribute, whatever type it had. */
    @SuppressWarnings("unchecked") // the only lists are of texts
    void putInto(AttributesBuilder attributes, String key) {
        if (value instanceof Boolean truth) {
            attributes.put(AttributeKey.booleanKey(key), truth);
        } else if (value instanceof Long number) {
            attributes.put(AttributeKey.longKey(key), number);
        } else if (value instanceof Double number) {
            attributes.put(AttributeKey.doubleKey(key), number);
        } else if (value instanceof List<?> texts) {
            attributes.put(AttributeKey.stringArrayKey(key), (List<String>) texts);
        } else {
            attributes.put(AttributeKey.stringKey(key), value.toString());
        }
    }
}
