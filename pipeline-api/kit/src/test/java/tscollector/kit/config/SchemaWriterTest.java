package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.config.Secret;
import tscollector.config.Setting;

/** The parts of the schema; that configurations are valid against it is tested where there is a validator. */
class SchemaWriterTest {
    record Service(
            @Setting(doc = "What runs beside.") List<String> extensions,
            @Setting(doc = "What runs.") Map<String, String> pipelines,
            @Setting(doc = "A key.") Secret key)
            implements Config {}

    private static final Service SERVICE = new Service(List.of(), Map.of(), new Secret("hunter2"));
    private static final Descriptor<SampleConfig> SAMPLE = Descriptor.of(
                    Kind.EXPORTER, "sample", "A sample.", SampleConfig.class, SampleConfig.defaults())
            .withAliases("example");
    private static final Descriptor<SampleConfig.Target> TARGET = Descriptor.of(
            Kind.RECEIVER, "target", "A target.", SampleConfig.Target.class, SampleConfig.Target.defaults());

    private final String text = SchemaWriter.write(List.of(SAMPLE, TARGET), SERVICE, Set.of("metrics", "logs", "a.b"));
    private final Object schema = parse(text);

    private static Object at(Object value, String... keys) {
        Object found = value;
        for (String key : keys) {
            assertThat(found).as("around " + key).isInstanceOf(Map.class);
            assertThat(((Map<?, ?>) found).containsKey(key))
                    .as(key + " of " + found)
                    .isTrue();
            found = ((Map<?, ?>) found).get(key);
        }
        return found;
    }

    private Object setting(String key, String... more) {
        Object found = at(schema, "$defs", "exporter.sample", "properties", key);
        return at(found, more);
    }

    @Test
    void endsWithALineFeedAndIsTheSameInAnyOrder() {
        assertThat(text).endsWith("}\n").startsWith("{\n");
        assertThat(SchemaWriter.write(List.of(TARGET, SAMPLE), SERVICE, Set.of("a.b", "logs", "metrics")))
                .isEqualTo(text);
    }

