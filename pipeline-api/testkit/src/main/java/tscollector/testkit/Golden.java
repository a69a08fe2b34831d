package tscollector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Compares text with a file that was reviewed once. {@code mvn test -Dgolden.update} writes the files anew instead; read the
 * diff before it is committed.
 */
public final class Golden {
    private final Path folder;
    private final boolean update;

    Golden(Path folder, boolean update) {
        this.folder = folder;
        this.update = update;
    }

    /** The files below {@code src/test/resources/golden} of the module that runs this. */
    public static Golden ofThisModule() {
        Path module = Path.of(System.getProperty("basedir", ""));
        return new Golden(module.resolve("src/test/resources/golden"), isUpdate(System.getProperty("golden.update")));
    }

    /**
     * Fails with a diff if the text is not that of the file.
     *
     * @param name below the folder, for instance {@code torchserve-0.12.0/cpu-two-models.json}
     */
    public void check(String name, String actual) {
        Path file = folder.resolve(name);
        try {
            if (update) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, actual);
                return;
            }
            if (!Files.exists(file)) {
                throw new AssertionError("no golden file " + file + "; write it with -Dgolden.update and review it");
            }
            assertThat(actual)
                    .as("%s; if the change is meant, run with -Dgolden.update and review the diff", file)
                    .isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUpdate(@Nullable String property) {
        return property != null && !property.equals("false");
    }
}
