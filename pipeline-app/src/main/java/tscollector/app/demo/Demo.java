package tscollector.app.demo;

import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tscollector.app.load.ComponentCatalog;
import tscollector.app.load.ConfigException;
import tscollector.app.load.ConfigLoader;
import tscollector.app.load.ConfigSource;
import tscollector.app.load.LoadedConfiguration;
import tscollector.app.service.Service;
import tscollector.kit.config.Surroundings;
import tscollector.kit.time.SystemScheduler;
import tscollector.simulator.Api;
import tscollector.simulator.DemoScenario;
import tscollector.simulator.TorchServeSimulator;
import tscollector.time.Scheduler;

/**
 * Starts a simulated TorchServe and lets an ordinary configuration watch it: the three receivers, naming, model diff and the debug
 * exporter. Each change on the server is announced where it happens, so that a reader sees cause and effect.
 */
public final class Demo {
    /** Runs a loaded configuration until it is stopped. */
    @FunctionalInterface
    public interface Runner {
        /** Blocks; gives the exit code. {@code onService} is told of the service before it runs. */
        int run(LoadedConfiguration config, Consumer<Service> onService) throws InterruptedException;
    }

    private static final Duration TICK = Duration.ofMillis(250);

    private final PrintStream out;
    private final Duration length;
    private final Duration interval;
    private final Clock clock;

    /**
     * A demonstration.
     *
     * @param length zero: until somebody stops it
     */
    public Demo(PrintStream out, Clock clock, Duration length, Duration interval) {
        this.out = out;
        this.clock = clock;
        this.length = length;
        this.interval = interval;
    }

    /** Runs it; gives the exit code. */
    public int run(Runner runner) throws IOException, ConfigException, InterruptedException {
        Path folder = Files.createTempDirectory("tscollector-demo");
        Path keyFile = folder.resolve("key_file.json");
        try (TorchServeSimulator server = DemoScenario.server().tokens(keyFile).start();
                SystemScheduler scheduler = new SystemScheduler()) {
            LoadedConfiguration config = load(server, keyFile);
            introduce(server);
            return runner.run(config, service -> play(server, service, scheduler));
        } finally {
            Files.deleteIfExists(keyFile);
            Files.deleteIfExists(folder);
        }
    }

    private LoadedConfiguration load(TorchServeSimulator server, Path keyFile) throws ConfigException {
        Map<String, String> variables = Map.of(
                "INFERENCE", Integer.toString(server.port(Api.INFERENCE)),
                "MANAGEMENT", Integer.toString(server.port(Api.MANAGEMENT)),
                "METRICS", Integer.toString(server.port(Api.METRICS)),
                "KEY_FILE", keyFile.toString(),
                "INTERVAL", interval.toSeconds() + "s");
        return new ConfigLoader(ComponentCatalog.load(), Surroundings.of(variables))
                .load(List.of(new ConfigSource.Text("demo.yaml", text("demo.yaml"))), List.of());
    }

    private static String text(String resource) {
        try (InputStream in = Demo.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void introduce(TorchServeSimulator server) {
        say("A simulated TorchServe 0.12.0 runs at " + server.url(Api.INFERENCE) + " (ping), "
                + server.url(Api.MANAGEMENT) + " (models) and " + server.url(Api.METRICS)
                + "/metrics, with tokens on.\n"
                + "TorchServe Collector asks all three every " + interval.toSeconds()
                + " seconds; below stands what it would send: value, name, attributes.\n"
                + "Every name is as it arrives in a backend. Ctrl-C ends the demo.\n");
    }

    /** Moves the server on in small steps on a timer, and stops the service at the end. */
    private void play(TorchServeSimulator server, Service service, Scheduler scheduler) {
        DemoScenario scenario = new DemoScenario(server, 1);
        scenario.advanceTo(Duration.ZERO);
        long begin = clock.nanoTime();
        step(scenario, begin, service, scheduler);
    }

    private void step(DemoScenario scenario, long begin, Service service, Scheduler scheduler) {
        scheduler.schedule(TICK, () -> {
            Duration now = Duration.ofNanos(clock.nanoTime() - begin);
            for (DemoScenario.Step step : scenario.advanceTo(now)) {
                say(String.format(
                        Locale.ROOT,
                        "%n=== after %ds on the server: %s%n",
                        step.at().toSeconds(),
                        step.description()));
            }
            if (!length.isZero() && now.compareTo(length) >= 0) {
                service.requestStop();
                return;
            }
            step(scenario, begin, service, scheduler);
        });
    }

    /** What stands at the end. */
    public static String farewell() {
        return """

                That was the demo. Your own server, printed the same way:
                  TS_HOST=127.0.0.1 tscollector run --config config/print.yaml
                """;
    }

    private void say(String text) {
        out.println(text);
        out.flush();
    }
}
