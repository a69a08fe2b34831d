package tscollector.app.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import tscollector.app.load.ComponentCatalog;
import tscollector.app.load.ConfigException;
import tscollector.app.load.ConfigLoader;
import tscollector.app.load.ConfigSource;
import tscollector.app.load.LoadedConfiguration;
import tscollector.kit.config.Surroundings;

/** The options of every command that reads a configuration. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration file. May be given several times: maps are merged, later files win.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Sets one value after all files, for instance service.telemetry.logs.level=debug. The value is YAML.")
    private List<String> assignments = new ArrayList<>();

    /** Loads what the options name. */
    LoadedConfiguration load() throws ConfigException {
        return new ConfigLoader(ComponentCatalog.load(), Surroundings.ofProcess())
                .load(files.stream().map(ConfigSource.File::new).toList(), assignments);
    }
}
