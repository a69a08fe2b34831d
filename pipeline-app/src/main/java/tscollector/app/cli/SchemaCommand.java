package tscollector.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tscollector.app.load.ComponentCatalog;
import tscollector.app.load.GeneratedFiles;
import tscollector.app.service.ExitCode;

/** {@code schema}: the JSON Schema of configuration files. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of configuration files, for editors.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
    private final Terminal terminal;

    SchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().print(GeneratedFiles.schema(ComponentCatalog.load()));
        return ExitCode.OK;
    }
}
