package tscollector.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tscollector.app.load.ConfigException;
import tscollector.app.service.ExitCode;

/** The program as a command; without the name of another command it runs. */
@Command(
        name = "tscollector",
        description = "Watches TorchServe servers and hands metrics, health and events to OpenTelemetry backends.",
        synopsisSubcommandLabel = "[COMMAND]",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.CONFIGURATION,
        exitCodeOnExecutionException = ExitCode.FATAL)
public final class MainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    private MainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The whole command line, ready to execute; its result is the process's exit code. */
    public static CommandLine commandLine(Terminal terminal) {
        CommandLine line = new CommandLine(new MainCommand(terminal));
        line.addSubcommand(new RunCommand(terminal));
        line.addSubcommand(new ValidateCommand(terminal));
        line.addSubcommand(new PrintConfigCommand(terminal));
        line.addSubcommand(new CheckCommand(terminal));
        line.addSubcommand(new CommandLine(new ImportCommand()).addSubcommand(new ImportCommand.Datadog(terminal)));
        line.addSubcommand(new ComponentsCommand(terminal));
        line.addSubcommand(new SchemaCommand(terminal));
        line.addSubcommand(new DemoCommand(terminal));
        line.addSubcommand(new VersionCommand(terminal));
        line.getCommandSpec().version(VersionCommand.text(terminal));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((exception, command, parsed) -> explain(exception, terminal));
        return line;
    }

    @Override
    public Integer call() throws Exception {
        return RunCommand.run(config.load(terminal), terminal);
    }

    private static int explain(Exception exception, Terminal terminal) throws Exception {
        if (exception instanceof ConfigException mistakes) {
            terminal.err().println(mistakes.getMessage());
            return ExitCode.CONFIGURATION;
        }
        if (exception instanceof ImportException refusal) {
            terminal.err().println("tscollector: " + refusal.getMessage());
            return ExitCode.CONFIGURATION;
        }
        throw exception;
    }
}
