package tscollector.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.kit.delta.Scrapes.A;
import static tscollector.kit.delta.Scrapes.B;
import static tscollector.kit.delta.Scrapes.at;
import static tscollector.kit.delta.Scrapes.number;
import static tscollector.kit.delta.Scrapes.values;

import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.component.Kind;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delta.DeltaRules.InitialValue;
import tscollector.signal.MetricBatch;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.MemoryStorage;
import tscollector.testkit.RefusingConsumer;
import tscollector.testkit.TestContext;

/** What the next consumer refuses at once is contained in what comes after it. */
class RefusedDeltasTest {
    private static final DeltaRules AGENT = DeltaRules.of(InitialValue.AGENT);
    private static final String KEPT = "deltas kept for the next batch";

    private final TestContext test = new TestContext("datadog");
    private final MemoryStorage storage = new MemoryStorage();
    private final CollectingConsumer<MetricBatch> taken = new CollectingConsumer<>();
    private final RefusingConsumer<MetricBatch> next = new RefusingConsumer<>(taken);
    private CounterDeltas deltas = life();

    private CounterDeltas life() {
        try {
            CounterDeltas born = new CounterDeltas(test.build(), AGENT);
            born.start(storage.open(Kind.EXPORTER, test.build().id(), "counters"));
            return born;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void restart() {
        deltas.shutdown(Deadline.in(Duration.ofSeconds(1), test.build().clock()));
        deltas = life();
    }

    private void takes(Scrapes scrape) throws DeliveryException {
        next.refuse(false);
        deltas.convert(scrape.batch(), next);
    }

    private void refuses(Scrapes scrape) {
        refuses(scrape.batch());
    }

    private void refuses(MetricBatch batch) {
        next.refuse(true);
        assertThatThrownBy(() -> deltas.convert(batch, next)).isInstanceOf(DeliveryException.class);
    }

    private static Scrapes counter(double start, double time, double value) {
        return new Scrapes().counter("c", number(start, time, A, value));
    }

    private List<Double> sent() {
        return taken.batches().stream().flatMap(batch -> values(batch).stream()).toList();
    }

    private PointData last() {
        List<PointData> points =
                Scrapes.points(taken.batches().get(taken.batches().size() - 1));
        return points.get(points.size() - 1);
    }

    @Test
    void severalRefusedDeltasAreContainedInTheNext() throws Exception {
        takes(counter(1, 1, 5));
        refuses(counter(1, 2, 9));
        refuses(counter(1, 3, 12));
        takes(counter(1, 4, 13));
        takes(counter(1, 5, 20));

        assertThat(sent()).containsExactly(8.0, 7.0);
        assertThat(Scrapes.points(taken.batches().get(0)).get(0).getStartEpochNanos())
                .isEqualTo(at(1));
        assertThat(test.telemetry().counts()).containsEntry(KEPT, 2L);
        assertThat(test.telemetry().dropped()).containsOnlyKeys("first value of a series");
    }

    @Test
    void aServerThatRestartsMeanwhileLosesNothing() throws Exception {
        takes(counter(1, 1, 5));
        refuses(counter(1, 2, 9));
        refuses(counter(2, 3, 7)); // 4 before the restart, 7 after it
        takes(counter(2, 4, 8));

        assertThat(sent()).containsExactly(12.0);
    }

    @Test
    void aFirstValueThatSaysNothingIsNoSpikeAfterARefusal() throws Exception {
        refuses(counter(1, 1, 5000).gauge("g", number(0, 1, A, 1)));
        takes(counter(1, 2, 5003));

        assertThat(sent()).containsExactly(3.0);
    }

    @Test
    void aNewSeriesIsSentWhole() throws Exception {
        refuses(counter(1, 2, 7));
        takes(counter(1, 3, 9));

        assertThat(sent()).containsExactly(9.0);
    }

    @Test
    void aSeriesThatStaysAwayIsSentWhenItComesBack() throws Exception {
        takes(counter(1, 1, 5).counter("d", number(1, 1, B, 1)));
        refuses(counter(1, 2, 9).counter("d", number(1, 2, B, 2)));
        takes(new Scrapes().counter("d", number(1, 3, B, 2)));
        takes(counter(1, 4, 9));

        assertThat(sent()).containsExactly(1.0, 4.0);
    }

    @Test
    void theSameBatchMayComeAgain() throws Exception {
        takes(counter(1, 1, 5));
        MetricBatch batch = counter(1, 2, 9).batch();
        refuses(batch);
        refuses(batch);
        next.refuse(false);
        deltas.convert(batch, next);
        takes(counter(1, 3, 10));

        assertThat(sent()).containsExactly(4.0, 1.0);
        assertThat(test.telemetry().dropped()).containsOnlyKeys("first value of a series");
    }

    @Test
    void whatSomeTookIsNotSentAgain() throws Exception {
        takes(counter(1, 1, 5));
        assertThatThrownBy(() -> deltas.convert(counter(1, 2, 9).batch(), batch -> {
                    throw DeliveryException.partly(DeliveryException.retryable("one of two"));
                }))
                .isInstanceOf(DeliveryException.class);
        takes(counter(1, 3, 10));

        assertThat(sent()).containsExactly(1.0);
    }

    @Test
    void aDefectBehindItLosesNothing() throws Exception {
        takes(counter(1, 1, 5));
        assertThatThrownBy(() -> deltas.convert(counter(1, 2, 9).batch(), batch -> {
                    throw new IllegalStateException("a defect");
                }))
                .isInstanceOf(IllegalStateException.class);
        takes(counter(1, 3, 10));

        assertThat(sent()).containsExactly(5.0);
    }

    @Test
    void whatWasRefusedLastIsSentByTheNextLifeOfTheProcess() throws Exception {
        Scrapes first = counter(1, 1, 5)
                .counter("l", LongPointData.create(at(1), at(1), A, 50))
                .histogram("h", Scrapes.histogram(1, 1, 5, List.of(1.0), 5, 5));
        takes(first);
        refuses(counter(1, 2, 9)
                .counter("l", LongPointData.create(at(1), at(2), A, 51))
                .histogram("h", Scrapes.histogram(1, 2, 7, List.of(1.0), 6, 5)));
        restart();
        takes(counter(9, 9, 10).counter("l", LongPointData.create(at(9), at(9), A, 53)));
        takes(new Scrapes().histogram("h", Scrapes.histogram(9, 9, 8, List.of(1.0), 6, 6)));

        assertThat(values(taken.batches().get(0))).containsExactly(5.0, 3.0);
        HistogramPointData histogram = (HistogramPointData) last();
        assertThat(histogram.getCounts()).containsExactly(1L, 1L);
        assertThat(histogram.getSum()).isEqualTo(3);
    }

    @Test
    void wholeNumbersThatOutgrowALongStayTheGreatest() throws Exception {
        takes(whole(1, 1, 0));
        refuses(whole(1, 2, 40));
        refuses(whole(1, 3, 42));
        takes(whole(1, 4, 43));
        assertThat(sent()).as("added up").containsExactly(43.0);

        refuses(whole(1, 5, Long.MAX_VALUE));
        takes(whole(5.5, 6, 100));
        assertThat(((LongPointData) last()).getValue())
                .as("the sum has no room")
                .isEqualTo(Long.MAX_VALUE);
    }

    private static Scrapes whole(double start, double time, long value) {
        return new Scrapes().counter("l", LongPointData.create(at(start), at(time), A, value));
    }

    @Test
    void histogramsAreAddedUpBucketByBucket() throws Exception {
        takes(new Scrapes().histogram("h", Scrapes.histogram(1, 1, 5, List.of(1.0), 5, 5)));
        refuses(new Scrapes().histogram("h", Scrapes.histogram(1, 2, 6, List.of(1.0), 6, 5)));
        takes(new Scrapes().histogram("h", Scrapes.histogram(1, 3, 9, List.of(1.0), 6, 7)));

        HistogramPointData histogram = (HistogramPointData) last();
        assertThat(histogram.getCounts()).containsExactly(1L, 2L);
        assertThat(histogram.getSum()).isEqualTo(4);
        assertThat(histogram.getStartEpochNanos()).isEqualTo(at(1));
    }

    @Test
    void aHistogramWithOtherBoundsGoesOnWithoutTheRefusedPart() throws Exception {
        takes(new Scrapes().histogram("h", Scrapes.histogram(1, 1, 5, List.of(1.0), 5, 5)));
        refuses(new Scrapes().histogram("h", Scrapes.histogram(1, 2, 6, List.of(1.0), 6, 5)));
        takes(new Scrapes().histogram("h", Scrapes.histogram(2, 3, 9, List.of(1.0, 2.0), 6, 7, 8)));

        assertThat(((HistogramPointData) last()).getCounts()).containsExactly(6L, 7L, 8L);
    }

    @Test
    void exponentialHistogramsAreAddedUpInTheWiderBuckets() throws Exception {
        takes(new Scrapes().exponential("e", Scrapes.exponential(1, 1, 2, 5, 1, 4, 4, 1)));
        refuses(new Scrapes().exponential("e", Scrapes.exponential(1, 2, 2, 8, 2, 4, 6, 1)));
        takes(new Scrapes().exponential("e", Scrapes.exponential(1, 3, 1, 9, 2, 1, 3, 8)));

        ExponentialHistogramPointData sum = (ExponentialHistogramPointData) last();
        assertThat(sum.getScale()).isEqualTo(1);
        assertThat(sum.getZeroCount()).isEqualTo(1);
        assertThat(sum.getSum()).isEqualTo(4);
        assertThat(sum.getPositiveBuckets().getOffset()).isEqualTo(1);
        assertThat(sum.getPositiveBuckets().getBucketCounts()).containsExactly(3L, 3L);
    }

    @RepeatedTest(20)
    void nothingThatWasCountedIsEverMissingOrThereTwice() throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        double value = 100;
        double start = 0;
        double counted = 0;
        boolean isNewLife = false;
        takes(counter(0, 0, value));
        for (int time = 1; time <= 200; time++) {
            test.scheduler().advance(Duration.ofSeconds(15));
            double more = random.nextInt(6);
            boolean serverRestarts = value > more && !isNewLife && random.nextInt(10) == 0;
            value = serverRestarts ? more : value + more;
            counted += more;
            start = serverRestarts ? time - 1 : start;
            if (random.nextInt(3) > 0 && time < 200) {
                refuses(counter(start, time, value));
            } else {
                takes(counter(start, time, value));
            }
            isNewLife = random.nextInt(20) == 0;
            if (isNewLife) {
                restart();
            }
        }

        assertThat(sent().stream().mapToDouble(Double::doubleValue).sum())
                .as("seed %d", seed)
                .isEqualTo(counted);
        assertThat(sent()).as("seed %d", seed).allMatch(delta -> delta >= 0);
    }
}
