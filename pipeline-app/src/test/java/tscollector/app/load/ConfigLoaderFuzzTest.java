package tscollector.app.load;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import tscollector.kit.config.Surroundings;

/** Any bytes as a file: a model or a report, nothing else. */
class ConfigLoaderFuzzTest {
    private static final ConfigLoader NO_FILE = loader(new byte[0]);

    @FuzzTest
    void loadsOrReports(byte[] bytes) {
        ConfigLoader loader = bytes.length == 0 ? NO_FILE : loader(bytes);
        try {
            loader.load(List.of(new ConfigSource.File("f")), List.of()).toYaml();
        } catch (ConfigException e) {
            if (!e.getMessage().endsWith("in the configuration")) {
                throw new AssertionError(e);
            }
        }
    }

    private static ConfigLoader loader(byte[] bytes) {
        return new ConfigLoader(SampleComponents.catalog(), new Surroundings() {
            @Override
            public String variable(String name) {
                return name.length() > 3 ? null : name;
            }

            @Override
            public byte[] read(String path, int limit) throws IOException {
                if (bytes.length > limit) {
                    throw new IOException("is too large");
                }
                return bytes;
            }

            @Override
            public String obstacle(String path) {
                return path.isEmpty() ? "is not there" : null;
            }
        });
    }
}
