package tscollector.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tscollector.app.load.LoadedConfiguration;
import tscollector.app.service.ExitCode;

/** {@code validate}: says everything that is wrong with a configuration, without starting anything. */
@Command(
        name = "validate",
        description = "Says everything that is wrong with a configuration; starts nothing.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        LoadedConfiguration loaded = config.load(terminal);
        loaded.warnings().forEach(warning -> terminal.err().print(warning.block()));
        terminal.out().println("The configuration is valid.");
        return ExitCode.OK;
    }
}
