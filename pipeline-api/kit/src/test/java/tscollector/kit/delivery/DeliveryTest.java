package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tscollector.component.Deadline;
import tscollector.component.Status;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.QueueConfig.BatchConfig;
import tscollector.kit.delivery.QueueConfig.Sizer;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

class DeliveryTest {
    private final DeliveryException busy = DeliveryException.retryable("answered 503");
    private static final RetryConfig STEADY =
            new RetryConfig(true, Duration.ofSeconds(5), 0, 2, Duration.ofSeconds(30), Duration.ofSeconds(60));

    private final TestContext test = new TestContext("otlp_http");
    private final ScriptedSender<MetricBatch> backend = new ScriptedSender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("test.otlp_http");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void waitsForTheFlushTimeoutAndSendsWhatCameMeanwhileAsOneBatch() throws Exception {
        Deliveries deliveries = deliveries(queue(1, BatchConfig.defaults()), STEADY);
        send(deliveries, points(3));
        advance(Duration.ofMillis(150));
        send(deliveries, points(2));

        advance(Duration.ofMillis(49));
        assertThat(backend.taken()).isEmpty();
        advance(Duration.ofMillis(1));

        assertThat(backend.taken())
                .singleElement()
                .extracting(MetricBatch::itemCount)
                .isEqualTo(5);
        assertThat(backend.taken().get(0).groups()).hasSize(2);
        assertThat(test.telemetry().sent()).isEqualTo(5);
        assertThat(test.scheduler().timerCount()).isZero();
    }

    @Test
    void sendsAtOnceWhenMinSizeIsReached() throws Exception {
        Deliveries deliveries = deliveries(queue(1, new BatchConfig(Duration.ofMinutes(1), 10, 20)), STEADY);
        send(deliveries, points(9));
        test.scheduler().runPending();
        assertThat(backend.taken()).isEmpty();

        send(deliveries, points(1));
        test.scheduler().runPending();

        assertThat(backend.taken())
                .singleElement()
                .extracting(MetricBatch::itemCount)
                .isEqualTo(10);
    }

    @Test
    void sendsEachBatchAsItIsWithoutBatching() throws Exception {
        Deliveries deliveries = deliveries(queue(1, null), STEADY);
        MetricBatch first = points(3);
        MetricBatch second = points(20_000);
        send(deliveries, first);
        send(deliveries, second);
        test.scheduler().runPending();

        assertThat(backend.taken())
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .containsExactly(first, second);
    }

    @Test
    void triesAgainAfterGrowingWaitsUntilTheBackendTakesIt() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.fail(busy).fail(busy).fail(busy);
        send(deliveries, points(1));

        test.scheduler().runPending();
        assertThat(backend.asked()).hasSize(1);
        advance(Duration.ofMillis(4_999));
        assertThat(backend.asked()).hasSize(1);
        advance(Duration.ofMillis(1));
        assertThat(backend.asked()).hasSize(2);
        advance(Duration.ofSeconds(10));
        assertThat(backend.asked()).hasSize(3);
        advance(Duration.ofSeconds(20));

