package tscollector.app.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tscollector.kit.config.Mistake;
import tscollector.kit.config.Surroundings;

/**
 * A configuration whose first comment lines say what loading it must give. {@code x.good.yaml} loads, {@code x.bad.yaml} does not.
 *
 * <pre>
 * # env NAME=value            a variable of the environment; there are no others
 * # and other.yaml            a further file of the same folder, merged over this one
 * # set a.b=c                 an argument of --set, after all files
 * # 3:5: path text            a mistake (bad) or warning (good): all of them, in order; other sources with their name in front
 * # | 3 |     key: ****       a line of the report
 * # not secret                a text that the report must not have
 * </pre>
 */
final class ConfigFile {
    private final Path path;
    private final ComponentCatalog catalog;
    private final Map<String, String> environment = new HashMap<>();
    private final List<ConfigSource> sources = new ArrayList<>();
    private final List<String> assignments = new ArrayList<>();
    private final List<String> headlines = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();

    private ConfigFile(Path path, ComponentCatalog catalog) {
        this.path = path;
        this.catalog = catalog;
        sources.add(new ConfigSource.File(path.toString()));
    }

    /** All configurations of a folder, sorted; fails when there are none. */
    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().matches(".*\\.(good|bad)\\.yaml"))
                    .sorted()
                    .toList();
            assertThat(found).as("configurations in " + folder).isNotEmpty();
            return found;
        }
    }

    /** Loads the file with the components of {@code catalog} and compares with its comments. */
    static void check(Path path, ComponentCatalog catalog) throws IOException {
        ConfigFile file = new ConfigFile(path, catalog);
        // byte by byte: files that are no UTF-8 are among them
        for (String line : Files.readString(path, StandardCharsets.ISO_8859_1)
                .replace("\u00EF\u00BB\u00BF", "")
                .lines()
                .toList()) {
            if (!line.startsWith("# ")) {
                break;
            }
            file.read(line.substring(2));
        }
        file.check();
    }

    private void read(String line) {
        if (line.startsWith("env ")) {
            String[] pair = line.substring(4).split("=", 2);
            environment.put(pair[0], pair[1]);
        } else if (line.startsWith("and ")) {
            sources.add(
                    new ConfigSource.File(path.resolveSibling(line.substring(4)).toString()));
        } else if (line.startsWith("set ")) {
            assignments.add(line.substring(4));
        } else if (line.startsWith("not ")) {
            absent.add(line.substring(4));
        } else if (line.startsWith("| ")) {
            lines.add(line.substring(2));
        } else {
            headlines.add(line);
        }
    }

    private void check() {
        boolean good = path.toString().endsWith(".good.yaml");
        try {
            LoadedConfiguration loaded =
                    new ConfigLoader(catalog, Surroundings.of(environment)).load(sources, assignments);
            if (!good) {
                fail(path.getFileName() + " was loaded; expected " + headlines);
            }
            assertThat(shown(loaded.warnings())).isEqualTo(headlines);
        } catch (ConfigException e) {
            if (good) {
                fail(path.getFileName() + " was not loaded:\n" + e.getMessage());
            }
            assertThat(shown(e.mistakes())).isEqualTo(headlines);
            assertThat(e.getMessage().lines().map(String::strip)).containsAll(lines);
            absent.addAll(List.of("java.", "tscollector.", "snakeyaml"));
            assertThat(e.getMessage()).doesNotContain(absent);
            assertThat(e.getMessage()).endsWith(" in the configuration");
        }
    }

    private List<String> shown(List<Mistake> mistakes) {
        String own = path + ":";
        String folder = path.getParent() + "/";
        return mistakes.stream()
                .map(Mistake::headline)
                .map(headline -> headline.startsWith(own) ? headline.substring(own.length()) : headline)
                .map(headline -> headline.replace(folder, ""))
                .toList();
    }
}
