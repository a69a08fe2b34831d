package tscollector.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.testkit.ManualScheduler;

class StatsTest {
    private final ManualScheduler time = new ManualScheduler();
    private final Stats stats = new Stats(time.clock());
    private final Logger logger = (Logger) LoggerFactory.getLogger("stats-test");
    private final ComponentStats exporter = stats.of(Kind.EXPORTER, ComponentId.parse("otlp/a"), logger);

    @Test
    void reportsOneLinePerComponentThatDidAnything() {
        ComponentStats receiver = stats.of(Kind.RECEIVER, ComponentId.parse("torchserve"), logger);
        stats.of(Kind.PROCESSOR, ComponentId.parse("idle"), logger);
        receiver.accepted(10);
        receiver.refused(3);
        exporter.accepted(7);
        exporter.sent(4);
        exporter.dropped("queue full", 2);
        exporter.dropped("gave up", 1);

        assertThat(StatsReport.lines(stats.snapshots()))
                .containsExactly(
                        "receiver torchserve: accepted 10, refused 3",
                        "exporter otlp/a: accepted 7, sent 4, dropped 3 (gave up: 1, queue full: 2)");
        assertThat(stats.droppedTotal()).isEqualTo(3);
        assertThat(stats.dropped("gave up")).isEqualTo(1);
    }

    @Test
    void addsUpInstancesOfOneId() {
        stats.of(Kind.EXPORTER, ComponentId.parse("otlp/a"), logger).sent(1);
        exporter.sent(1);

        assertThat(exporter.snapshot().sent()).isEqualTo(2);
    }

    @Test
    void boundsTheNamesAComponentMayUse() {
        for (int i = 0; i < 1000; i++) {
            exporter.dropped("reason " + i, 1);
        }

        ComponentStats.Snapshot snapshot = exporter.snapshot();
        assertThat(snapshot.dropped()).hasSizeLessThan(210).containsEntry("other", 800L);
        assertThat(snapshot.droppedTotal()).isEqualTo(1000);
    }

    @Test
    void warnsOncePerPeriodAndSaysHowManyWereLeftOut() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);

        for (int i = 0; i < 3; i++) {
            exporter.warnOncePer(Duration.ofMinutes(1), "k", "Something is odd.");
        }
        exporter.warnOncePer(Duration.ofMinutes(1), "other", "Another thing.");
        time.advance(Duration.ofMinutes(1));
        exporter.warnOncePer(Duration.ofMinutes(1), "k", "Something is odd.");

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Something is odd.", "Another thing.", "Something is odd. (2 more like this were left out)");
        logger.detachAppender(lines);
    }
}
