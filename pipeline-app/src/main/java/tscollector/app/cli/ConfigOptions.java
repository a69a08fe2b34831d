package tscollector.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
            names = "--datadog-conf",
            paramLabel = "FILE|FOLDER",
            description =
                    "conf.yaml of the Datadog Agent's torchserve check, used as \"import datadog\" reads it; files of --config are merged over it. May be given several times.")
    private List<String> datadogFiles = new ArrayList<>();

    @Option(
            names = "--compat",
            paramLabel = "off|strict",
            description =
                    "With --datadog-conf: whether the check is followed to its mistakes. Default: ${DEFAULT-VALUE}.",
            defaultValue = "off")
    private DatadogReader.Compat compat = DatadogReader.Compat.OFF;

    @Option(
            names = "--agent-config",
            paramLabel = "FILE",
            description = "With --datadog-conf: the Agent's datadog.yaml.")
    private @Nullable String agentConfig;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Sets one value after all files, for instance service.telemetry.logs.level=debug. The value is YAML. A key with dots stands in double quotes.")
    private List<String> assignments = new ArrayList<>();

    private @Nullable List<ConfigSource> sources;

    /** Loads what the options name. */
    LoadedConfiguration load(Terminal terminal) throws ConfigException, ImportException {
        return load(terminal, List.of(), Surroundings.ofProcess());
    }

    /** The same with further sources behind those of the user. */
    LoadedConfiguration load(Terminal terminal, List<? extends ConfigSource> further, Surroundings surroundings)
            throws ConfigException, ImportException {
        List<ConfigSource> all = new ArrayList<>(sources(terminal));
        all.addAll(further);
        return new ConfigLoader(ComponentCatalog.load(), surroundings).load(all, assignments);
    }

    /** What there is to load; read once, since standard input may be among it. */
    private List<ConfigSource> sources(Terminal terminal) throws ImportException {
        if (datadogFiles.isEmpty() && (agentConfig != null || compat != DatadogReader.Compat.OFF)) {
            throw new ImportException(
                    "--compat and --agent-config need --datadog-conf; in files of --config write compat: strict");
        }
        if (sources == null) {
            List<ConfigSource> read = new ArrayList<>();
            if (!datadogFiles.isEmpty()) {
                read.add(imported(terminal));
            }
            files.stream().map(ConfigSource.File::new).forEach(read::add);
            sources = read;
        }
        return sources;
    }

    private ConfigSource imported(Terminal terminal) throws ImportException {
        String yaml = new DatadogReader(terminal, Surroundings.ofProcess())
                .read(datadogFiles, agentConfig, compat)
                .yaml();
        String name = datadogFiles.size() == 1 ? datadogFiles.get(0) : "datadog";
        return new ConfigSource.Text(name + " (imported)", yaml);
    }
}
