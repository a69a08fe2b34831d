package tscollector.testkit.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The size of main source files: nineteen in twenty below {@link #LONG} lines, none above {@link #LONGEST}. */
public final class SourceSize {
    /** The 95th percentile of the codebases this one was modelled on. */
    public static final int LONG = 300;

    public static final int LONGEST = 800;

    private record Source(Path file, long lines) {}

    private SourceSize() {}

    /**
     * Measures every {@code src/main/java} below a directory.
     *
     * @throws AssertionError that names the files, if there are too many long ones, one that is too long, or no file at all
     */
    public static void check(Path root) {
        List<Source> sources = sources(root);
        if (sources.isEmpty()) {
            throw new AssertionError("no main sources below " + root.toAbsolutePath());
        }
        List<Source> tooLong =
                sources.stream().filter(source -> source.lines() > LONGEST).toList();
        if (!tooLong.isEmpty()) {
            throw new AssertionError("files above " + LONGEST + " lines:" + inWords(tooLong));
        }
        List<Source> longOnes =
                sources.stream().filter(source -> source.lines() >= LONG).toList();
        if (longOnes.size() * 20 > sources.size()) {
            throw new AssertionError(longOnes.size() + " of " + sources.size() + " files have " + LONG
                    + " lines or more, and one in twenty may:" + inWords(longOnes));
        }
    }

    private static List<Source> sources(Path root) {
        Path main = Path.of("src", "main", "java");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> root.relativize(file).toString().contains(main.toString()))
                    .map(file -> new Source(file, lines(file)))
                    .sorted(Comparator.comparingLong(Source::lines).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inWords(List<Source> sources) {
        StringBuilder words = new StringBuilder();
        sources.forEach(source ->
                words.append("\n  ").append(source.lines()).append("  ").append(source.file()));
        return words.toString();
    }
}
