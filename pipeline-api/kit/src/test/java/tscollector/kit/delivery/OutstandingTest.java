package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.QueueConfig.BatchConfig;
import tscollector.kit.delivery.QueueConfig.Sizer;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;
import tscollector.time.Scheduler.Cancellable;

class OutstandingTest {
    private final TestContext test = new TestContext("otlp_http");
    private final List<Duration> timers = new ArrayList<>();
    private int cancelled;

    @Test
    void handsOutAsManyRequestsAsThereAreSlots() throws Exception {
        Outstanding<MetricBatch> queue = unbatched(1);
        queue.add(points(3));
        queue.add(points(2));

        Request<MetricBatch> first = taken(queue);
        assertThat(next(queue)).isNull();
        queue.settleAll(first);
        assertThat(next(queue))
                .as("settled and not counted yet: the slot is not free")
                .isNull();
        queue.forget(first);

        assertThat(taken(queue).batch().itemCount()).isEqualTo(2);
    }

    @Test
    void asksForOneTimerUntilSomethingIsReady() throws Exception {
        Outstanding<MetricBatch> queue = queue(1, BatchConfig.defaults());
        queue.add(points(3));

        assertThat(next(queue)).isNull();
        assertThat(next(queue)).isNull();
        assertThat(timers).containsExactly(Duration.ofMillis(200));
        test.scheduler().advance(Duration.ofMillis(200));
        queue.flushed();

        assertThat(taken(queue).batch().itemCount()).isEqualTo(3);
    }

    @Test
    void everyItemIsSettledOnce() throws Exception {
        Outstanding<MetricBatch> queue = unbatched(1);
        queue.add(points(5));
        Request<MetricBatch> request = taken(queue);

        assertThat(queue.settle(request, 2)).isEqualTo(2);
        assertThat(queue.settle(request, -1)).isZero();
        assertThat(queue.settle(request, 99)).as("no more than there are").isEqualTo(3);
        assertThat(queue.settle(request, 1)).isZero();
        assertThat(queue.settleAll(request)).isZero();
        assertThat(queue.settleAll(request)).as("settled before").isEqualTo(-1);
    }

    @Test
    void saysHowMuchWaitsAndSinceWhenWhatIsUnderWayIncluded() throws Exception {
        Outstanding<MetricBatch> queue = unbatched(2);
        assertThat(queue.waiting()).isEqualTo(new Waiting(0, 0, Duration.ZERO));
        queue.add(points(5));
        test.scheduler().advance(Duration.ofSeconds(30));
        queue.add(points(2));
        test.scheduler().advance(Duration.ofSeconds(10));
        Request<MetricBatch> first = taken(queue);
        Request<MetricBatch> second = taken(queue);

        Waiting all = queue.waiting();
        assertThat(all.items()).isEqualTo(7);
        assertThat(all.bytes()).isPositive();
        assertThat(all.oldest()).isEqualTo(Duration.ofSeconds(40));

        queue.settle(first, 4);
        assertThat(queue.waiting()).isEqualTo(new Waiting(3, all.bytes(), Duration.ofSeconds(40)));
        queue.settleAll(first);
        queue.forget(first);
        Waiting left = queue.waiting();
        assertThat(left.items()).isEqualTo(2);
        assertThat(left.bytes()).isPositive().isLessThan(all.bytes());
        assertThat(left.oldest()).isEqualTo(Duration.ofSeconds(10));

        queue.settleAll(second);
        queue.forget(second);
        assertThat(queue.waiting()).isEqualTo(new Waiting(0, 0, Duration.ZERO));
    }

    @Test
    void theOldestIsTheOldestThoughYoungerOnesPassIt() throws Exception {
        Outstanding<MetricBatch> queue = unbatched(2);
        queue.add(points(1));
        Request<MetricBatch> stuck = taken(queue);
        for (int i = 0; i < 10; i++) {
            test.scheduler().advance(Duration.ofSeconds(1));
            queue.add(points(1));
            Request<MetricBatch> passing = taken(queue);
            queue.settleAll(passing);
            queue.forget(passing);
        }

        assertThat(queue.waiting().oldest()).isEqualTo(Duration.ofSeconds(10));
        assertThat(queue.settleAll(stuck)).isEqualTo(1);
    }

