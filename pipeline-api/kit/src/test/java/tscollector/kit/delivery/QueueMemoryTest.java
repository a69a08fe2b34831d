package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.QueueMemory.Load;
import tscollector.kit.delivery.QueueMemory.Series;
import tscollector.signal.ExposedType;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

class QueueMemoryTest {
    private static final Resource SERVER = Resource.create(Batches.attributes("service.instance.id", "a:8080"));

    private static final DeliveryConfig UNBATCHED = new DeliveryConfig(
            new QueueConfig(true, 1, null, null, null, false, false),
            new RetryConfig(true, Duration.ofSeconds(5), 0, 2, Duration.ofSeconds(30), Duration.ZERO));

    private final QueueMemory memory = new QueueMemory(1000);

    @Test
    void theNewestShapeOfASourceCostsNothingAndEveryFormerOneCosts() {
        Shape first = new Shape();
        assertThat(memory.hold(load(10, first, 300))).isTrue();
        assertThat(memory.hold(load(10, first, 300))).isTrue();
        assertThat(memory.used()).isEqualTo(20);

        assertThat(memory.hold(load(10, new Shape(), 300))).isTrue();
        assertThat(memory.used()).isEqualTo(330);
        assertThat(memory.hold(load(10, new Shape(), 300))).isTrue();
        assertThat(memory.used()).isEqualTo(640);
    }

    @Test
    void aGroupThatStandsInSeveralQueuesIsChargedOnce() {
        List<Load> shared = load(100, new Shape(), 300);
        memory.hold(shared);
        memory.hold(shared);
        assertThat(memory.used()).isEqualTo(100);

        memory.release(shared);
        assertThat(memory.used()).isEqualTo(100);
        memory.release(shared);
        assertThat(memory.used()).isZero();
    }

    @Test
    void refusesWhatDoesNotFitAndHoldsNothingOfIt() {
        assertThat(memory.hold(load(700, new Shape(), 0))).isTrue();
        assertThat(memory.hold(load(400, new Shape(), 0))).isFalse();

        assertThat(memory.used()).isEqualTo(700);
    }

    @Test
    void largeBatchesLeaveAQuarterToSmallOnes() {
        assertThat(memory.hold(load(740, new Shape(), 0))).isTrue();
        assertThat(memory.hold(load(20, new Shape(), 0))).isFalse();
        assertThat(memory.hold(load(15, new Shape(), 0))).isTrue();
    }

