package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tscollector.component.Status;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Signal;
import tscollector.testkit.TestContext;

class OutcomesTest {
    private final DeliveryException busy = DeliveryException.retryable("answered 503");
    private final TestContext test = new TestContext("otlp_http/outcomes");
    private final BackendStatus status = new BackendStatus();
    private final Outcomes outcomes = new Outcomes(
            test.build(), Signal.METRICS, status, () -> new Waiting(8192, 1_234_567, Duration.ofSeconds(185)));
    private final Logger logger = (Logger) LoggerFactory.getLogger("test.otlp_http/outcomes");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        status.start(test.host());
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
    void countsForTheSignalAndForTheWhole() {
        outcomes.sent(3);
        outcomes.willRetry();
        outcomes.dropped(Delivery.GAVE_UP, 2);
        outcomes.noMemory(4);

        assertThat(test.telemetry().of(Signal.METRICS).sent()).isEqualTo(3);
        assertThat(test.telemetry().of(Signal.METRICS).count(Delivery.RETRIES)).isEqualTo(1);
        assertThat(test.telemetry().of(Signal.METRICS).dropped()).containsEntry(Delivery.GAVE_UP, 2L);
        assertThat(test.telemetry().of(Signal.LOGS).sent()).isZero();
        assertThat(test.telemetry().sent()).isEqualTo(3);
        assertThat(test.telemetry().count(Delivery.NO_MEMORY)).isEqualTo(4);
    }

    @Test
    void theHourlyLineOfAnOutageSaysHowMuchWaitsAndHowOldItIs() {
        outcomes.failed(busy);
        test.scheduler().advance(Duration.ofHours(1));
        outcomes.failed(busy);

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Delivering metrics failed: answered 503.",
                        "Delivering metrics still fails after 1 h 0 min and 2 attempts: answered 503; 8,192 items"
                                + " (1.2 MB) wait, the oldest for 3 min 5 s.");
    }

    @Test
    void whatWasDroppedInAnOutageIsToldWhenItEnds() {
        outcomes.dropped(Delivery.REFUSED, 100); // before it
        outcomes.failed(busy);
        outcomes.dropped(Delivery.GAVE_UP, 5);
        outcomes.recovered();
        outcomes.dropped(Delivery.REFUSED, 100); // after it

        assertThat(log.list.get(1).getFormattedMessage()).contains("; 5 items were dropped meanwhile.");
        assertThat(test.host().statuses())
                .containsExactly(Status.recoverable("cannot deliver metrics: answered 503"), Status.ok());
    }

    @Test
    void onlyWhatTheStopCostIsUndelivered() {
        outcomes.dropped(Delivery.GAVE_UP, 5);
        outcomes.stopped();
        assertThat(outcomes.undelivered()).isZero();
        assertThat(log.list).isEmpty();

        outcomes.dropped(Delivery.STOPPED, 7);
        outcomes.stopped();
        assertThat(outcomes.undelivered()).isEqualTo(7);
        assertThat(log.list.get(0).getFormattedMessage())
                .isEqualTo("Stopped before all metrics were delivered. items=7");
    }

    @Test
    void itemsThatASenderForgotAreLostAndNotSilently() {
        outcomes.told(0);
        assertThat(log.list).isEmpty();

        outcomes.told(2);
        assertThat(test.telemetry().dropped()).containsEntry(Delivery.BROKEN, 2L);
        assertThat(log.list.get(0).getLevel()).isEqualTo(Level.ERROR);
    }
}
