package tscollector.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.signal.Signal;
import tscollector.telemetry.Telemetry;
import tscollector.telemetry.Telemetry.Unit;
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
    void whatIsKnownBySignalCountsOnceInTheWhole() {
        exporter.of(Signal.METRICS).sent(6);
        exporter.of(Signal.METRICS).dropped("gave up", 1);
        exporter.of(Signal.METRICS).of(Signal.LOGS).count("requests to be tried again", 3);
        exporter.of(Signal.LOGS).sent(2);

        ComponentStats.Snapshot snapshot = exporter.snapshot();
        assertThat(snapshot.sent()).isEqualTo(8);
        assertThat(snapshot.signals())
                .containsEntry("metrics", new Tally.Counted(6, Map.of("gave up", 1L), Map.of()))
                .containsEntry("logs", new Tally.Counted(2, Map.of(), Map.of("requests to be tried again", 3L)));
        assertThat(StatsReport.lines(stats.snapshots()))
                .containsExactly("exporter otlp/a: accepted 0, sent 8 (logs: 2, metrics: 6), dropped 1 (gave up: 1),"
                        + " counted (requests to be tried again: 3)");
    }

    @Test
    void showsLevelsThatAreNotZeroInTheirUnitsUntilTheyAreRemoved() {
        long[] bytes = {1_234_567};
        exporter.accepted(1);
        exporter.level("metrics queue items", Unit.ITEMS, () -> 8192);
        Telemetry.Level removed = exporter.level("metrics queue bytes", Unit.BYTES, () -> bytes[0]);
        exporter.of(Signal.METRICS).level("metrics queue oldest", Unit.SECONDS, () -> 185);
        exporter.level("logs queue items", Unit.ITEMS, () -> 0);

        assertThat(StatsReport.lines(stats.snapshots()))
                .containsExactly("exporter otlp/a: accepted 1, now (metrics queue bytes: 1.2 MB, metrics queue items:"
                        + " 8,192, metrics queue oldest: 3 min 5 s)");
        assertThat(exporter.snapshot().longestWait()).isEqualTo(Duration.ofSeconds(185));
        bytes[0] = 0;
        assertThat(StatsReport.lines(stats.snapshots()).get(0)).doesNotContain("bytes");
        assertThat(exporter.snapshot().levels()).containsKey("metrics queue bytes");
        removed.remove();
        removed.remove();
        assertThat(exporter.snapshot().levels()).doesNotContainKey("metrics queue bytes");
    }

    @Test
    void aLevelThatThrowsCostsOnlyItself() {
        exporter.level("bad", Unit.ITEMS, () -> {
            throw new IllegalStateException("no number");
        });
        exporter.level("good", Unit.ITEMS, () -> 3);

        assertThat(exporter.snapshot().levels()).containsOnlyKeys("good");
    }

    @Test
    void levelsOfSeveralInstancesOfOneIdAddUpAndTheirWaitIsTheLongest() {
        exporter.level("queue items", Unit.ITEMS, () -> 3);
        exporter.level("queue items", Unit.ITEMS, () -> 4);
        exporter.level("queue oldest", Unit.SECONDS, () -> 60);
        exporter.level("queue oldest", Unit.SECONDS, () -> 30);

        assertThat(exporter.snapshot().levels())
                .containsEntry("queue items", new Shown.Amount(Unit.ITEMS, 7))
                .containsEntry("queue oldest", new Shown.Amount(Unit.SECONDS, 60));
    }

    @Test
    void boundsLevelsAndStates() {
        exporter.accepted(1);
        for (int i = 0; i < 1000; i++) {
            var unused = exporter.level("level " + i, Unit.ITEMS, () -> 1);
            exporter.state("state " + i, "x".repeat(1000));
        }

        assertThat(exporter.snapshot().levels()).hasSize(200);
        assertThat(exporter.snapshot().states())
                .hasSize(200)
                .allSatisfy((what, is) -> assertThat(is).hasSize(200));
    }

    @Test
    void theLastWordOfAStateCounts() {
        exporter.accepted(1);
        exporter.state("key", "not checked");
        exporter.state("key", "valid");
        exporter.of(Signal.METRICS).state("series answered", "202");

        assertThat(StatsReport.lines(stats.snapshots()))
                .containsExactly("exporter otlp/a: accepted 1, last (key: valid, series answered: 202)");
    }

    @Test
    void tellsOfThoseInWhichSomethingWaitsLong() {
        ComponentStats idle = stats.of(Kind.EXPORTER, ComponentId.parse("debug"), logger);
        idle.accepted(5);
        idle.level("metrics queue oldest", Unit.SECONDS, () -> 59);
        exporter.accepted(5);
        exporter.level("metrics queue oldest", Unit.SECONDS, () -> 60);

        assertThat(StatsReport.linesOfWaiting(stats.snapshots(), Duration.ofMinutes(1)))
                .containsExactly("exporter otlp/a: accepted 5, now (metrics queue oldest: 1 min 0 s)");
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
