package tscollector.kit.time;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tscollector.testkit.ManualScheduler;

class OutageTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("outage.test");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ManualScheduler time = new ManualScheduler();
    private final Outage outage = new Outage(logger, time.clock(), "Asking http://a");

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
    }

    @Test
    void saysNothingWhileAllIsWell() {
        outage.recovered();

        assertThat(said()).isEmpty();
        assertThat(outage.isFailing()).isFalse();
    }

    @Test
    void saysOneLineAtTheBeginAndOneAtTheEnd() {
        for (int attempt = 0; attempt < 9; attempt++) {
            outage.failing("connection refused");
            time.advance(Duration.ofSeconds(15));
        }
        assertThat(outage.isFailing()).isTrue();
        outage.recovered();
        outage.recovered();

        assertThat(said())
                .containsExactly(
                        "WARN Asking http://a failed: connection refused.",
                        "INFO Asking http://a works again after 2 min 15 s and 9 failed attempts.");
    }

    @Test
    void aQuestionNeedsNoFullStop() {
        outage.failing("HTTP 403; is the key still valid?");

        assertThat(said()).containsExactly("WARN Asking http://a failed: HTTP 403; is the key still valid?");
    }

    @Test
    void beginsAnewAMinuteAfterAnEnd() {
        outage.failing("connection refused");
        time.advance(Duration.ofMillis(1234));
        outage.recovered();
        time.advance(Duration.ofMinutes(1));
        outage.failing("connection refused");

        assertThat(said())
                .containsExactly(
                        "WARN Asking http://a failed: connection refused.",
                        "INFO Asking http://a works again after 1.2 s and 1 failed attempt.",
                        "WARN Asking http://a failed: connection refused.");
    }

    @Test
    void saysAtOnceWhenItFailsForAnotherReason() {
        outage.failing("connection refused");
        outage.recovered();
        outage.failing("the server wants a key");
        outage.recovered();

        assertThat(said())
                .containsExactly(
                        "WARN Asking http://a failed: connection refused.",
                        "INFO Asking http://a works again after 0.0 s and 1 failed attempt.",
                        "WARN Asking http://a failed: the server wants a key.",
                        "INFO Asking http://a works again after 0.0 s and 1 failed attempt.");
    }

    @Test
    void sumsUpWhatFailsAndWorksByTurns() {
        for (int second = 0; second < 125; second += 5) {
            outage.failing("answered 503");
            time.advance(Duration.ofSeconds(2));
            outage.recovered("items were dropped");
            time.advance(Duration.ofSeconds(3));
        }
        time.advance(Duration.ofMinutes(1));
        outage.recovered();
        outage.recovered();

        assertThat(said())
                .containsExactly(
                        "WARN Asking http://a failed: answered 503.",
                        "INFO Asking http://a works again after 2.0 s and 1 failed attempt; items were dropped.",
                        "INFO Asking http://a works again; it failed 12 more times since it was last told; items were dropped.",
                        "INFO Asking http://a works again; it failed 12 more times since it was last told; items were dropped.");
    }

    @Test
    void tellsAnOutageThatStaysAfterItWasPutOff() {
        outage.failing("answered 503");
        outage.recovered();
        for (int second = 0; second < 300; second += 10) {
            outage.failing("answered 503");
            time.advance(Duration.ofSeconds(10));
        }
        outage.recovered();

        assertThat(said())
                .containsExactly(
                        "WARN Asking http://a failed: answered 503.",
                        "INFO Asking http://a works again after 0.0 s and 1 failed attempt.",
                        "WARN Asking http://a failed: answered 503.",
                        "INFO Asking http://a works again after 5 min 0 s and 30 failed attempts.");
    }

    @Test
    void tellsTheEndOfTheLastFlap() {
        outage.failing("answered 503");
        outage.recovered();
        outage.failing("answered 503");

        assertThat(outage.recovered("2 items")).isFalse();
        time.advance(Duration.ofSeconds(59));
        assertThat(outage.recovered("2 items")).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(outage.recovered("2 items")).isTrue();

        assertThat(said())
                .last()
                .isEqualTo("INFO Asking http://a works again; it failed 1 more time since it was last told; 2 items.");
    }

    @Test
    void saysAnotherReasonAtMostOnceAMinute() {
        outage.failing("connection refused");
        time.advance(Duration.ofSeconds(30));
        outage.failing("timeout");
        time.advance(Duration.ofSeconds(30));
        outage.failing("connection refused");
        outage.failing("timeout");
        outage.failing("connection refused");

        assertThat(said())
                .containsExactly(
                        "WARN Asking http://a failed: connection refused.",
                        "WARN Asking http://a still fails after 1 min 0 s and 4 attempts: timeout.");
    }

    @Test
    void remindsOnceAnHour() {
        for (int minute = 0; minute < 130; minute++) {
            outage.failing("connection refused");
            time.advance(Duration.ofMinutes(1));
        }

        assertThat(said())
                .containsExactly(
                        "WARN Asking http://a failed: connection refused.",
                        "WARN Asking http://a still fails after 1 h 0 min and 61 attempts: connection refused.",
                        "WARN Asking http://a still fails after 2 h 0 min and 121 attempts: connection refused.");
    }

    private List<String> said() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }
}
