package tscollector.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tscollector.app.imports.DatadogImport.Input;
import tscollector.app.imports.DatadogImport.Result;
import tscollector.app.load.ComponentCatalog;
import tscollector.app.load.ConfigLoader;
import tscollector.app.load.ConfigSource;

/** What the check was recorded with can be imported, except what it refused itself. */
class VectorsImportTest {
    private static final Path FOLDER = Path.of("src/test/resources/datadog/vectors");
    /** Every run failed before its first request, so that nothing was ever sent: refused by the check at its first run. */
    private static final Set<String> NEVER_RUN = Set.of(
            "mg-tags-null",
            "om-config-bad-exclude",
            "om-config-bad-regex",
            "om-extra-bad-entry",
            "om-extra-regex-bad",
            "om-hostname-format-bad",
            "om-type-service-check-nomap",
            "om-type-unknown");
    /** Refused by default too: nothing can be made of it. */
    private static final Set<String> HOPELESS =
            Set.of("om-config-bad-regex", "om-extra-regex-bad", "om-hostname-format-bad");

    static Stream<Path> vectors() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    private static Result run(JsonNode vector, boolean strict) {
        String init = vector.has("init_config") ? "\"init_config\": " + vector.get("init_config") + ", " : "";
        return new DatadogImport(strict, new EveryFileThere(Map.of()))
                .run(
                        List.of(new Input(
                                "conf.yaml", "{" + init + "\"instances\": [" + vector.get("instance") + "]}")),
                        null,
                        yaml -> List.of());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void importsWhatTheCheckTakes(Path file) throws Exception {
        JsonNode vector = JsonMapper.builder().build().readTree(Files.readString(file));
        String name = vector.get("name").asString();
        boolean refused = vector.has("construction_error")
                && !vector.get("construction_error").isNull();

        for (boolean strict : new boolean[] {true, false}) {
            Result result = run(vector, strict);
            boolean expected = !refused && !(strict ? NEVER_RUN : HOPELESS).contains(name);
            assertThat(result.instances())
                    .as("%s strict=%s %s", name, strict, result.remarks())
                    .isEqualTo(expected ? 1 : 0);
            if (expected) {
                new ConfigLoader(ComponentCatalog.load(), new EveryFileThere(Map.of("DD_API_KEY", "k")))
                        .load(List.of(new ConfigSource.Text(name, result.yaml())), List.of());
                assertThat(result.yaml().contains("compat: strict")).isEqualTo(strict);
            }
        }
    }

    @Test
    void theListOfThoseThatNeverRanIsWhatWasRecorded() throws Exception {
        Map<String, Boolean> recorded = new LinkedHashMap<>();
        for (Path file : vectors().toList()) {
            JsonNode vector = JsonMapper.builder().build().readTree(Files.readString(file));
            boolean silent = vector.has("runs") && !vector.get("runs").isEmpty();
            for (JsonNode run : vector.has("runs")
                    ? vector.get("runs")
                    : JsonMapper.builder().build().createArrayNode()) {
                silent &= !run.get("error").isNull()
                        && run.get("requests").isEmpty()
                        && run.get("submitted").isEmpty();
            }
            recorded.put(vector.get("name").asString(), silent);
        }

        assertThat(recorded).hasSizeGreaterThan(180);
        recorded.values().removeIf(silent -> !silent);
        assertThat(recorded.keySet()).isEqualTo(NEVER_RUN);
    }
}