        assertThat(backend.taken()).hasSize(1);
        assertThat(test.telemetry().sent()).isEqualTo(1);
        assertThat(test.telemetry().dropped()).isEmpty();
        assertThat(test.telemetry().count(Delivery.RETRIES)).isEqualTo(3);
    }

    @Test
    void waitsAsLongAsTheBackendAsked() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.fail(DeliveryException.retryable("answered 429", null, Duration.ofSeconds(40)));
        send(deliveries, points(1));

        advance(Duration.ofSeconds(39));
        assertThat(backend.asked()).hasSize(1);
        advance(Duration.ofSeconds(1));

        assertThat(backend.taken()).hasSize(1);
    }

    @Test
    void givesUpAtOnceWhenTheNextTryWouldComeTooLate() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.fail(DeliveryException.retryable("answered 429", null, Duration.ofSeconds(61)));
        send(deliveries, points(7));
        test.scheduler().runPending();

        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.GAVE_UP, 7L));
        assertThat(deliveries.queuedItems()).isZero();
        assertThat(test.scheduler().timerCount()).isZero();
    }

    @Test
    void neverGivesUpWhenMaxElapsedTimeIsZero() throws Exception {
        RetryConfig forever = new RetryConfig(true, Duration.ofSeconds(5), 0, 2, Duration.ofSeconds(30), Duration.ZERO);
        Deliveries deliveries = deliveries(unbatched(), forever);
        backend.away(true);
        send(deliveries, points(1));
        advance(Duration.ofDays(2));
        backend.away(false);
        advance(Duration.ofSeconds(30));

        assertThat(test.telemetry().sent()).isEqualTo(1);
    }

    @Test
    void dropsAtTheFirstFailureWhenRetryIsOff() throws Exception {
        RetryConfig off =
                new RetryConfig(false, Duration.ofSeconds(5), 0, 2, Duration.ofSeconds(30), Duration.ofSeconds(60));
        Deliveries deliveries = deliveries(unbatched(), off);
        backend.fail(busy);
        send(deliveries, points(2));
        test.scheduler().runPending();

        assertThat(test.telemetry().dropped()).containsEntry(Delivery.GAVE_UP, 2L);
    }

    @Test
    void keepsTheOrderWhileARequestWaitsForItsNextTry() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.fail(busy);
        MetricBatch first = points(1);
        MetricBatch second = points(2);
        send(deliveries, first);
        send(deliveries, second);
        advance(Duration.ofSeconds(4));
        assertThat(backend.asked()).hasSize(1);
        advance(Duration.ofSeconds(1));

        assertThat(backend.taken()).extracting(MetricBatch::itemCount).containsExactly(1, 2);
    }

    @Test
    void sendsOthersMeanwhileWithASecondConsumer() throws Exception {
        Deliveries deliveries = deliveries(queue(2, null), STEADY);
        backend.fail(busy);
        send(deliveries, points(1));
        send(deliveries, points(2));
        test.scheduler().runPending();

        assertThat(backend.taken()).extracting(MetricBatch::itemCount).containsExactly(2);
    }

    @Test
    void countsWhatTheBackendRejectedAsDroppedAndNotAsSent() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.reject(4);
        send(deliveries, points(10));
        test.scheduler().runPending();

        assertThat(test.telemetry().sent()).isEqualTo(6);
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REJECTED, 4L));
        assertThat(backend.asked()).hasSize(1);
    }

    @Test
    void believesNoBackendThatRejectsMoreThanItWasSent() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.reject(Long.MAX_VALUE).reject(-3);
        send(deliveries, points(10));
        send(deliveries, points(5));
        test.scheduler().runPending();

        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REJECTED, 10L));
        assertThat(test.telemetry().sent()).isEqualTo(5);
    }

    @Test
    void dropsWhatTheBackendRefusesForGood() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.fail(DeliveryException.permanent("answered 400: bad name"));
        send(deliveries, points(3));
        test.scheduler().runPending();

        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.REFUSED, 3L));
        assertThat(test.telemetry().warnings()).singleElement().asString().contains("answered 400: bad name", "3");
        assertThat(backend.asked()).hasSize(1);
    }

    @Test
    void aSenderThatBreaksCostsItsRequestOnly() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.breakDown(new IllegalStateException("planted"));
        send(deliveries, points(3));
        send(deliveries, points(2));
        test.scheduler().runPending();

        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.BROKEN, 3L));
        assertThat(test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    void refusesWhenFullAndTakesAgainWhenThereIsRoom() throws Exception {
        Deliveries deliveries =
                deliveries(new QueueConfig(true, 1, 10L, Sizer.ITEMS, BatchConfig.defaults(), false, false), STEADY);
        send(deliveries, points(6));
        send(deliveries, points(4));

        assertThatThrownBy(() -> send(deliveries, points(1)))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("exporter " + test.build().id() + ": queue full")
                .matches(e -> ((DeliveryException) e).isRetryable());
        assertThat(test.telemetry().dropped()).isEmpty();
        advance(Duration.ofMillis(200));
        send(deliveries, points(10));

        assertThat(test.telemetry().sent()).isEqualTo(10);
    }

    @Test
    void whatIsOnItsWayCountsAgainstTheQueue() throws Exception {
        Deliveries deliveries = deliveries(new QueueConfig(true, 1, 2L, null, null, false, false), STEADY);
        backend.away(true);
        send(deliveries, points(100));
        test.scheduler().runPending();
        send(deliveries, points(100));

        assertThatThrownBy(() -> send(deliveries, points(1)))
                .hasMessage("exporter " + test.build().id() + ": queue full");
        assertThat(deliveries.queuedItems()).isEqualTo(200);
    }

    @Test
    void refusesForGoodWhatCouldNeverFit() {
        Deliveries deliveries = deliveries(new QueueConfig(true, 1, 10L, Sizer.ITEMS, null, false, false), STEADY);

        assertThatThrownBy(() -> send(deliveries, points(11)))
                .hasMessage("exporter " + test.build().id()
                        + ": a batch of 11 items is larger than the whole sending_queue.queue_size, 10")
                .matches(e -> !((DeliveryException) e).isRetryable());
    }

    @Test
    void countsBytesByEstimate() throws Exception {
        Deliveries deliveries = deliveries(new QueueConfig(true, 1, 1200L, Sizer.BYTES, null, false, false), STEADY);
        send(deliveries, points(9));
        send(deliveries, points(1));

        assertThatThrownBy(() -> send(deliveries, points(1)))
                .hasMessage("exporter " + test.build().id() + ": queue full");
    }

    @Test
    void anUnsetQueueHoldsAMillionItemsAndANumberAloneCountsRequests() {
        assertThat(QueueConfig.defaults().effectiveSize()).isEqualTo(1_000_000);
        assertThat(QueueConfig.defaults().effectiveSizer()).isEqualTo(Sizer.ITEMS);
        assertThat(new QueueConfig(true, 1, 1000L, null, null, false, false).effectiveSizer())
                .isEqualTo(Sizer.REQUESTS);
    }

    @Test
    void saysOncePerOutageThatItBeganAndOnceThatItEnded() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.away(true);
        send(deliveries, points(4));
        send(deliveries, points(1));
        advance(Duration.ofSeconds(50)); // tries at 0, 5, 15, 35; the next would be at 65: given up at 35
        backend.away(false);
        advance(Duration.ofSeconds(60));

        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).hasSize(2);
        assertThat(log.list.get(0).getLevel()).hasToString("WARN");
        assertThat(log.list.get(0).getFormattedMessage()).isEqualTo("Delivering metrics failed: connection refused.");
        assertThat(log.list.get(1).getLevel()).hasToString("INFO");
        assertThat(log.list.get(1).getFormattedMessage())
                .isEqualTo(
                        "Delivering metrics works again after 1 min 10 s and 7 failed attempts; 4 items were dropped meanwhile.");
    }

    @Test
    void reportsTheBackendAsFailingUntilItTakesSomething() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.fail(busy).fail(busy);
        send(deliveries, points(1));
        advance(Duration.ofSeconds(5));
        assertThat(test.host().statuses()).containsExactly(Status.recoverable("cannot deliver metrics: answered 503"));
        advance(Duration.ofSeconds(10));

        assertThat(test.host().statuses()).last().isEqualTo(Status.ok());
    }

    @Test
    void isNotWellAgainWhileTheOtherSignalFails() throws Exception {
        ScriptedSender<LogBatch> logBackend = new ScriptedSender<>();
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        deliveries.add(Signal.LOGS, logBackend);
        backend.fail(busy);
        logBackend.away(true);
        send(deliveries, points(1));
        deliveries.inputs().get(Signal.LOGS).consume(Batches.event("torchserve.model.added", "added"));
        advance(Duration.ofSeconds(5));

        assertThat(test.telemetry().sent()).isEqualTo(1);
        assertThat(test.host().statuses())
                .last()
                .isEqualTo(Status.recoverable("cannot deliver logs: connection refused"));
    }

    @Test
    void shutdownSendsWhatWaitsForItsBatchToFill() throws Exception {
        Deliveries deliveries = deliveries(queue(1, BatchConfig.defaults()), STEADY);
        send(deliveries, points(3));
        deliveries.beginShutdown();
        test.scheduler().runPending();
        deliveries.shutdown(deadline());

        assertThat(test.telemetry().sent()).isEqualTo(3);
        assertThat(deliveries.undelivered()).isZero();
    }

    @Test
    void shutdownTriesEachRequestOnceMoreAndCountsTheRest() throws Exception {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        backend.away(true);
        send(deliveries, points(3));
        send(deliveries, points(2));
        send(deliveries, points(1));
        advance(Duration.ofSeconds(1));
        assertThat(backend.asked()).hasSize(1);
        backend.fail(busy).reject(0);
        deliveries.beginShutdown();
        test.scheduler().runPending();
        deliveries.shutdown(deadline());

        assertThat(backend.asked()).extracting(MetricBatch::itemCount).containsExactly(3, 3, 2, 1);
        assertThat(test.telemetry().sent()).isEqualTo(2);
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.STOPPED, 4L));
        assertThat(deliveries.undelivered()).isEqualTo(4);
        assertThat(test.scheduler().timerCount()).isZero();
    }

    @Test
    void shutdownDropsWhatTheDeadlineLeft() throws Exception {
        Deliveries deliveries = deliveries(queue(1, BatchConfig.defaults()), STEADY);
        send(deliveries, points(3));
        deliveries.shutdown(Deadline.in(Duration.ZERO, test.scheduler().clock()));

        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(Delivery.STOPPED, 3L));
        assertThat(deliveries.queuedItems()).isZero();
        test.scheduler().runPending();
        assertThat(backend.asked()).isEmpty();
    }

    @Test
    void takesNothingAfterShutdownAndMayBeShutDownTwice() {
        Deliveries deliveries = deliveries(unbatched(), STEADY);
        deliveries.shutdown(deadline());
        deliveries.shutdown(deadline());

        assertThatThrownBy(() -> send(deliveries, points(1))).hasMessage("stopping");
        assertThat(test.telemetry().dropped()).isEmpty();
    }

    private Deliveries deliveries(QueueConfig queue, RetryConfig retry) {
        Deliveries deliveries = new Deliveries(test.build(), new DeliveryConfig(queue, retry));
        deliveries.add(Signal.METRICS, backend);
        deliveries.start(test.host());
        return deliveries;
    }

    private static QueueConfig unbatched() {
        return queue(1, null);
    }

    private static QueueConfig queue(int consumers, BatchConfig batch) {
        return new QueueConfig(true, consumers, null, null, batch, false, false);
    }

    private static void send(Deliveries deliveries, MetricBatch batch) throws DeliveryException {
        deliveries.inputs().get(Signal.METRICS).consume(batch);
    }

    private void advance(Duration time) {
        test.scheduler().advance(time);
    }

    private Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(8), test.scheduler().clock());
    }

    private static MetricBatch points(int count) {
        Batches batches = new Batches();
        for (int i = 0; i < count; i++) {
            batches.gauge("QueueTime", i, "series", String.valueOf(i));
        }
        return batches.batch();
    }
}
