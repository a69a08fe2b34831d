package tscollector.processor.naming;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UnlistedNamesTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(UnlistedNamesTest.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final UnlistedNames names = new UnlistedNames(logger);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void saysEachNameOnce() {
        names.note(List.of("b", "a", "b"));
        names.note(List.of("a"));
        names.note(List.of("a", "c"));

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Not sent, since they are neither official metrics nor listed in extra_metrics: a, b.",
                        "Not sent, since they are neither official metrics nor listed in extra_metrics: c.");
    }

    @Test
    void countsNamesBeyondTheLimitTogether() {
        names.note(IntStream.range(0, 150).mapToObj(i -> "n%03d".formatted(i)).toList());
        names.note(List.of("another"));

        assertThat(names.countedAs("n000")).isEqualTo("n000");
        assertThat(names.countedAs("n099")).isEqualTo("n099");
        assertThat(names.countedAs("n100")).isEqualTo("other");
        assertThat(names.countedAs("another")).isEqualTo("other");
        assertThat(log.list).hasSize(2);
    }
}
