package tscollector.app.imports;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.Surroundings;

/** Surroundings where every file is there, but those below {@code /missing}; they are never read. */
record EveryFileThere(Map<String, String> variables) implements Surroundings {
    @Override
    public @Nullable String variable(String name) {
        return variables.get(name);
    }

    @Override
    public byte[] read(String path, int limit) throws IOException {
        throw new IOException("is not there");
    }

    @Override
    public @Nullable String obstacle(String path) {
        return path.startsWith("/missing") ? "is not there" : null;
    }
}
