package tscollector.app.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.ObjectMapper;
import tscollector.kit.config.Surroundings;

/** The schema that editors use says the same as the loader, as far as a schema can. */
class SchemaTest {
    private static final Path FOLDER = Path.of("src/test/resources/config");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(GeneratedFiles.schema(SampleComponents.catalog()));

    static List<Path> good() throws IOException {
        return ConfigFile.in(FOLDER).stream()
                .filter(file -> file.toString().endsWith(".good.yaml"))
                // only whole once the other file is merged in
                .filter(file -> !file.endsWith("merged.good.yaml"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void takesWhatLoads(Path file) throws IOException {
        assertThat(validate(Files.readString(file, StandardCharsets.UTF_8))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "unknown-key",
                "unknown-key-in-section",
                "unknown-section",
                "unknown-type",
                "unknown-value",
                "unknown-signals",
                "wrong-types",
                "duration-without-unit",
                "missing-setting",
                "no-service",
                "empty-pipelines",
                "no-map",
                "service-settings"
            })
    void refusesWhatDoesNot(String name) throws IOException {
        assertThat(validate(Files.readString(FOLDER.resolve(name + ".bad.yaml"))))
                .isNotEmpty();
    }

    @Test
    void takesWhatPrintConfigPrints() throws Exception {
        LoadedConfiguration loaded = new ConfigLoader(SampleComponents.catalog(), Surroundings.of(Map.of("HOST", "a")))
                .load(
                        List.of(new ConfigSource.File(
                                FOLDER.resolve("everything.good.yaml").toString())),
                        List.of());
        assertThat(validate(loaded.toYaml())).isEmpty();
    }

    private static List<Error> validate(String yaml) {
        LoadSettings settings =
                LoadSettings.builder().setSchema(new CoreSchema()).build();
        Object tree = new Load(settings).loadFromString(yaml.replace("\uFEFF", ""));
        return SCHEMA.validate(new ObjectMapper().writeValueAsString(tree), InputFormat.JSON);
    }
}
