package tscollector.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tscollector.app.service.ExitCode;

/** {@code version}: the version of the program and of the Java machine it runs on. */
@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The version of the program and of the Java machine. */
    static String text(Terminal terminal) {
        return "tscollector " + terminal.version() + " (Java "
                + Runtime.version().feature() + ")";
    }

    @Override
    public Integer call() {
        terminal.out().println(text(terminal));
        return ExitCode.OK;
    }
}
