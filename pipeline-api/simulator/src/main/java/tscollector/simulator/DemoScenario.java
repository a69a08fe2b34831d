package tscollector.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A day of a TorchServe in half a minute: traffic all the time, and one change after the other.
 *
 * <p>The caller passes the time in, in any steps; the same seed and the same time give the same counters whatever the steps
 * were. Nothing here sleeps or starts a thread. Not thread-safe.
 */
public final class DemoScenario {
    /** A change and when it happens after the start. */
    public record Step(Duration at, String description) {}

    private static final String REGRESSION = "linear_regression";
    private static final long TICK_MILLIS = 250;
    private static final int HOST_TICKS = 8;

    private final TorchServeSimulator server;
    private final Random random;
    private final List<Change> changes = changes();
    private long ticks;
    private int done;

    /** @param server from {@link #server()}, started; token changes are left out when it has no key file */
    public DemoScenario(TorchServeSimulator server, long seed) {
        this.server = server;
        this.random = new Random(seed);
    }

    /** A builder with the models of the first scene; add key file, ports and whatever else is wanted. */
    public static TorchServeSimulatorBuilder server() {
        return TorchServeSimulator.builder()
                .model(ModelSettings.of(REGRESSION, "1.0", "linear_regression_1_0.mar"))
                .model(ModelSettings.of(REGRESSION, "2.0", "linear_regression_2_0.mar")
                        .withWorkers(2, 2))
                .model(ModelSettings.of("chatty", "1.0", "chatty.mar"))
                .model(ModelSettings.of("describer", "1.0", "describer.mar"));
    }

    /** All changes in order, for a program or a table of contents. */
    public List<Step> steps() {
        return changes.stream().map(change -> change.step).toList();
    }

    /** Whether the last change has happened; traffic goes on. */
    public boolean isOver() {
        return done == changes.size();
    }

    /**
     * Brings the server to its state at that time after the start. Going back does nothing.
     *
     * @return the changes that happened on the way
     */
    public List<Step> advanceTo(Duration sinceStart) {
        List<Step> happened = new ArrayList<>();
        while (ticks * TICK_MILLIS <= sinceStart.toMillis()) {
            while (!isOver() && changes.get(done).step.at.toMillis() <= ticks * TICK_MILLIS) {
                Change change = changes.get(done++);
                change.work.run();
                happened.add(change.step);
            }
            traffic();
            if (ticks % HOST_TICKS == 0) {
                server.collectHostMetrics();
            }
            ticks++;
        }
        return happened;
    }

    private List<Change> changes() {
        List<Change> all = new ArrayList<>();
        at(all, 3, "model batcher 1.0 is registered with 2 workers", this::addBatcher);
        at(
                all,
                6,
                "the default version of linear_regression changes from 1.0 to 2.0",
                () -> server.setDefaultVersion(REGRESSION, "2.0"));
        at(all, 9, "the worker of chatty dies", () -> server.killWorker("chatty", null, chattyWorker()));
        at(
                all,
                12,
                "the worker of chatty is back under a new pid",
                () -> server.recoverWorker("chatty", null, chattyWorker()));
        at(all, 15, "the inference and management tokens expire", this::expire);
        at(all, 19, "the tokens are rotated and the key file is rewritten", this::rotate);
        at(
                all,
                22,
                "version 1.0 of linear_regression is unregistered",
                () -> server.unregisterVersion(REGRESSION, "1.0"));
        at(all, 25, "model describer is unregistered", () -> server.unregisterModel("describer"));
        at(
                all,
                27,
                "metrics_mode is what TorchServe comes with, log: /metrics answers 200 with nothing in it",
                () -> server.metricsMode(MetricsMode.LOG));
        return all;
    }

    private static void at(List<Change> all, int seconds, String description, Runnable work) {
        all.add(new Change(new Step(Duration.ofSeconds(seconds), description), work));
    }

    private void addBatcher() {
        server.registerModel(ModelSettings.of("batcher", "1.0", "batcher.mar")
                .withWorkers(2, 2)
                .withBatch(4, 200)
                .withJobQueueSize(20));
    }

    private String chattyWorker() {
        return server.model("chatty").current().workers().get(0).id();
    }

    private void expire() {
        if (server.keyFile().isPresent()) {
            server.expireKeys();
        }
    }

    private void rotate() {
        if (server.keyFile().isPresent()) {
            server.rotateKey(Api.INFERENCE);
            server.rotateKey(Api.MANAGEMENT);
        }
    }

    private void traffic() {
        for (String name : server.modelNames()) {
            Model.Version version = server.model(name).current();
            boolean serves = version.workers().stream().anyMatch(Worker::ready);
            int requests = random.nextInt(name.equals(REGRESSION) ? 8 : 4);
            for (int i = 0; i < requests; i++) {
                request(name, serves);
            }
            int capacity = version.settings().jobQueueSize();
            server.setPendingRequests(name, null, serves ? random.nextInt(3) : Math.min(capacity, 5));
        }
    }

    private void request(String name, boolean serves) {
        double queue = nanos(80 + 400 * random.nextDouble());
        double work = nanos(2_000 + 900 * Math.exp(1.2 * random.nextGaussian()));
        boolean raises = name.equals("chatty") && random.nextInt(12) == 0;
        boolean namesVersion = random.nextInt(4) == 0;
        String version = namesVersion ? server.model(name).defaultVersion() : null;
        server.inference(name, version, serves && !raises ? 200 : 503, queue + work, queue);
    }

    /** Microseconds with three digits, as the real server divides nanoseconds. */
    private static double nanos(double micros) {
        return Math.round(micros * 1000) / 1000.0;
    }

    private record Change(Step step, Runnable work) {}
}
