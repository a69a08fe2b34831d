package tscollector.app.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tscollector.kit.config.Surroundings;
import tscollector.kit.config.YamlReader;
import tscollector.kit.config.YamlSource;

/**
 * Reads the files that a command line names: a file, {@code -} for standard input, or a folder, of which all {@code *.yaml} and {@code *.yml}
 * count. Of the Agent's own folders, those of the check are found: {@code conf.d/torchserve.d}, or {@code conf.d/torchserve.yaml}.
 */
public final class ConfFiles {
    private static final List<String> INSIDE = List.of(
            "conf.d/torchserve.d",
            "conf.d/torchserve.yaml",
            "conf.d/torchserve.yml",
            "torchserve.d",
            "torchserve.yaml",
            "torchserve.yml");

    private final Surroundings surroundings;
    private final InputStream standardInput;

    public ConfFiles(Surroundings surroundings, InputStream standardInput) {
        this.surroundings = surroundings;
        this.standardInput = standardInput;
    }

    /**
     * The texts behind names, in order.
     *
     * @throws IOException with a message for the user, which begins with the name
     */
    public List<DatadogImport.Input> read(List<String> names) throws IOException {
        List<DatadogImport.Input> inputs = new ArrayList<>();
        for (String name : names) {
            if (name.equals("-")) {
                inputs.add(new DatadogImport.Input(
                        "standard input",
                        text("standard input", standardInput.readNBytes(YamlReader.LONGEST_DOCUMENT))));
            } else {
                for (String file : files(name)) {
                    inputs.add(file(file));
                }
            }
        }
        return inputs;
    }

    /** One file. */
    public DatadogImport.Input file(String name) throws IOException {
        try {
            return new DatadogImport.Input(name, text(name, surroundings.read(name, YamlReader.LONGEST_DOCUMENT)));
        } catch (IOException e) {
            String why = e.getClass() == IOException.class ? e.getMessage() : "cannot be read";
            throw new IOException(name + ": " + why, e);
        }
    }

    private static String text(String name, byte[] bytes) throws IOException {
        YamlSource.Decoded decoded = YamlSource.decode(bytes);
        if (!decoded.whole()) {
            throw new IOException(name + ": is not UTF-8");
        }
        return decoded.text();
    }

    private static List<String> files(String name) throws IOException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            return List.of(name);
        }
        if (!Files.isDirectory(path)) {
            return List.of(name);
        }
        Path folder = INSIDE.stream()
                .map(path::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElse(path);
        if (!Files.isDirectory(folder)) {
            return List.of(folder.toString());
        }
        List<String> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.map(Path::toString)
                    .filter(entry -> entry.endsWith(".yaml") || entry.endsWith(".yml"))
                    .filter(entry -> !Files.isDirectory(Path.of(entry)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IOException(name + ": cannot be read", e);
        }
        if (files.isEmpty()) {
            throw new IOException(name + ": has no file named *.yaml");
        }
        return files;
    }
}
