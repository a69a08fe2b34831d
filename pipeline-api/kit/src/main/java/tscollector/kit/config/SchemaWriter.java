package tscollector.kit.config;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.config.Setting;

/**
 * Writes the JSON schema (2020-12) of a whole configuration file, for editors that complete and check YAML. The same descriptors
 * give the same text. Wherever a value may stand, {@code ${...}} and nothing at all may stand too.
 */
public final class SchemaWriter {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String NAME = "[^ ]+";

    private final JsonGenerator json;

    private SchemaWriter(JsonGenerator json) {
        this.json = json;
    }

    /**
     * The schema, ended by a line feed.
     *
     * @param descriptors all component types
     * @param service the record of the section {@code service}; of its settings, {@code extensions} and {@code pipelines} are
     *     described by their own rules
     * @param signals what pipelines are for
     */
    public static String write(List<? extends Descriptor<?>> descriptors, Config service, Set<String> signals) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JsonFactory.builder().build().createGenerator(new Pretty(), text)) {
            new SchemaWriter(generator).file(descriptors, service, signals);
        }
        return text.append('\n').toString();
    }

    private static final class Pretty extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            return new DefaultPrettyPrinter().withObjectIndenter(indenter);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private void file(List<? extends Descriptor<?>> descriptors, Config service, Set<String> signals) {
        Map<String, Descriptor<?>> sorted = new TreeMap<>();
        descriptors.forEach(descriptor -> sorted.put(definition(descriptor), descriptor));
        json.writeStartObject();
        json.writeStringProperty("$schema", DIALECT);
        json.writeStringProperty("title", "Configuration of TorchServe Collector");
        json.writeStringProperty("type", "object");
        json.writeBooleanProperty("additionalProperties", false);
        json.writeName("required").writeStartArray();
        json.writeString("service").writeEndArray();
        json.writeName("properties").writeStartObject();
        for (Kind kind : Kind.values()) {
            section(kind, sorted);
        }
        json.writeName("service");
        record(RecordSchema.of(service.getClass()), service, "What runs: pipelines, extensions, the own log.", signals);
        json.writeEndObject();
        json.writeName("$defs").writeStartObject();
        json.writeName("variable").writeStartObject();
        json.writeStringProperty("type", "string");
        json.writeStringProperty("pattern", "\\$\\{");
        json.writeStringProperty("description", "${env:NAME}, ${env:NAME:-default} or ${file:PATH}");
        json.writeEndObject();
        for (Map.Entry<String, Descriptor<?>> entry : sorted.entrySet()) {
            json.writeName(entry.getKey());
            Descriptor<?> descriptor = entry.getValue();
            record(RecordSchema.of(descriptor.configType()), descriptor.defaults(), descriptor.summary(), null);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String definition(Descriptor<?> descriptor) {
        return descriptor.kind().word() + "." + descriptor.type();
    }

    private void section(Kind kind, Map<String, Descriptor<?>> sorted) {
        json.writeName(kind.section()).writeStartObject();
        json.writeStringProperty("description", "The " + kind.section() + ", by id: type or type/name.");
        types("object", "null");
        json.writeBooleanProperty("additionalProperties", false);
        json.writeName("patternProperties").writeStartObject();
        for (Map.Entry<String, Descriptor<?>> entry : sorted.entrySet()) {
            Descriptor<?> descriptor = entry.getValue();
            if (descriptor.kind() == kind) {
                json.writeName("^(" + String.join("|", descriptor.names()) + ")(/" + NAME + ")?$");
                json.writeStartObject();
                json.writeStringProperty("$ref", "#/$defs/" + entry.getKey());
                json.writeEndObject();
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void record(RecordSchema schema, Config defaults, String description, @Nullable Set<String> signals) {
        json.writeStartObject();
        json.writeStringProperty("description", description);
        String shorthand = schema.shorthand();
        if (shorthand == null) {
            types("object", "null");
        } else {
            types("object", "string");
        }
        properties(schema, defaults, signals);
        json.writeEndObject();
    }

    private void properties(RecordSchema schema, Config defaults, @Nullable Set<String> signals) {
        json.writeBooleanProperty("additionalProperties", false);
        List<String> required = new ArrayList<>();
        if (schema.shorthand() == null) {
            schema.flat().stream()
                    .filter(setting -> setting.setting().required())
                    .forEach(setting -> required.add(setting.key()));
        }
        if (!required.isEmpty()) {
            json.writeName("required").writeStartArray();
            required.forEach(json::writeString);
            json.writeEndArray();
        }
        json.writeName("properties").writeStartObject();
        settings(schema, defaults, signals);
        json.writeEndObject();
    }

    private void settings(RecordSchema schema, Config defaults, @Nullable Set<String> signals) {
        for (SettingSchema setting : schema.settings()) {
            Object preset = setting.of(defaults);
            if (setting.setting().inline()) {
                RecordSchema section = setting.section();
                settings(section, preset == null ? section.defaults() : (Config) preset, null);
                continue;
            }
            json.writeName(setting.key());
            if (signals != null && setting.key().equals("extensions")) {
                idList(setting.setting().doc());
            } else if (signals != null && setting.key().equals("pipelines")) {
                pipelines(setting.setting().doc(), signals);
            } else {
                setting(setting, preset);
            }
        }
    }

    private void setting(SettingSchema setting, @Nullable Object preset) {
        json.writeStartObject();
        json.writeStringProperty("description", description(setting));
        if (setting.type() instanceof ValueType.Section section) {
            RecordSchema schema = section.schema();
            types("object", "null", "string");
            properties(schema, preset == null ? schema.defaults() : (Config) preset, null);
        } else {
            type(setting.type(), setting.setting());
            if (preset != null) {
                json.writeName("default");
                value(PlainValues.plain(setting.type(), preset, null));
            }
        }
        json.writeEndObject();
    }

    private static String description(SettingSchema setting) {
        String range = Ranges.words(setting.setting());
        return setting.setting().doc() + (range.isEmpty() ? "" : " Must be " + range + ".");
    }

    /** The keywords of a type, into the object that is open. */
    private void type(ValueType type, Setting setting) {
        if (type instanceof ValueType.ListOf list) {
            types("array", "null", "string");
            json.writeName("items").writeStartObject();
            element(list.element(), setting);
            json.writeEndObject();
        } else if (type instanceof ValueType.MapOf map) {
            types("object", "null", "string");
            json.writeName("additionalProperties").writeStartObject();
            element(map.value(), setting);
            json.writeEndObject();
        } else if (type instanceof ValueType.Choice choice) {
            anyOf(() -> {
                json.writeName("enum").writeStartArray();
                choice.words().forEach(json::writeString);
                json.writeNull();
                json.writeEndArray();
            });
        } else if (type instanceof ValueType.Single single) {
            single(single);
        }
    }

    private void element(ValueType type, Setting setting) {
        if (type instanceof ValueType.Section section) {
            RecordSchema schema = section.schema();
            if (schema.shorthand() == null) {
                types("object", "null");
            } else {
                types("object", "string");
            }
            properties(schema, schema.defaults(), null);
        } else {
            type(type, setting);
        }
    }

    private void single(ValueType.Single type) {
        switch (type) {
            case BOOLEAN -> anyOf(() -> types("boolean", "null"));
            case INT, LONG -> anyOf(() -> types("integer", "null"));
            case DOUBLE -> anyOf(() -> types("number", "null"));
            case DURATION -> {
                types("string", "null");
                json.writeStringProperty("pattern", "^(" + DurationText.FORM + ")$|\\$\\{");
            }
            case SIZE -> types("string", "integer", "null");
            case TEXT, SECRET -> types("string", "number", "boolean", "null");
            case ID -> types("string", "null");
        }
    }

    /** What is written, or a variable. */
    private void anyOf(Runnable keywords) {
        json.writeName("anyOf").writeStartArray();
        json.writeStartObject();
        keywords.run();
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringProperty("$ref", "#/$defs/variable");
        json.writeEndObject();
        json.writeEndArray();
    }

    private void types(String... types) {
        json.writeName("type").writeStartArray();
        for (String type : types) {
            json.writeString(type);
        }
        json.writeEndArray();
    }

    private void idList(String description) {
        json.writeStartObject();
        json.writeStringProperty("description", description);
        types("array", "null", "string");
        json.writeName("items").writeStartObject();
        json.writeStringProperty("type", "string");
        json.writeEndObject();
        json.writeEndObject();
    }

    private void pipelines(String description, Set<String> signals) {
        json.writeStartObject();
        json.writeStringProperty("description", description);
        types("object", "string");
        json.writeNumberProperty("minProperties", 1);
        json.writeBooleanProperty("additionalProperties", false);
        json.writeName("patternProperties").writeStartObject();
        Set<String> quoted = new TreeSet<>();
        signals.forEach(signal -> quoted.add(signal.matches("\\w+") ? signal : Pattern.quote(signal)));
        json.writeName("^(" + String.join("|", quoted) + ")(/" + NAME + ")?$");
        json.writeStartObject();
        json.writeStringProperty("type", "object");
        json.writeBooleanProperty("additionalProperties", false);
        json.writeName("properties").writeStartObject();
        json.writeName("receivers");
        idList("Ids of receivers, and of connectors that lead here; at least one.");
        json.writeName("processors");
        idList("Ids of processors, in the order they work.");
        json.writeName("exporters");
        idList("Ids of exporters, and of connectors that lead on; at least one.");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((key, entry) -> {
                json.writeName(String.valueOf(key));
                value(entry);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(this::value);
            json.writeEndArray();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value instanceof PlainValues.Literal literal ? literal.text() : value.toString());
        }
    }
}
