package tscollector.app.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each configuration in the folder loads, or fails with exactly the messages in its first lines. */
class ConfigFilesTest {
    static List<Path> files() throws IOException {
        return ConfigFile.in(Path.of("src/test/resources/config"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void givesWhatItsFirstLinesSay(Path file) throws IOException {
        ConfigFile.check(file, SampleComponents.catalog());
    }
}
