package tscollector.app.cli;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.app.imports.ConfFiles;
import tscollector.app.imports.DatadogImport;
import tscollector.app.load.ComponentCatalog;
import tscollector.app.load.ConfigException;
import tscollector.app.load.ConfigLoader;
import tscollector.app.load.ConfigSource;
import tscollector.kit.config.Surroundings;

/** Reads the check's files and makes a configuration of them that loads. */
final class DatadogReader {
    /** Stands for a file that a variable will name: there, but not to be read. */
    static final String UNKNOWN_FILE = "/file-of-a-variable";

    private final Terminal terminal;
    private final Surroundings surroundings;

    DatadogReader(Terminal terminal, Surroundings surroundings) {
        this.terminal = terminal;
        this.surroundings = surroundings;
    }

    /**
     * The configuration; its remarks go to standard error.
     *
     * @param agentConfig the path of datadog.yaml, or null
     * @throws ImportException if a file cannot be read, or no instance is left
     */
    DatadogImport.Result read(List<String> files, @Nullable String agentConfig, Compat compat) throws ImportException {
        try {
            return readFiles(files, agentConfig, compat);
        } catch (IOException e) {
            throw new ImportException(String.valueOf(e.getMessage()));
        }
    }

    private DatadogImport.Result readFiles(List<String> files, @Nullable String agentConfig, Compat compat)
            throws IOException, ImportException {
        ConfFiles reader = new ConfFiles(surroundings, terminal.in());
        DatadogImport.Result result = new DatadogImport(compat == Compat.STRICT, surroundings)
                .run(reader.read(files), agentConfig == null ? null : reader.file(agentConfig), this::faults);
        result.remarks().forEach(terminal.err()::println);
        if (result.instances() == 0) {
            throw new ImportException("there is no instance that can be carried over");
        }
        return result;
    }

    /** What loading the configuration says; variables that are not set yet are no mistake here. */
    private List<DatadogImport.Fault> faults(String yaml) {
        try {
            return TlsFiles.faults(new ConfigLoader(ComponentCatalog.load(), new AllSet(surroundings, yaml))
                    .load(List.of(new ConfigSource.Text("imported", yaml)), List.of()));
        } catch (ConfigException e) {
            return e.mistakes().stream()
                    .map(mistake -> new DatadogImport.Fault(mistake.path(), mistake.text()))
                    .toList();
        }
    }

    /** How exactly the check is followed. */
    enum Compat {
        OFF,
        STRICT
    }

    /** The same files, and variables as they will be: what must be set is set, the exporter's have their defaults. */
    private record AllSet(Surroundings real, String yaml) implements Surroundings {
        private static final String KEY = "DD_API_KEY";

        @Override
        public @Nullable String variable(String name) {
            if (name.startsWith(KEY)) {
                return "0".repeat(32);
            }
            if (yaml.contains("endpoint: \"${env:" + name + "}")) {
                return "http://127.0.0.1";
            }
            if (yaml.contains("_file: \"${env:" + name + "}")) {
                return UNKNOWN_FILE;
            }
            return name.startsWith("DD_") && !yaml.contains("${env:" + name + "}") ? null : "1";
        }

        @Override
        public byte[] read(String path, int limit) throws IOException {
            return real.read(path, limit);
        }

        @Override
        public @Nullable String obstacle(String path) {
            return path.startsWith(UNKNOWN_FILE) ? null : real.obstacle(path);
        }

        @Override
        public @Nullable String obstacleToPath(String path) {
            return path.startsWith(UNKNOWN_FILE) ? null : real.obstacleToPath(path);
        }
    }
}
