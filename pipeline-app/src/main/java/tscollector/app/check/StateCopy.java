package tscollector.app.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a folder with stored state, so that the real one stays as it is, and may be in use. */
final class StateCopy {
    private StateCopy() {}

    /** An empty folder. */
    static Path temporary() throws IOException {
        return Files.createTempDirectory("tscollector-check");
    }

    /** Copies the files of a folder; a folder that is not there has none. */
    static Path of(String folder, Path target) throws IOException {
        Files.createDirectories(target);
        Path source;
        try {
            source = Path.of(folder);
        } catch (InvalidPathException e) {
            return target;
        }
        if (Files.isDirectory(source)) {
            for (Path file : files(source)) {
                Path name = file.getFileName();
                if (name != null && Files.isRegularFile(file) && Files.isReadable(file)) {
                    Files.copy(file, target.resolve(name.toString()));
                }
            }
        }
        return target;
    }

    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(folder)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
