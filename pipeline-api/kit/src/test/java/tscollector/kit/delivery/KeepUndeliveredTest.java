package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.consumer.DeliveryException;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

/** What the backend surely has nothing of may be kept for the next life of the process. */
class KeepUndeliveredTest {
    private interface Try {
        void send(Progress progress) throws DeliveryException, InterruptedException;
    }

    private final DeliveryException busy = DeliveryException.retryable("answered 503");
    private final TestContext test = new TestContext("datadog");
    private final Deque<Try> script = new ArrayDeque<>();
    private final List<String> offered = new ArrayList<>();
    private boolean untaken = true;
    private long keeps = Long.MAX_VALUE;

    private final Deliveries deliveries = new Deliveries(
            test.build(),
            new DeliveryConfig(new QueueConfig(true, 1, null, null, null, false, false), RetryConfig.defaults()));
    private final Delivery<MetricBatch> delivery =
            deliveries.addStepwise(Signal.METRICS, batch -> new StepwiseSender.Steps() {
                @Override
                public void send(Progress progress) throws DeliveryException, InterruptedException {
                    script.remove().send(progress);
                }

                @Override
                public boolean isUntaken() {
                    return untaken;
                }
            });

    KeepUndeliveredTest() {
        delivery.keepUndelivered(batch -> {
            offered.add(batch.groups().get(0).metrics().get(0).name());
            return Math.min(keeps, batch.itemCount());
        });
    }

    @Test
    void whatWasRefusedAtItsLastTryAndWhatWasNeverTriedIsKept() throws Exception {
        script.add(this::answerBusy);
        script.add(this::answerBusy);
        send("a");
        send("b");
        stop();

        assertThat(offered).containsExactly("a", "b");
        assertThat(test.telemetry().dropped()).isEmpty();
        assertThat(deliveries.undelivered()).isZero();
    }

    @Test
    void whatTheStopTriesInVainIsKept() throws Exception {
        script.add(this::answerBusy); // the first try of a, then once more each
        script.add(this::answerBusy);
        script.add(this::answerBusy);
        send("a");
        send("b");
        deliveries.beginShutdown();
        test.scheduler().runPending();
        stop();

        assertThat(script).isEmpty();
        assertThat(offered).containsExactly("a", "b");
        assertThat(test.telemetry().dropped()).isEmpty();
    }

    @Test
    void whatMayHaveArrivedIsLostAndCounted() throws Exception {
        script.add(this::answerBusy);
        untaken = false;
        send("a");
        send("never tried");
        stop();

        assertThat(offered).containsExactly("never tried");
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(Delivery.STOPPED, 3L));
        assertThat(deliveries.undelivered()).isEqualTo(3);
    }

    @Test
    void whatIsNotKeptOfABatchIsLostAndCounted() throws Exception {
        keeps = 1;
        script.add(this::answerBusy);
        send("a");
        stop();

        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(Delivery.STOPPED, 2L));
    }

    @Test
    void noMoreIsKeptThanIsLeft() throws Exception {
        script.add(progress -> {
            progress.dropped("too old", 2);
            throw busy;
        });
        send("a");
        stop();

        assertThat(test.telemetry().dropped()).containsExactly(Map.entry("too old", 2L));
    }

    @Test
    void whatIsGivenUpBeforeTheStopIsNotKept() throws Exception {
        for (int i = 0; i < 40; i++) {
            script.add(this::answerBusy);
        }
        send("a");
        test.scheduler().advance(Duration.ofMinutes(10));
        stop();

        assertThat(offered).isEmpty();
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(Delivery.GAVE_UP, 3L));
    }

    private void answerBusy(Progress progress) throws DeliveryException {
        throw busy;
    }

    private void send(String name) throws Exception {
        delivery.consume(new Batches()
                .gauge(name, 1)
                .gauge(name + "2", 1)
                .gauge(name + "3", 1)
                .batch());
        test.scheduler().runPending();
    }

    private void stop() {
        deliveries.shutdown(Deadline.in(Duration.ZERO, test.scheduler().clock()));
    }
}