    @Test
    void hasASectionForEachKindAndRequiresTheService() {
        assertThat(((Map<?, ?>) at(schema, "properties")).keySet().stream().map(String::valueOf))
                .containsExactly("receivers", "processors", "exporters", "connectors", "extensions", "service");
        assertThat(at(schema, "required")).isEqualTo(List.of("service"));
        assertThat(at(schema, "additionalProperties")).isEqualTo(false);
        assertThat(at(schema, "properties", "exporters", "additionalProperties"))
                .isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample", "example", "sample/a", "example/gpu-0", "sample/a/b", "sample/\u6A21"})
    void takesEveryIdThatTheProgramTakes(String id) {
        assertThat(patternOf("exporters").matcher(id).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample/", "samples", "xsample", "sample a", "sample/a b", "target", "", "/a"})
    void refusesOtherIds(String id) {
        assertThat(patternOf("exporters").matcher(id).find()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "logs/a", "a.b/c", "metrics/a/b"})
    void takesPipelinesOfTheSignalsThereAre(String id) {
        assertThat(pipelines().matcher(id).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"traces", "axb", "metrics/", "xmetrics"})
    void refusesPipelinesOfOtherSignals(String id) {
        assertThat(pipelines().matcher(id).find()).isFalse();
    }

    private Pattern patternOf(String section) {
        Map<?, ?> patterns = (Map<?, ?>) at(schema, "properties", section, "patternProperties");
        assertThat(patterns).hasSize(1);
        return Pattern.compile(String.valueOf(patterns.keySet().iterator().next()));
    }

    private Pattern pipelines() {
        Map<?, ?> patterns =
                (Map<?, ?>) at(schema, "properties", "service", "properties", "pipelines", "patternProperties");
        return Pattern.compile(String.valueOf(patterns.keySet().iterator().next()));
    }

    @Test
    void leadsFromAnIdToTheSettingsOfItsType() {
        Map<?, ?> patterns = (Map<?, ?>) at(schema, "properties", "exporters", "patternProperties");
        assertThat(patterns.values().iterator().next()).isEqualTo(Map.of("$ref", "#/$defs/exporter.sample"));
        assertThat(at(schema, "$defs", "exporter.sample", "description")).isEqualTo("A sample.");
        assertThat(at(schema, "$defs", "exporter.sample", "required")).isEqualTo(List.of("endpoint"));
        assertThat(at(schema, "$defs", "exporter.sample", "additionalProperties"))
                .isEqualTo(false);
    }

    @Test
    void hasEverySettingOnceAndThoseOfInlineSectionsAmongThem() {
        assertThat(((Map<?, ?>) at(schema, "$defs", "exporter.sample", "properties"))
                        .keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrderElementsOf(
                        RecordSchema.of(SampleConfig.class).keys());
    }

    @Test
    void saysWhatASettingIs() {
        assertThat(setting("timeout", "description")).isEqualTo("How long to wait. Must be from 10ms to 1h.");
        assertThat(setting("timeout", "default")).isEqualTo("15s");
        assertThat(setting("workers", "default")).isEqualTo("1");
        assertThat(setting("share", "default")).isEqualTo("0.5");
        assertThat(setting("enabled", "default")).isEqualTo(true);
        assertThat(setting("size", "default")).isEqualTo("16MiB");
        assertThat(setting("verbosity", "default")).isEqualTo("normal");
        assertThat(((Map<?, ?>) setting("limit")).containsKey("default")).isFalse();
        assertThat(setting("workers", "anyOf"))
                .isEqualTo(List.of(Map.of("type", List.of("integer", "null")), Map.of("$ref", "#/$defs/variable")));
        assertThat(((Map<?, ?>) ((List<?>) setting("verbosity", "anyOf")).get(0)).get("enum"))
                .asString()
                .isEqualTo("[basic, normal, very_detailed, null]");
        assertThat(setting("include", "items", "type")).isEqualTo(List.of("string", "number", "boolean", "null"));
        assertThat(setting("attributes", "additionalProperties", "type"))
                .isEqualTo(List.of("string", "number", "boolean", "null"));
        assertThat(setting("batch", "properties", "size", "default")).isEqualTo("8192");
        assertThat(setting("tls", "additionalProperties")).isEqualTo(false);
    }

    @Test
    void letsTextStandForASectionThatHasAShorthand() {
        assertThat(setting("targets", "items", "type")).isEqualTo(List.of("object", "string"));
        assertThat(((Map<?, ?>) setting("targets", "items")).containsKey("required"))
                .isFalse();
        assertThat(at(schema, "$defs", "receiver.target", "type")).isEqualTo(List.of("object", "string"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5s", "1h30m", "1.5s", "${env:T}", "-1s"})
    void takesDurations(String duration) {
        assertThat(Pattern.compile((String) setting("timeout", "pattern"))
                        .matcher(duration)
                        .find())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5 s", "soon", "1d", ""})
    void refusesWhatIsNoDuration(String duration) {
        assertThat(Pattern.compile((String) setting("timeout", "pattern"))
                        .matcher(duration)
                        .find())
                .isFalse();
    }

    @Test
    void hasNoSecretInItsDefaults() {
        assertThat(text).doesNotContain("hunter2").contains("****");
    }

    /** Numbers as text; everything else as it is. */
    private static Object parse(String json) {
        try (JsonParser parser = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), json)) {
            Object value = value(parser, parser.nextToken());
            assertThat(parser.nextToken()).isNull();
            return value;
        }
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    assertThat(map).as("a key twice").doesNotContainKey(name);
                    map.put(name, value(parser, parser.nextToken()));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    list.add(value(parser, next));
                }
                yield list;
            }
            case VALUE_TRUE, VALUE_FALSE -> token == JsonToken.VALUE_TRUE;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }
}
