package tscollector.app.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tscollector.app.observe.ComponentStats;
import tscollector.app.observe.Stats;
import tscollector.component.Deadline;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.kit.time.SystemScheduler;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;

class PipelineGraphTest {
    private final TestComponents test = new TestComponents();
    private final SystemScheduler scheduler = new SystemScheduler();
    private final Stats stats = new Stats(Clock.getDefault());
    private final Environment environment =
            new Environment(Clock.getDefault(), scheduler, stats, System.out, "0.0.0-test");
    private final MetricBatch batch = new Batches().gauge("g", 1).gauge("h", 2).batch();

    @AfterEach
    void closeScheduler() {
        scheduler.close();
    }

    private PipelineGraph start(String... pipelines) throws StartException {
        PipelineGraph graph = PipelineGraph.build(test.plan(pipelines), environment);
        graph.start();
        return graph;
    }

    private Consumer<MetricBatch> outputOf(String receiver) {
        return test.receivers.get("test/" + receiver).get(Signal.METRICS);
    }

    private ComponentStats.Snapshot statsOf(Kind kind, String id) {
        return stats.snapshots().stream()
                .filter(s -> s.kind() == kind && s.id().toString().equals("test/" + id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void carriesABatchThroughEachProcessorToEachExporter() throws Exception {
        start("metrics: r -> p q -> x y");

        outputOf("r").consume(batch);

        assertThat(test.life).containsSubsequence("through processor test/p", "through processor test/q");
        assertThat(test.metricExporters.get("test/x").batches()).containsExactly(batch);
        assertThat(test.metricExporters.get("test/y").batches()).containsExactly(batch);
    }

    @Test
    void sharesReceiversAndExportersByIdAndMakesProcessorsPerPipeline() throws Exception {
        start("metrics/a: r -> p -> x", "metrics/b: r -> p -> x", "logs: r -> p -> x");

        outputOf("r").consume(batch);

        assertThat(test.receivers).containsOnlyKeys("test/r");
        assertThat(test.receivers.get("test/r").signals()).containsExactlyInAnyOrder(Signal.METRICS, Signal.LOGS);
        assertThat(test.metricExporters.get("test/x").batches()).hasSize(2);
        assertThat(test.life.stream().filter("start processor test/p"::equals)).hasSize(3);
        assertThat(test.life.stream().filter("start exporter test/x"::equals)).hasSize(1);
    }

    @Test
    void startsExportersFirstAndReceiversLastAndStopsTheOtherWay() throws Exception {
        PipelineGraph graph = start("metrics: r -> p q -> x");

        graph.stop(Deadline.in(Duration.ofSeconds(5), Clock.getDefault()));

        assertThat(test.life)
                .containsExactly(
                        "start extension test/e",
                        "start exporter test/x",
                        "start processor test/q",
                        "start processor test/p",
                        "start receiver test/r",
                        "stop receiver test/r",
                        "stop processor test/p",
                        "stop processor test/q",
                        "stop exporter test/x",
                        "stop extension test/e");
    }

    @Test
    void leadsFromPipelineToPipelineThroughAConnector() throws Exception {
        start("metrics/in: r ->  -> join", "metrics/out: join -> p -> x", "metrics/side: join -> -> y");

        outputOf("r").consume(batch);

        assertThat(test.metricExporters.get("test/x").batches()).containsExactly(batch);
        assertThat(test.metricExporters.get("test/y").batches()).containsExactly(batch);
        assertThat(statsOf(Kind.CONNECTOR, "join").accepted()).isEqualTo(2);
    }

    @Test
    void refusesPipelinesThatFeedEachOtherInACircle() {
        assertThatThrownBy(() -> start("metrics/a: r joinb -> -> joina", "metrics/b: joina -> -> joinb"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void triesEveryBranchThoughTheFirstRefusesAndTellsTheReceiver() throws Exception {
        start("metrics: r -> -> x y");
        test.metricExporters.get("test/x").refuseNext(DeliveryException.retryable("queue full"));

        assertThatThrownBy(() -> outputOf("r").consume(batch))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("queue full");

        assertThat(test.metricExporters.get("test/y").batches()).containsExactly(batch);
        assertThat(statsOf(Kind.EXPORTER, "x").refused()).isEqualTo(2);
        assertThat(statsOf(Kind.EXPORTER, "y").accepted()).isEqualTo(2);
        assertThat(statsOf(Kind.RECEIVER, "r").accepted()).isEqualTo(2);
        assertThat(statsOf(Kind.RECEIVER, "r").refused()).isZero();
    }

    @Test
    void turnsADefectOfAProcessorIntoAPermanentRefusal() throws Exception {
        start("metrics: r -> defect -> x", "metrics/fine: r -> p -> y");

        assertThatThrownBy(() -> outputOf("r").consume(batch)).isInstanceOfSatisfying(DeliveryException.class, e -> {
            assertThat(e.isRetryable()).isFalse();
            assertThat(e).hasMessageContaining("processor test/defect");
        });

        assertThat(statsOf(Kind.PROCESSOR, "defect").failed()).isEqualTo(2);
        assertThat(test.metricExporters.get("test/y").batches()).containsExactly(batch);
    }

    @Test
    void namesTheComponentThatCannotStartAndStopsTheOthers() throws Exception {
        test.failing = "receiver test/r";
        test.startFailure = () -> new StartException("port 9404 is in use");
        PipelineGraph graph = PipelineGraph.build(test.plan("metrics: r -> -> x"), environment);

        assertThatThrownBy(graph::start).hasMessage("cannot start receiver test/r: port 9404 is in use");
        graph.stop(Deadline.in(Duration.ofSeconds(5), Clock.getDefault()));

        assertThat(test.life).endsWith("stop receiver test/r", "stop exporter test/x", "stop extension test/e");
    }

    @Test
    void doesNotWaitLongerForAComponentThatHangsThanTheDeadline() throws Exception {
        PipelineGraph graph = start("metrics: r -> -> x");
        CountDownLatch forever = new CountDownLatch(1);
        test.onShutdown = () -> awaitQuietly(forever);
        long begin = System.nanoTime();

        graph.stop(Deadline.in(Duration.ofMillis(200), Clock.getDefault()));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        forever.countDown();
    }

    @Test
    void waitsForAComponentThatCountsAtTheDeadlineWhatItCouldNotDo() throws Exception {
        PipelineGraph graph = start("metrics: r -> -> x");
        Deadline deadline = Deadline.in(Duration.ofMillis(50), Clock.getDefault());
        AtomicInteger counted = new AtomicInteger();
        test.onShutdown = () -> {
            LockSupport.parkNanos(1 + deadline.remaining().toNanos());
            while (!deadline.hasPassed()) {
                Thread.onSpinWait();
            }
            counted.incrementAndGet();
        };

        graph.stop(deadline);

        assertThat(counted).as("receiver, exporter and extension").hasValue(3);
    }

    @Test
    void countsWhatCrossesEachEdge() throws Exception {
        start("metrics: r -> p -> x");

        outputOf("r").consume(batch);
        outputOf("r").consume(batch);

        assertThat(statsOf(Kind.RECEIVER, "r").accepted()).isEqualTo(4);
        assertThat(statsOf(Kind.PROCESSOR, "p").accepted()).isEqualTo(4);
        assertThat(statsOf(Kind.EXPORTER, "x").accepted()).isEqualTo(4);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
