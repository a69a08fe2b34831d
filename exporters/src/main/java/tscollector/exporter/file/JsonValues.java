package tscollector.exporter.file;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What metrics and logs have in common in OTLP's JSON: attributes, values, resources and scopes. */
final class JsonValues {
    private JsonValues() {}

    static void writeResource(JsonGenerator json, Resource resource) {
        json.writeName("resource");
        json.writeStartObject();
        writeAttributes(json, resource.getAttributes());
        json.writeEndObject();
    }

    static void writeScope(JsonGenerator json, InstrumentationScopeInfo scope) {
        json.writeName("scope");
        json.writeStartObject();
        json.writeStringProperty("name", scope.getName());
        if (scope.getVersion() != null) {
            json.writeStringProperty("version", scope.getVersion());
        }
        writeAttributes(json, scope.getAttributes());
        json.writeEndObject();
    }

    /** The property {@code attributes}; nothing if there are none. */
    static void writeAttributes(JsonGenerator json, Attributes attributes) {
        if (attributes.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("attributes");
        attributes.forEach((key, value) -> writeAttribute(json, key, value));
        json.writeEndArray();
    }

    /** OTLP's JSON has 64-bit integers as text, since JavaScript would round them. */
    static void writeLong(JsonGenerator json, String name, long value) {
        json.writeStringProperty(name, Long.toString(value));
    }

    static void writeTime(JsonGenerator json, String name, long epochNanos) {
        if (epochNanos != 0) {
            writeLong(json, name, epochNanos);
        }
    }

    /** JSON has no NaN and no infinity: they are text. */
    static void writeDouble(JsonGenerator json, String name, double value) {
        json.writeName(name);
        writeDouble(json, value);
    }

    static void writeDouble(JsonGenerator json, double value) {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private static void writeAttribute(JsonGenerator json, AttributeKey<?> key, Object value) {
        json.writeStartObject();
        json.writeStringProperty("key", key.getKey());
        json.writeName("value");
        writeAttributeValue(json, value);
        json.writeEndObject();
    }

    private static void writeAttributeValue(JsonGenerator json, Object value) {
        if (value instanceof Value<?> typed) {
            writeValue(json, typed);
        } else if (value instanceof List<?> list) {
            json.writeStartObject();
            json.writeName("arrayValue");
            json.writeStartObject();
            json.writeArrayPropertyStart("values");
            list.forEach(item -> writeAttributeValue(json, item));
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        } else {
            json.writeStartObject();
            writePlain(json, value);
            json.writeEndObject();
        }
    }

    private static void writePlain(JsonGenerator json, Object value) {
        if (value instanceof Boolean truth) {
            json.writeBooleanProperty("boolValue", truth);
        } else if (value instanceof Long number) {
            writeLong(json, "intValue", number);
        } else if (value instanceof Double number) {
            writeDouble(json, "doubleValue", number);
        } else {
            json.writeStringProperty("stringValue", value.toString());
        }
    }

    /** An AnyValue object. */
    static void writeValue(JsonGenerator json, Value<?> value) {
        json.writeStartObject();
        switch (value.getType()) {
            case STRING, BOOLEAN, LONG, DOUBLE -> writePlain(json, value.getValue());
            case ARRAY -> {
                json.writeName("arrayValue");
                json.writeStartObject();
                json.writeArrayPropertyStart("values");
                for (Object item : (List<?>) value.getValue()) {
                    writeValue(json, (Value<?>) item);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            case KEY_VALUE_LIST -> {
                json.writeName("kvlistValue");
                json.writeStartObject();
                json.writeArrayPropertyStart("values");
                for (Object item : (List<?>) value.getValue()) {
                    KeyValue entry = (KeyValue) item;
                    json.writeStartObject();
                    json.writeStringProperty("key", entry.getKey());
                    json.writeName("value");
                    writeValue(json, entry.getValue());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            case BYTES -> {
                ByteBuffer bytes = ((ByteBuffer) value.getValue()).duplicate();
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                json.writeStringProperty("bytesValue", Base64.getEncoder().encodeToString(copy));
            }
            case EMPTY -> {
                // an AnyValue without a value
            }
        }
        json.writeEndObject();
    }
}
