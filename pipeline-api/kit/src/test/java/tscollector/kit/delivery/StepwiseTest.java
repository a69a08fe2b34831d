package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.component.Status;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

/** Batches that are sent in several requests. */
class StepwiseTest {
    private static final int POINTS = 10;
    private final DeliveryException busy = DeliveryException.retryable("answered 503");

    private final TestContext test = new TestContext("datadog");
    private final Deque<StepwiseSender.Steps> script = new ArrayDeque<>();
    private int begun;
    private final Deliveries deliveries = new Deliveries(
            test.build(),
            new DeliveryConfig(
                    new QueueConfig(true, 1, null, null, null, false, false),
                    new RetryConfig(true, Duration.ofSeconds(5), 0, 1, Duration.ofSeconds(5), Duration.ofSeconds(12))));
    private final Consumer<MetricBatch> input = deliveries.addStepwise(Signal.METRICS, batch -> {
        begun++;
        return progress -> script.remove().send(progress);
    });

    @Test
    void whatWasTakenIsCountedAtOnceAndOnlyTheRestWaits() throws Exception {
        script.add(progress -> {
            progress.sent(4);
            throw busy;
        });
        script.add(progress -> progress.sent(6));
        send();

        assertThat(test.telemetry().sent()).isEqualTo(4);
        assertThat(deliveries.queuedItems()).isEqualTo(6);
        test.scheduler().advance(Duration.ofSeconds(5));

        assertThat(test.telemetry().sent()).isEqualTo(10);
        assertThat(deliveries.queuedItems()).isZero();
        assertThat(begun).as("one batch, one state").isEqualTo(1);
    }

    @Test
    void onlyTheRestIsGivenUp() throws Exception {
        script.add(progress -> {
            progress.sent(3);
            progress.dropped("too large", 1);
            throw busy;
        });
        script.add(progress -> {
            progress.sent(2);
            throw busy;
        });
        script.add(progress -> {
            throw busy;
        });
        send();
        test.scheduler().advance(Duration.ofMinutes(1));

        assertThat(test.telemetry().sent()).isEqualTo(5);
        assertThat(test.telemetry().dropped()).isEqualTo(Map.of("too large", 1L, Delivery.GAVE_UP, 4L));
    }

    @Test
    void onlyTheRestIsRefused() throws Exception {
        script.add(progress -> {
            progress.sent(7);
            throw DeliveryException.permanent("answered 400");
        });
        send();

        assertThat(test.telemetry().sent()).isEqualTo(7);
        assertThat(test.telemetry().dropped()).isEqualTo(Map.of(Delivery.REFUSED, 3L));
    }

    @Test
    void onlyTheRestIsLostWhenTheSenderBreaks() throws Exception {
        script.add(progress -> {
            progress.sent(7);
            throw new IllegalStateException("on purpose");
        });
        send();

        assertThat(test.telemetry().dropped()).isEqualTo(Map.of(Delivery.BROKEN, 3L));
    }

    @Test
    void onlyTheRestIsLeftWhenTheProcessStops() throws Exception {
        script.add(progress -> {
            progress.sent(7);
            throw busy;
        });
        send();
        deliveries.shutdown(Deadline.in(Duration.ZERO, test.scheduler().clock()));

        assertThat(test.telemetry().sent()).isEqualTo(7);
        assertThat(test.telemetry().dropped()).isEqualTo(Map.of(Delivery.STOPPED, 3L));
        assertThat(deliveries.undelivered()).isEqualTo(3);
    }

    @Test
    void whatASenderForgetsIsCountedAsItsFault() throws Exception {
        script.add(progress -> progress.sent(9));
        send();

        assertThat(test.telemetry().sent()).isEqualTo(9);
        assertThat(test.telemetry().dropped()).isEqualTo(Map.of(Delivery.BROKEN, 1L));
    }

    @Test
    void noSenderCountsMoreThanItWasGiven() throws Exception {
        script.add(progress -> {
            progress.sent(-5);
            progress.sent(8);
            progress.dropped("too old", 8);
            progress.sent(8);
        });
        send();

        assertThat(test.telemetry().sent()).isEqualTo(8);
        assertThat(test.telemetry().dropped()).isEqualTo(Map.of("too old", 2L));
    }

    @Test
    void theRoomIsGivenBackWhenAllIsSettled() throws Exception {
        script.add(progress -> {
            progress.sent(4);
            progress.dropped("too old", 6);
        });
        script.add(progress -> progress.sent(10));
        send();
        send();

        assertThat(deliveries.queuedItems()).isZero();
        assertThat(test.telemetry().sent()).isEqualTo(14);
    }

    @Test
    void aBatchThatBecameTooOldDoesNotMeanThatTheBackendIsBack() throws Exception {
        script.add(progress -> {
            throw busy;
        });
        script.add(progress -> progress.dropped("too old", 10));
        script.add(progress -> progress.sent(10));
        deliveries.start(test.host());
        send();
        test.scheduler().advance(Duration.ofSeconds(5));
        assertThat(test.host().statuses()).extracting(Status::level).containsExactly(Status.Level.RECOVERABLE_ERROR);

        send();
        assertThat(test.host().statuses()).last().isEqualTo(Status.ok());
    }

    private void send() throws DeliveryException {
        Batches points = new Batches();
        for (int i = 0; i < POINTS; i++) {
            points.gauge("m" + i, i);
        }
        input.consume(points.batch());
        test.scheduler().runPending();
    }
}
