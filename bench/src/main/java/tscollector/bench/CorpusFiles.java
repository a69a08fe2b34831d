package tscollector.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The bodies that {@code bench/farm/TorchServeCorpus.java --out} wrote: a folder for each number of series, in it one file for each
 * scrape. {@code run-jmh.sh} writes them and names the folder in the property {@value #FOLDER}.
 */
public final class CorpusFiles {
    static final String FOLDER = "tscollector.bench.corpus";

    private CorpusFiles() {}

    /** The successive bodies of one target with so many series. */
    public static byte[][] bodies(int series) {
        return bodies(Path.of(System.getProperty(FOLDER, "target/corpus")), series);
    }

    static byte[][] bodies(Path folder, int series) {
        Path files = folder.resolve(Integer.toString(series));
        try (Stream<Path> found = Files.list(files)) {
            byte[][] bodies = found.sorted().map(CorpusFiles::read).toArray(byte[][]::new);
            if (bodies.length < 2) {
                throw new IllegalStateException("fewer than two bodies in " + files);
            }
            return bodies;
        } catch (IOException e) {
            throw new UncheckedIOException("no bodies in " + files + ": run bench/run-jmh.sh", e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