    @Test
    void saysWhyARequestIsNotTriedAgain() throws Exception {
        Outstanding<MetricBatch> queue = unbatched(2);
        queue.add(points(1));
        queue.add(points(1));
        Request<MetricBatch> request = taken(queue);
        assertThat(queue.enter(request)).isTrue();

        assertThat(tryLater(queue, request, null)).isNull();
        assertThat(timers).containsExactly(Duration.ofSeconds(5));
        assertThat(tryLater(queue, request, Duration.ofSeconds(50))).isNull();
        assertThat(timers).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(50));
        assertThat(tryLater(queue, request, Duration.ofSeconds(61))).isEqualTo(Delivery.GAVE_UP);
        queue.stop();
        assertThat(tryLater(queue, request, null)).isEqualTo(Delivery.STOPPED);
    }

    @Test
    void aStopWakesWhatWaitsForItsNextTryOnce() throws Exception {
        Outstanding<MetricBatch> queue = unbatched(2);
        queue.add(points(1));
        queue.add(points(1));
        Request<MetricBatch> waiting = taken(queue);
        Request<MetricBatch> sending = taken(queue);
        queue.enter(waiting);
        tryLater(queue, waiting, null);
        queue.leave(waiting);
        queue.enter(sending);

        assertThat(queue.stop()).containsExactly(waiting);
        assertThat(cancelled).isEqualTo(1);
        assertThat(queue.stop()).isEmpty();
        assertThat(queue.wake(waiting)).as("its own timer comes too late").isFalse();
        assertThatThrownBy(() -> queue.add(points(1)))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("stopping");
    }

    @Test
    void theEndSettlesTheRestOnceAndInterruptsWhoSends() throws Exception {
        Outstanding<MetricBatch> queue = unbatched(1);
        queue.add(points(5));
        queue.add(points(2));
        Request<MetricBatch> request = taken(queue);
        queue.enter(request);
        queue.settle(request, 1);
        queue.stop();

        Outstanding.Left<MetricBatch> left = queue.end(0);
        assertThat(left.items()).isEqualTo(4 + 2);
        assertThat(left.waiting()).extracting(MetricBatch::itemCount).containsExactly(2);
        assertThat(left.idle()).as("what is being sent may arrive").isEmpty();
        assertThat(queue.leave(request)).isTrue();
        assertThat(Thread.currentThread().isInterrupted())
                .as("the interrupt was meant for the try")
                .isFalse();
        assertThat(queue.settleAll(request)).isEqualTo(-1);
        assertThat(queue.end(0)).as("only the first one counts").isNull();
        assertThat(queue.waiting()).isEqualTo(new Waiting(0, 0, Duration.ZERO));
        assertThat(next(queue)).isNull();
    }

    @Test
    void writesInWordsWhatWaits() {
        assertThat(new Waiting(8192, 1_234_567, Duration.ofSeconds(185)).inWords())
                .isEqualTo("8,192 items (1.2 MB) wait, the oldest for 3 min 5 s");
        assertThat(new Waiting(1, 120, Duration.ofSeconds(5)).inWords()).isEqualTo("1 item (120 B) waits, for 5.0 s");
    }

    private Outstanding<MetricBatch> unbatched(int slots) {
        return queue(slots, null);
    }

    private Outstanding<MetricBatch> queue(int slots, @Nullable BatchConfig batch) {
        QueueConfig config = new QueueConfig(true, slots, 1000L, Sizer.ITEMS, batch, false, false);
        RetryConfig retry =
                new RetryConfig(true, Duration.ofSeconds(5), 0, 1, Duration.ofSeconds(30), Duration.ofSeconds(60));
        return new Outstanding<>(
                test.build(),
                new DeliveryConfig(config, retry),
                new PendingQueue<>(config, Batching.of(Signal.METRICS), new QueueMemory(1 << 20), "exporter a"));
    }

    private static MetricBatch points(int count) {
        Batches batch = new Batches();
        for (int i = 0; i < count; i++) {
            batch.gauge("g" + i, i);
        }
        return batch.batch();
    }

    private Cancellable timer(Duration wait) {
        timers.add(wait);
        return () -> cancelled++;
    }

    private @Nullable Request<MetricBatch> next(Outstanding<MetricBatch> queue) {
        return queue.next(this::timer);
    }

    private Request<MetricBatch> taken(Outstanding<MetricBatch> queue) {
        Request<MetricBatch> request = next(queue);
        assertThat(request).isNotNull();
        return request;
    }

    private @Nullable String tryLater(
            Outstanding<MetricBatch> queue, Request<MetricBatch> request, @Nullable Duration atLeast) {
        return queue.tryLater(request, atLeast, this::timer);
    }
}
