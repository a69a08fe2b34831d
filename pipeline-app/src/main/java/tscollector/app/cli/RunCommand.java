package tscollector.app.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tscollector.app.graph.GraphPlan;
import tscollector.app.load.LoadedConfiguration;
import tscollector.app.load.ServiceConfig;
import tscollector.app.observe.LogSetup;
import tscollector.app.service.Service;

/** {@code run}: runs a configuration until a signal comes. */
@Command(name = "run", description = "Runs a configuration (the default command).", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("service");

    private final Terminal terminal;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        return run(config.load(terminal), terminal);
    }

    /** Runs what was loaded; blocks until it has stopped. */
    static int run(LoadedConfiguration loaded, Terminal terminal) throws InterruptedException {
        return run(loaded, terminal, service -> {});
    }

    /** The same; {@code onService} is told of the service just before it runs. */
    static int run(LoadedConfiguration loaded, Terminal terminal, Consumer<Service> onService)
            throws InterruptedException {
        ServiceConfig.Logs logs = loaded.service().telemetry().logs();
        LogSetup.apply(
                logs.level().name().toLowerCase(Locale.ROOT),
                logs.encoding() == ServiceConfig.Encoding.JSON ? LogSetup.Format.JSON : LogSetup.Format.TEXT);
        loaded.warnings().forEach(warning -> LOG.warn("{}", warning.headline()));
        Service service = new Service(
                GraphPlan.of(loaded),
                loaded.service().shutdownTimeout(),
                terminal.out(),
                terminal.clock(),
                terminal.version());
        terminal.onService().accept(service);
        onService.accept(service);
        return service.run();
    }
}
