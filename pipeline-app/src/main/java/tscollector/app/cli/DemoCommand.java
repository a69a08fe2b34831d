package tscollector.app.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tscollector.app.demo.Demo;

/** {@code demo}: a simulated TorchServe and what comes of it, printed. */
@Command(
        name = "demo",
        description = "Starts a simulated TorchServe and a pipeline that prints what it sees: metrics and events.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long to run; 0: until Ctrl-C. The scenes take 28 seconds. Default: ${DEFAULT-VALUE}.",
            defaultValue = "32")
    private int seconds;

    @Option(
            names = "--interval",
            paramLabel = "N",
            description = "Seconds from one look at the server to the next. Default: ${DEFAULT-VALUE}.",
            defaultValue = "4")
    private int interval;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Demo demo = new Demo(
                terminal.out(),
                terminal.clock(),
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(Math.max(1, interval)));
        int code = demo.run((config, onService) -> RunCommand.run(config, terminal, onService));
        terminal.out().print(Demo.farewell());
        return code;
    }
}
