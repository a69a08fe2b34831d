package tscollector.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import tscollector.app.graph.GraphPlan;
import tscollector.app.load.Configured;
import tscollector.app.load.ConfiguredPipeline;
import tscollector.component.BuildContext;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Descriptor;
import tscollector.component.Host;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.config.Config;
import tscollector.consumer.Consumers;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.kit.delivery.Delivery;
import tscollector.receiver.Receiver;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.Signal;

@Timeout(30)
class ServiceTest {
    record NoConfig() implements Config {}

    private static final ComponentId ID = ComponentId.parse("test");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> life = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch started = new CountDownLatch(1);
    private StartException exporterCannotBeBuilt;
    private StartException receiverCannotStart;
    private RuntimeException receiverIsDefective;
    private Consumer<BuildContext> atStopOfExporter = context -> {};
    private Deadline deadline;

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger("service")).addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger("service")).detachAppender(log);
    }

    private Service service(Duration shutdownTimeout) {
        Map<Kind, Map<ComponentId, Configured<?>>> components = new EnumMap<>(Kind.class);
        components.put(Kind.RECEIVER, Map.of(ID, new Configured<>(ID, new ReceiverType(), new NoConfig())));
        components.put(Kind.EXPORTER, Map.of(ID, new Configured<>(ID, new ExporterType(), new NoConfig())));
        GraphPlan plan = new GraphPlan(
                components,
                List.of(),
                List.of(new ConfiguredPipeline(Signal.METRICS, "", List.of(ID), List.of(), List.of(ID))));
        return new Service(plan, shutdownTimeout, System.out, Clock.getDefault(), "1.2.3");
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::toString).toList();
    }

    @Test
    void runsUntilItIsAskedToStopAndEndsWithZero() throws Exception {
        Service service = service(Duration.ofSeconds(5));
        CompletableFuture<Integer> code = run(service);
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(code).isNotDone();

        service.requestStop();

        assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
        assertThat(life).containsExactly("start exporter", "start receiver", "stop receiver", "stop exporter");
        assertThat(logged())
                .containsExactly(
                        "[INFO] Everything is ready. version=1.2.3 pipelines=1", "[INFO] Stopping.", "[INFO] Stopped.");
    }

    @Test
    void stopsAtOnceWhenItWasAskedToBeforeItRan() throws Exception {
        Service service = service(Duration.ofSeconds(5));
        service.requestStop();
        service.requestStop();

        assertThat(service.run()).isEqualTo(ExitCode.OK);
        assertThat(life).endsWith("stop receiver", "stop exporter");
    }

    @Test
    void endsWithThreeWhenAComponentCannotBeBuiltAndStartsNothing() throws Exception {
        exporterCannotBeBuilt = new StartException("the folder is not writable");

        assertThat(service(Duration.ofSeconds(5)).run()).isEqualTo(ExitCode.START);
        assertThat(life).isEmpty();
        assertThat(logged()).containsExactly("[ERROR] cannot build exporter test: the folder is not writable");
    }

    @Test
    void endsWithThreeWhenAComponentCannotStartAndStopsTheOthers() throws Exception {
        receiverCannotStart = new StartException("port 9404 is in use");

        assertThat(service(Duration.ofSeconds(5)).run()).isEqualTo(ExitCode.START);
        assertThat(life).containsExactly("start exporter", "start receiver", "stop receiver", "stop exporter");
        assertThat(logged()).containsExactly("[ERROR] cannot start receiver test: port 9404 is in use");
    }

    @Test
    void endsWithThreeWhenAComponentIsDefective() throws Exception {
        receiverIsDefective = new IllegalStateException("oops");

        assertThat(service(Duration.ofSeconds(5)).run()).isEqualTo(ExitCode.START);
        assertThat(logged())
                .filteredOn(line -> line.startsWith("[ERROR]"))
                .singleElement()
                .asString()
                .startsWith("[ERROR] cannot start receiver test: it met a defect")
                .contains("oops");
    }

    @Test
    void endsWithFourWhenDataIsLeftUndelivered() throws Exception {
        atStopOfExporter = context -> context.telemetry().dropped(Delivery.STOPPED, 12);
        Service service = service(Duration.ofSeconds(5));
        service.requestStop();

        assertThat(service.run()).isEqualTo(ExitCode.UNDELIVERED);
        assertThat(logged())
                .contains(
                        "[INFO] exporter test: accepted 0, dropped 12 (stopped before delivery: 12)",
                        "[ERROR] Stopped with data left undelivered. items=12")
                .doesNotContain("[INFO] Stopped.");
    }

    @Test
    void endsWithZeroWhenDataWasLostForOtherReasonsAndSaysSo() throws Exception {
        atStopOfExporter = context -> context.telemetry().dropped("queue full", 3);
        Service service = service(Duration.ofSeconds(5));
        service.requestStop();

        assertThat(service.run()).isEqualTo(ExitCode.OK);
        assertThat(logged()).contains("[INFO] exporter test: accepted 0, dropped 3 (queue full: 3)");
    }

    @Test
    void leavesSomeOfTheShutdownTimeoutForTheLastSteps() throws Exception {
        Service service = service(Duration.ofSeconds(60));
        service.requestStop();
        int unused = service.run();

        assertThat(service.shutdownTimeout()).hasSeconds(60);
        assertThat(deadline.remaining()).isBetween(Duration.ofSeconds(30), Duration.ofMillis(59_700));
    }

    @Test
    void stopsWithoutPatienceWhenTheTimeoutIsShorterThanTheLastSteps() throws Exception {
        Service service = service(Duration.ofMillis(100));
        service.requestStop();
        CompletableFuture<Integer> code = run(service);

        assertThat(code.get(20, TimeUnit.SECONDS)).isIn(ExitCode.OK, ExitCode.UNDELIVERED);
        assertThat(deadline == null || deadline.hasPassed()).isTrue();
    }

    private static CompletableFuture<Integer> run(Service service) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return service.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private final class ReceiverType implements ReceiverFactory<NoConfig> {
        @Override
        public Descriptor<NoConfig> descriptor() {
            return Descriptor.of(Kind.RECEIVER, "test", "A test.", NoConfig.class, new NoConfig());
        }

        @Override
        public Set<Signal<?>> signals() {
            return Set.of(Signal.METRICS);
        }

        @Override
        public Receiver create(BuildContext context, NoConfig config, Consumers next) {
            return new Receiver() {
                @Override
                public void start(Host host) throws StartException {
                    life.add("start receiver");
                    if (receiverCannotStart != null) {
                        throw receiverCannotStart;
                    }
                    if (receiverIsDefective != null) {
                        throw receiverIsDefective;
                    }
                    started.countDown();
                }

                @Override
                public void shutdown(Deadline latest) {
                    deadline = latest;
                    life.add("stop receiver");
                }
            };
        }
    }

    private final class ExporterType implements ExporterFactory<NoConfig> {
        @Override
        public Descriptor<NoConfig> descriptor() {
            return Descriptor.of(Kind.EXPORTER, "test", "A test.", NoConfig.class, new NoConfig());
        }

        @Override
        public Set<Signal<?>> signals() {
            return Set.of(Signal.METRICS);
        }

        @Override
        public Exporter create(BuildContext context, NoConfig config, Set<Signal<?>> wanted) throws StartException {
            if (exporterCannotBeBuilt != null) {
                throw exporterCannotBeBuilt;
            }
            return new Exporter() {
                @Override
                public void start(Host host) {
                    life.add("start exporter");
                }

                @Override
                public Consumers inputs() {
                    return Consumers.of(Signal.METRICS, batch -> {});
                }

                @Override
                public void shutdown(Deadline latest) {
                    atStopOfExporter.accept(context);
                    life.add("stop exporter");
                }
            };
        }
    }
}
