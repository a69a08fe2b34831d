package tscollector.app.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.config.Setting;
import tscollector.kit.config.Surroundings;

/** Configurations of the components that ship, good and bad; among the bad ones one for each end of each setting's range. */
class ComponentFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/components");
    private static final ComponentCatalog CATALOG = ComponentCatalog.load();

    /** What examples need that have no default for it. */
    private static final Map<String, String> VARIABLES = Map.of("DD_API_KEY", "0123456789abcdef0123456789abcdef");

    static List<Path> files() throws IOException {
        return ConfigFile.in(FOLDER);
    }

    static List<Path> examples() throws IOException {
        try (var files = Files.list(Path.of("../config"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void givesWhatItsFirstLinesSay(Path file) throws IOException {
        ConfigFile.check(file, CATALOG);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void everyExampleLoadsWithoutAWarning(Path file) throws Exception {
        LoadedConfiguration loaded = new ConfigLoader(CATALOG, Surroundings.of(VARIABLES))
                .load(List.of(new ConfigSource.File(file.toString())), List.of());

        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void everyRangeOfEverySettingHasItsFile() throws IOException {
        StringBuilder messages = new StringBuilder();
        for (Path file : files()) {
            messages.append(Files.readString(file));
        }
        List<String> missing = new ArrayList<>();
        for (Factory<?> factory : CATALOG.factories()) {
            String path = factory.descriptor().kind().section() + "."
                    + factory.descriptor().type();
            addMissing(factory.descriptor().configType(), path, messages.toString(), missing);
        }

        assertThat(missing).isEmpty();
    }

    private static void addMissing(Class<?> config, String path, String messages, List<String> missing) {
        for (RecordComponent component : config.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            String key = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            String inner = setting.inline() ? path : path + "." + key;
            boolean hasRange = !setting.min().isEmpty() || !setting.max().isEmpty();
            if (hasRange && !messages.contains(inner + " must be ")) {
                missing.add(inner);
            }
            if (component.getType().isRecord() && Config.class.isAssignableFrom(component.getType())) {
                addMissing(component.getType(), inner, messages, missing);
            }
        }
    }
}
