package tscollector.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tscollector.app.check.CheckRun;
import tscollector.app.check.Hurry;
import tscollector.app.load.ConfigSource;
import tscollector.app.load.LoadedConfiguration;
import tscollector.app.observe.LogSetup;
import tscollector.app.service.ExitCode;

/** {@code check}: asks every target and prints what would be sent. */
@Command(
        name = "check",
        description = {
            "Asks every target once or twice and prints what would be sent: metrics, service checks, events. Sends nothing; stored state stays as it is.",
            "Ends with 0 if every target answered, with 1 if one did not."
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final int MOST_RUNS = 100;

    private final Terminal terminal;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--runs",
            paramLabel = "N",
            description =
                    "How often each target is asked; the second time shows what counters gain. Default: ${DEFAULT-VALUE}.",
            defaultValue = "2")
    private int runs;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (runs < 1 || runs > MOST_RUNS) {
            terminal.err().println("tscollector: --runs must be from 1 to " + MOST_RUNS);
            return ExitCode.CONFIGURATION;
        }
        LoadedConfiguration loaded = config.load(terminal);
        String hurry = Hurry.over(loaded);
        if (!hurry.isEmpty()) {
            loaded = config.load(terminal, List.of(new ConfigSource.Text("check", hurry)));
        }
        LogSetup.apply("error", LogSetup.Format.TEXT); // what went wrong stands in the report
        return new CheckRun(terminal.out(), terminal.err(), terminal.clock(), terminal.version()).run(loaded, runs);
    }
}
