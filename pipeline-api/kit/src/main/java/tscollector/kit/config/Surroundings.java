package tscollector.kit.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a configuration may refer to outside itself: variables of the environment and files. */
public interface Surroundings {
    /** The value of a variable, or null if it is not set. */
    @Nullable
    String variable(String name);

    /**
     * Reads a file of at most {@code limit} bytes.
     *
     * @param path as the user wrote it, relative to the working directory
     * @throws IOException with a message for the user: what follows "the file", for instance "is not there"
     */
    byte[] read(String path, int limit) throws IOException;

    /** Why a file cannot be used ("is not there", "is a folder", "is not readable"), or null if it can. */
    @Nullable
    String obstacle(String path);

    /** As {@link #obstacle}, where a folder will do. */
    default @Nullable String obstacleToPath(String path) {
        return obstacle(path);
    }

    /** The process's environment and the file system. */
    static Surroundings ofProcess() {
        return of(System.getenv());
    }

    /** The given variables and the file system. */
    static Surroundings of(Map<String, String> variables) {
        return new OnDisk(Map.copyOf(variables));
    }

    /** Files as the default file system has them. */
    record OnDisk(Map<String, String> variables) implements Surroundings {
        @Override
        public @Nullable String variable(String name) {
            return variables.get(name);
        }

        @Override
        public byte[] read(String path, int limit) throws IOException {
            String obstacle = obstacle(path);
            if (obstacle != null) {
                throw new IOException(obstacle);
            }
            try (InputStream in = Files.newInputStream(Path.of(path))) {
                byte[] bytes = in.readNBytes(limit + 1);
                if (bytes.length > limit) {
                    throw new IOException("is larger than " + (limit >> 20) + "MiB");
                }
                return bytes;
            } catch (NoSuchFileException e) {
                throw new IOException("is not there", e);
            }
        }

        @Override
        public @Nullable String obstacle(String path) {
            String obstacle = obstacleToPath(path);
            return obstacle == null && Files.isDirectory(Path.of(path)) ? "is a folder" : obstacle;
        }

        @Override
        public @Nullable String obstacleToPath(String path) {
            Path file;
            try {
                file = Path.of(path);
            } catch (InvalidPathException e) {
                return "has a name that no file can have";
            }
            if (path.isEmpty() || !Files.exists(file)) {
                return "is not there";
            }
            return Files.isReadable(file) ? null : "is not readable";
        }
    }
}
