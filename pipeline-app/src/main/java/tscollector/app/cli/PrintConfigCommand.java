package tscollector.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tscollector.app.service.ExitCode;

/** {@code print-config}: the configuration as it is in force. */
@Command(
        name = "print-config",
        aliases = "print-initial-config",
        description =
                "Prints the configuration in force: files merged, variables replaced, defaults filled in, secrets masked.",
        mixinStandardHelpOptions = true)
final class PrintConfigCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    PrintConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        terminal.out().print(config.load(terminal).toYaml());
        return ExitCode.OK;
    }
}
