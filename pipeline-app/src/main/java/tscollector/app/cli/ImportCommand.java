package tscollector.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tscollector.app.service.ExitCode;
import tscollector.kit.config.Surroundings;

/** {@code import}: makes a configuration of what another program is configured with. */
@Command(
        name = "import",
        description = "Makes a configuration of what another program is configured with.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        line.getErr().println("tscollector: import needs to know from what: import datadog FILE");
        return ExitCode.CONFIGURATION;
    }

    /** {@code import datadog}: from the Agent's torchserve check. */
    @Command(
            name = "datadog",
            description = {
                "Makes a configuration of the Datadog Agent's torchserve check and prints it.",
                "What is not carried over, or differs, is named on standard error, one line an option.",
                "Ends with 0 if at least one instance was carried over, else with 2."
            },
            mixinStandardHelpOptions = true)
    static final class Datadog implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(
                arity = "1..*",
                paramLabel = "FILE",
                description =
                        "conf.yaml, a Docker label's or a pod annotation's JSON, or a manifest with one; a folder of such; - for standard input.")
        private List<String> files = List.of();

        @Option(
                names = "--compat",
                paramLabel = "off|strict",
                description =
                        "strict: what dashboards and monitors can notice is as with the check, its mistakes included. Default: ${DEFAULT-VALUE}.",
                defaultValue = "off")
        private DatadogReader.Compat compat = DatadogReader.Compat.OFF;

        @Option(
                names = "--agent-config",
                paramLabel = "FILE",
                description = "The Agent's datadog.yaml: its site, host, tags, proxy and further destinations.")
        private @Nullable String agentConfig;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "Writes to a file, which only you can read, instead of standard output (-).")
        private @Nullable Path output;

        Datadog(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws ImportException {
            String yaml = new DatadogReader(terminal, Surroundings.ofProcess())
                    .read(files, agentConfig, compat)
                    .yaml();
            if (output == null || output.toString().equals("-")) {
                terminal.out().print(yaml);
            } else {
                write(output, yaml);
            }
            return ExitCode.OK;
        }

        /** In one step, and readable for nobody else: there may be passwords in it. */
        private static void write(Path file, String yaml) throws ImportException {
            byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
            try {
                if (Files.isDirectory(file)) {
                    throw new ImportException("cannot write " + file + ": it is a folder");
                }
                if (Files.exists(file) && !Files.isRegularFile(file)) {
                    Files.write(file, bytes); // a device or a pipe is never replaced
                    return;
                }
                Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(); // a link stays a link
                Path parent = target.getParent();
                if (parent == null || !Files.isDirectory(parent)) {
                    throw new ImportException("cannot write " + file + ": its folder is not there");
                }
                replace(target, parent, bytes);
            } catch (AccessDeniedException e) {
                throw new ImportException("cannot write " + file + ": no permission");
            } catch (IOException e) {
                throw new ImportException("cannot write " + file + ": " + e.getMessage());
            }
        }

        private static void replace(Path target, Path parent, byte[] bytes) throws IOException {
            Path part = Files.createTempFile(parent, ".import-", ".yaml"); // made with mode 600
            try {
                Files.write(part, bytes);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }
}
