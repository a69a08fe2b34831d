package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.QueueConfig.BatchConfig;
import tscollector.kit.delivery.QueueConfig.Sizer;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

/** Many threads against the queue: whatever happens, what was taken over is sent, dropped or still there. */
class DeliveryThreadsTest {
    private static final int PRODUCERS = 8;
    private static final int BATCHES = 300;

    private final ThreadScheduler threads = new ThreadScheduler();
    private final TestContext test = new TestContext("otlp_http");
    private final BuildContext context = test.build(threads, Clock.getDefault());

    @AfterEach
    void close() {
        threads.close();
    }

    @RepeatedTest(5)
    void everyItemHasExactlyOneOutcome(RepetitionInfo round) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Deliveries deliveries = deliveries(6, batch -> {
            SplittableRandom random = new SplittableRandom(calls.incrementAndGet());
            switch (random.nextInt(8)) {
                case 0 -> throw DeliveryException.retryable("busy");
                case 1 -> throw DeliveryException.permanent("bad");
                case 2 -> {
                    return 1;
                }
                case 3 -> throw new IllegalStateException("planted");
                default -> {
                    return 0;
                }
            }
        });
        AtomicLong accepted = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        produce(deliveries, accepted, refused);

        // half of the rounds end by themselves, the others are cut off in the middle
        if (round.getCurrentRepetition() % 2 == 0) {
            await().atMost(Duration.ofSeconds(20)).until(() -> deliveries.queuedItems() == 0);
        }
        deliveries.shutdown(Deadline.in(Duration.ofSeconds(10), Clock.getDefault()));

        long dropped = test.telemetry().dropped().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(test.telemetry().sent() + dropped).isEqualTo(accepted.get());
        assertThat(accepted.get() + refused.get()).isEqualTo((long) PRODUCERS * BATCHES * 3);
        assertThat(deliveries.queuedItems()).isZero();
        assertThat(test.telemetry().dropped().getOrDefault(Delivery.STOPPED, 0L))
                .isEqualTo(deliveries.undelivered());
    }

    @Test
    void aHangingSenderIsInterruptedAtTheDeadline() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Deliveries deliveries = deliveries(1, batch -> {
            hanging.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return 0;
        });
        deliveries.inputs().get(Signal.METRICS).consume(three());
        hanging.await();
        deliveries.inputs().get(Signal.METRICS).consume(three());

        deliveries.shutdown(Deadline.in(Duration.ofMillis(50), Clock.getDefault()));

        interrupted.await();
        assertThat(deliveries.undelivered()).isEqualTo(6);
        assertThat(test.telemetry().dropped()).containsEntry(Delivery.STOPPED, 6L);
        assertThat(test.telemetry().sent()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSenderThatAnswersOrBreaksAfterTheDeadlineChangesNothing(boolean breaks) throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Deliveries deliveries = deliveries(1, batch -> {
            hanging.countDown();
            boolean waiting = true;
            while (waiting) {
                try {
                    goOn.await();
                    waiting = false;
                } catch (InterruptedException e) {
                    // deaf on purpose
                }
            }
            if (breaks) {
                throw new IllegalStateException("planted");
            }
            return 0;
        });
        deliveries.inputs().get(Signal.METRICS).consume(three());
        hanging.await();
        deliveries.shutdown(Deadline.in(Duration.ofMillis(50), Clock.getDefault()));
        goOn.countDown();
        threads.close();

        assertThat(deliveries.undelivered()).isEqualTo(3);
        assertThat(test.telemetry().sent()).isZero();
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.STOPPED, 3L));
    }

    private Deliveries deliveries(int consumers, Sender<MetricBatch> sender) {
        QueueConfig queue = new QueueConfig(
                true, consumers, 500L, Sizer.ITEMS, new BatchConfig(Duration.ofMillis(1), 7, 10), false, false);
        RetryConfig retry =
                new RetryConfig(true, Duration.ofMillis(1), 0.5, 1.5, Duration.ofMillis(5), Duration.ofMillis(8));
        Deliveries deliveries = new Deliveries(context, new DeliveryConfig(queue, retry));
        deliveries.add(Signal.METRICS, sender);
        deliveries.start(test.host());
        return deliveries;
    }

    private void produce(Deliveries deliveries, AtomicLong accepted, AtomicLong refused) throws InterruptedException {
        List<Thread> producers = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            producers.add(new Thread(() -> {
                for (int batch = 0; batch < BATCHES; batch++) {
                    try {
                        deliveries.inputs().get(Signal.METRICS).consume(three());
                        accepted.addAndGet(3);
                    } catch (DeliveryException e) {
                        refused.addAndGet(3);
                    }
                }
            }));
        }
        producers.forEach(Thread::start);
        for (Thread producer : producers) {
            producer.join();
        }
    }

    private static MetricBatch three() {
        return new Batches().gauge("a", 1).gauge("b", 2).gauge("c", 3).batch();
    }
}
