package tscollector.app.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.component.Kind;
import tscollector.kit.config.ReferenceWriter;
import tscollector.kit.config.SchemaWriter;

/** The files of the checkout that are written from the components' own descriptions: the JSON schema and the reference pages. */
public final class GeneratedFiles {
    private static final String SCHEMA = "config/pipeline.schema.json";
    private static final String REFERENCE = "docs/reference/";
    private static final String FIRST_LINES = "<!-- Generated from the component's own description. -->";

    private final Map<String, String> byPath;

    private GeneratedFiles(Map<String, String> byPath) {
        this.byPath = Collections.unmodifiableMap(byPath);
    }

    /** What should be there for these components. */
    public static GeneratedFiles of(ComponentCatalog catalog) {
        Map<String, String> files = new TreeMap<>();
        files.put(SCHEMA, schema(catalog));
        for (Factory<?> factory : catalog.factories()) {
            files.put(REFERENCE + ReferenceWriter.fileName(factory.descriptor()), ReferenceWriter.write(factory));
        }
        files.put(REFERENCE + "README.md", index(catalog));
        return new GeneratedFiles(files);
    }

    /** The page that leads to all others. */
    private static String index(ComponentCatalog catalog) {
        StringBuilder page = new StringBuilder("# Components\n\n" + FIRST_LINES + "\n");
        for (Kind kind : Kind.values()) {
            page.append("\n## ").append(kind.section()).append("\n\n");
            for (Factory<?> factory : catalog.factories(kind)) {
                Descriptor<?> descriptor = factory.descriptor();
                page.append("- [`" + descriptor.type() + "`](" + ReferenceWriter.fileName(descriptor) + "): "
                        + descriptor.summary() + "\n");
            }
        }
        return page.toString();
    }

    /** The JSON schema alone, as {@code tscollector schema} prints it. */
    public static String schema(ComponentCatalog catalog) {
        List<Descriptor<?>> descriptors = new ArrayList<>();
        catalog.factories().forEach(factory -> descriptors.add(factory.descriptor()));
        return SchemaWriter.write(
                descriptors, ServiceConfig.defaults(), catalog.signals().keySet());
    }

    /** One reference page alone, as {@code tscollector components TYPE} prints it. */
    public static String reference(Factory<?> factory) {
        return ReferenceWriter.write(factory);
    }

    /** Paths within the checkout and texts, sorted by path. */
    public Map<String, String> byPath() {
        return byPath;
    }

    /**
     * What differs from the files that are there: missing, stale, and pages of components that are gone.
     *
     * @param checkout the folder that has {@code config} and {@code docs}
     * @param refreshCommand what to run to mend it
     * @return a sentence for each file; empty if all is well
     */
    public List<String> differences(Path checkout, String refreshCommand) {
        List<String> differences = new ArrayList<>();
        try {
            for (Map.Entry<String, String> file : byPath.entrySet()) {
                Path path = checkout.resolve(file.getKey());
                if (!Files.exists(path)) {
                    differences.add(file.getKey() + " is missing; run: " + refreshCommand);
                } else if (!Files.readString(path).equals(file.getValue())) {
                    differences.add(file.getKey() + " is stale; run: " + refreshCommand);
                }
            }
            for (Path path : surplus(checkout)) {
                differences.add(REFERENCE + path.getFileName() + " is of no component; run: " + refreshCommand);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return differences;
    }

    /** Writes all files and deletes pages of components that are gone. */
    public void write(Path checkout) {
        try {
            for (Map.Entry<String, String> file : byPath.entrySet()) {
                Path path = checkout.resolve(file.getKey());
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, file.getValue());
            }
            for (Path path : surplus(checkout)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> surplus(Path checkout) throws IOException {
        Path folder = checkout.resolve(REFERENCE);
        List<Path> surplus = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return surplus;
        }
        try (Stream<Path> pages = Files.list(folder)) {
            for (Path page : pages.sorted().toList()) {
                boolean known = byPath.containsKey(REFERENCE + page.getFileName());
                if (!known
                        && Files.isRegularFile(page)
                        && Files.readString(page).contains(FIRST_LINES)) {
                    surplus.add(page);
                }
            }
        }
        return surplus;
    }
}
