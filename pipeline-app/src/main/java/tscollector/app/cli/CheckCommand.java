package tscollector.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tscollector.app.check.CheckRun;
import tscollector.app.check.Hurry;
import tscollector.app.load.ConfigSource;
import tscollector.app.load.LoadedConfiguration;
import tscollector.app.observe.LogSetup;
import tscollector.app.service.ExitCode;
import tscollector.kit.config.Surroundings;

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
        Surroundings surroundings = new Keyless(Surroundings.ofProcess());
        LoadedConfiguration loaded = config.load(terminal, List.of(), surroundings);
        String hurry = Hurry.over(loaded);
        if (!hurry.isEmpty()) {
            loaded = config.load(terminal, List.of(new ConfigSource.Text("check", hurry)), surroundings);
        }
        LogSetup.apply("error", LogSetup.Format.TEXT); // what went wrong stands in the report
        return new CheckRun(terminal.out(), terminal.err(), terminal.clock(), terminal.version()).run(loaded, runs);
    }

    /** Nothing is sent, so nobody needs the key to Datadog. */
    private record Keyless(Surroundings real) implements Surroundings {
        private static final String KEY = "DD_API_KEY";

        @Override
        public @Nullable String variable(String name) {
            String value = real.variable(name);
            return value == null && name.startsWith(KEY) ? "0".repeat(32) : value;
        }

        @Override
        public byte[] read(String path, int limit) throws IOException {
            return real.read(path, limit);
        }

        @Override
        public @Nullable String obstacle(String path) {
            return real.obstacle(path);
        }

        @Override
        public @Nullable String obstacleToPath(String path) {
            return real.obstacleToPath(path);
        }
    }
}
