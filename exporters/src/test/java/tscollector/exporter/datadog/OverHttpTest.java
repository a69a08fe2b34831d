package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tscollector.component.Deadline;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.Delivery;
import tscollector.signal.LogBatch;
import tscollector.signal.Signal;
import tscollector.testkit.TestContext;
import tscollector.testkit.datadog.AcceptedLog;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.DatadogServer;
import tscollector.testkit.datadog.IntakeAnswer;

/** The exporter as it runs: real threads, real HTTP. */
class OverHttpTest {
    private static final Clock CLOCK = Clock.getDefault();

    private final RealThreads threads = new RealThreads();
    private final TestContext test = new TestContext("datadog");
    private final DatadogIntake intake = new DatadogIntake(CLOCK);
    private final DatadogServer server = DatadogServer.start(intake);

    @AfterEach
    void end() {
        server.close();
        threads.close();
    }

    @Test
    @DisplayName("R2, R3: headers are right, and no output of ours shows the key")
    void speaksAsTheIntakeWants() throws Exception {
        Logger ours = (Logger) LoggerFactory.getLogger("test");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        ours.addAppender(log);
        ours.setLevel(Level.TRACE);
        ours.setAdditive(false);
        try {
            intake.script(Destination.LOGS, IntakeAnswer.of(403));
            Exporter exporter = started("");
            send(exporter, "first");
            Awaitility.await().until(() -> test.telemetry().count(Delivery.RETRIES) > 0);
            exporter.shutdown(Deadline.in(Duration.ofSeconds(10), CLOCK));
        } finally {
            ours.setLevel(null);
            ours.setAdditive(true);
            ours.detachAppender(log);
        }

        assertThat(intake.refusals()).isEmpty();
        assertThat(intake.logs()).extracting(AcceptedLog::message).containsExactly("first");
        assertThat(intake.exchanges())
                .filteredOn(exchange -> exchange.request().path().equals(Destination.LOGS))
                .hasSize(2)
                .allSatisfy(exchange -> {
                    assertThat(exchange.request().header("user-agent")).isEqualTo("tscollector/0.0.0-test");
                    assertThat(exchange.request().header("content-type")).isEqualTo("application/json");
                    assertThat(exchange.request().header("content-encoding")).isEqualTo("gzip");
                });
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .isNotEmpty()
                .noneMatch(line -> line.contains(DatadogIntake.KEY));
        assertThat(test.telemetry().warnings() + " " + test.host().statuses())
                .contains("****cdef")
                .doesNotContain(DatadogIntake.KEY);
    }

    @Test
    @DisplayName("R32: an intake that is slow still gets what is queued at the end")
    void waitsForASlowIntake() throws Exception {
        intake.script(
                Destination.LOGS,
                IntakeAnswer.of(202).after(Duration.ofMillis(300)).thoughTaken());
        Exporter exporter = started("api_key_check: off");
        send(exporter, "a");

        exporter.shutdown(Deadline.in(Duration.ofSeconds(10), CLOCK));

        assertThat(test.telemetry().sent()).isEqualTo(1);
        assertThat(test.telemetry().dropped()).isEmpty();
    }

    @Test
    @DisplayName("R32: one that never answers costs no more than the deadline, and what is left is counted")
    void leavesAnIntakeThatHangs() throws Exception {
        intake.always(Destination.LOGS, IntakeAnswer.of(202).after(Duration.ofHours(1)));
        Exporter exporter = started("api_key_check: off");
        send(exporter, "a");
        Awaitility.await().until(() -> !intake.exchanges().isEmpty());
        long before = CLOCK.nanoTime();

        exporter.shutdown(Deadline.in(Duration.ofMillis(300), CLOCK));

        assertThat(Duration.ofNanos(CLOCK.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(test.telemetry().dropped()).containsEntry(Delivery.STOPPED, 1L);
        assertThat(test.telemetry().sent()).isZero();
    }

    @Test
    @DisplayName("R32: one that answers 503 gets each request once more, and what is left is counted")
    void countsWhatABusyIntakeLeft() throws Exception {
        intake.always(Destination.LOGS, IntakeAnswer.of(503));
        Exporter exporter = started("api_key_check: off");
        send(exporter, "a");
        send(exporter, "b");

        exporter.shutdown(Deadline.in(Duration.ofSeconds(10), CLOCK));

        assertThat(test.telemetry().dropped()).containsEntry(Delivery.STOPPED, 2L);
    }

    private Exporter started(String yaml) throws Exception {
        DatadogConfig config = Settings.of(
                "metrics: {endpoint: '" + server.url() + "'}\nlogs: {endpoint: '" + server.url() + "'}\n" + yaml);
        Exporter exporter = new DatadogFactory().create(test.build(threads, CLOCK), config, Set.of(Signal.LOGS));
        exporter.start(test.host());
        return exporter;
    }

    private static void send(Exporter exporter, String message) throws Exception {
        LogBatch batch = new Records()
                .addAt(CLOCK.now(), Severity.INFO, message, Attributes.empty(), "")
                .batch();
        Objects.requireNonNull(exporter.inputs().get(Signal.LOGS)).consume(batch);
    }
}