    @Test
    void givesBackExactlyWhatItTook() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        QueueMemory large = new QueueMemory(5000);
        List<Shape> shapes = List.of(new Shape(), new Shape(), new Shape());
        List<List<Load>> held = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(5) < 3) {
                List<Load> loads = held.isEmpty() || random.nextInt(4) > 0
                        ? load(random.nextInt(100), shapes.get(random.nextInt(3)), 200)
                        : held.get(random.nextInt(held.size()));
                if (large.hold(loads)) {
                    held.add(loads);
                }
            } else if (!held.isEmpty()) {
                large.release(held.remove(random.nextInt(held.size())));
            }
            assertThat(large.used()).as("seed %d", seed).isBetween(0L, 5000L + 3 * 200);
        }
        held.forEach(large::release);

        assertThat(large.used()).as("seed %d", seed).isZero();
    }

    @Test
    void seriesThatAreNewAtEachScrapeFillTheMemoryLongBeforeTheQueueIsFull() throws Exception {
        TestContext test = new TestContext("otlp_http");
        QueueMemory small = new QueueMemory(1 << 20);
        ScriptedSender<MetricBatch> backend = new ScriptedSender<>();
        backend.away(true);
        Deliveries deliveries = deliveries(test, small, backend);

        int taken = 0;
        DeliveryException refusal = null;
        while (refusal == null) {
            try {
                consume(deliveries, churned(100, "x"));
                taken++;
            } catch (DeliveryException e) {
                refusal = e;
            }
        }

        assertThat(refusal)
                .hasMessage("exporter " + test.build().id() + ": queue full: memory")
                .matches(DeliveryException::isRetryable);
        assertThat(taken * 100).isBetween(1500, 3500);
        assertThat(test.telemetry().counts()).containsOnly(Map.entry(Delivery.NO_MEMORY, 100L));
        assertThat(test.telemetry().dropped()).isEmpty();

        backend.away(false);
        test.scheduler().advance(Duration.ofMinutes(5));
        assertThat(small.used()).isZero();
        consume(deliveries, churned(100, "x"));
    }

    @Test
    void longTextsOfLabelsCount() throws Exception {
        QueueMemory small = new QueueMemory(1 << 20);
        Deliveries deliveries = deliveries(new TestContext("otlp_http"), small, new ScriptedSender<>());
        consume(deliveries, churned(100, "x".repeat(1000)));
        long before = small.used();
        consume(deliveries, churned(100, "x".repeat(1000)));

        assertThat(small.used() - before).isGreaterThan(100_000);
    }

    @Test
    void aMillionItemsOfSeriesThatStayFitIntoAQuarterOfTheDefaultHeap() throws Exception {
        QueueMemory standard = new QueueMemory((254L << 20) / 4);
        TestContext test = new TestContext("otlp_http");
        ScriptedSender<MetricBatch> backend = new ScriptedSender<>();
        Deliveries deliveries = deliveries(test, standard, backend);
        backend.away(true);
        MetricGroup steady = twoPointsAMetric(40);

        for (int i = 0; i < 25_000; i++) {
            consume(
                    deliveries,
                    new MetricBatch(List.of(
                            MetricGroup.of(steady.resource(), steady.scope(), steady.metrics(), steady.shape()))));
        }

        assertThatThrownBy(() -> consume(deliveries, new MetricBatch(List.of(steady))))
                .hasMessage("exporter " + test.build().id() + ": queue full");
    }

    @Test
    void recordsCountWithAllTheirText() throws Exception {
        TestContext test = new TestContext("otlp_http");
        QueueMemory small = new QueueMemory(1 << 20);
        Deliveries deliveries = new Deliveries(test.build(), UNBATCHED, small);
        ScriptedSender<LogBatch> backend = new ScriptedSender<>();
        backend.away(true);
        deliveries.add(Signal.LOGS, backend);

        LogBatch event = Batches.event("torchserve.model.added", "added", "torchserve.model.url", "u".repeat(700));
        deliveries.inputs().get(Signal.LOGS).consume(event);
        assertThat(small.used()).isBetween(800L, 1200L);
        LogGroup group = event.groups().get(0);
        deliveries
                .inputs()
                .get(Signal.LOGS)
                .consume(new LogBatch(List.of(new LogGroup(
                        group.resource(),
                        group.scope(),
                        List.of(structured(
                                group,
                                Value.of(KeyValue.of(
                                        "models",
                                        Value.of(List.of(
                                                Value.of("m".repeat(5000)), Value.of("n".repeat(5000))))))))))));

        assertThat(small.used()).isBetween(10_800L, 12_500L);
        deliveries.shutdown(Deadline.in(Duration.ZERO, test.scheduler().clock()));
        assertThat(small.used()).isZero();
    }

    private static LogRecord structured(LogGroup group, Value<?> body) {
        LogRecord first = group.records().get(0);
        return new LogRecord(
                group.resource(),
                group.scope(),
                first.timestampEpochNanos(),
                first.observedTimestampEpochNanos(),
                first.severity(),
                body,
                Attributes.empty(),
                "torchserve.inventory.snapshot");
    }

    private static Deliveries deliveries(TestContext test, QueueMemory memory, ScriptedSender<MetricBatch> backend) {
        Deliveries deliveries = new Deliveries(test.build(), UNBATCHED, memory);
        deliveries.add(Signal.METRICS, backend);
        deliveries.start(test.host());
        return deliveries;
    }

    private static void consume(Deliveries deliveries, MetricBatch batch) throws DeliveryException {
        deliveries.inputs().get(Signal.METRICS).consume(batch);
    }

    /** Series that nobody saw before. */
    private static MetricBatch churned(int count, String salt) {
        Batches batches = new Batches(SERVER, Batches.SCOPE);
        for (int i = 0; i < count; i++) {
            batches.gauge("a", i, "model", "m" + i, "salt", salt, "level", "model");
        }
        return batches.batch();
    }

    private static MetricGroup twoPointsAMetric(int points) {
        Batches batches = new Batches(SERVER, Batches.SCOPE);
        for (int i = 0; i < points; i += 2) {
            batches.add(
                    "m" + i,
                    MetricDataType.DOUBLE_GAUGE,
                    GaugeData.createDoubleGaugeData(List.of(
                            Batches.point(1, Batches.attributes("level", "Host")),
                            Batches.point(1, Batches.attributes("level", "Model")))),
                    ExposedType.GAUGE);
        }
        return batches.group();
    }

    private static List<Load> load(long bytes, Shape shape, long shapeBytes) {
        return List.of(new Load(new Object(), bytes, new Series(SERVER, Batches.SCOPE, shape, shapeBytes)));
    }
}
