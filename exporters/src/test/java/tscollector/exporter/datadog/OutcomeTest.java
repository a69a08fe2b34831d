package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.component.Status;
import tscollector.kit.delivery.Delivery;
import tscollector.testkit.Batches;
import tscollector.testkit.datadog.AcceptedEvent;
import tscollector.testkit.datadog.AcceptedLog;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.IntakeAnswer;

/** What becomes of records by what the intake answers. */
class OutcomeTest {
    private static final String LOGS = Destination.LOGS;
    private static final String NO_CHECK = "api_key_check: off\n";

    private final Destination destination = Destination.started(NO_CHECK);
    private final DatadogIntake intake = destination.intake;

    @ParameterizedTest
    @DisplayName("R26: 2xx is success")
    @ValueSource(ints = {200, 202, 204})
    void takes(int status) {
        intake.script(LOGS, IntakeAnswer.of(status).thoughTaken());

        sendOne();

        assertThat(destination.sent()).isEqualTo(1);
        assertThat(intake.statuses(LOGS)).containsExactly(status);
        assertThat(destination.test.telemetry().count("logs answered " + status))
                .isEqualTo(1);
        assertThat(destination.test.host().statuses()).isEmpty();
    }

    @Test
    @DisplayName("R26: errors in a good answer are told")
    void tellsErrorsOfAGoodAnswer() {
        intake.script(
                LOGS,
                IntakeAnswer.of(202).withBody("{\"errors\":[\"one\",\"two\"]}").thoughTaken());

        sendOne();

        assertThat(destination.sent()).isEqualTo(1);
        assertThat(destination.test.telemetry().warnings())
                .containsExactly("The intake took logs with errors. said=\"one; two\"");
    }

    @ParameterizedTest
    @DisplayName("R26: 400 and other final answers drop, count and tell why")
    @ValueSource(ints = {400, 405, 415, 422})
    void drops(int status) {
        intake.script(LOGS, IntakeAnswer.of(status));

        sendOne();
        destination.advance(Duration.ofHours(1));

        assertThat(intake.statuses(LOGS)).containsExactly(status);
        assertThat(destination.dropped(Delivery.REFUSED)).isEqualTo(1);
        assertThat(destination.sent()).isZero();
        assertThat(destination.test.telemetry().warnings())
                .singleElement()
                .asString()
                .contains("answered HTTP " + status + ": scripted " + status);
        assertThat(lastStatus().level()).isEqualTo(Status.Level.RECOVERABLE_ERROR);
        assertThat(destination.accountsFor(1)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("R26: 404, 408, 429, 5xx and no answer are tried again")
    @ValueSource(ints = {0, 302, 404, 408, 429, 500, 502, 503, 504})
    void triesAgain(int status) {
        IntakeAnswer answer = status == 0 ? IntakeAnswer.none() : IntakeAnswer.of(status);
        intake.script(LOGS, answer, answer);

        sendOne();
        assertThat(destination.exporter.queuedItems()).isEqualTo(1);
        assertThat(destination.accountsFor(1)).isTrue();
        assertThat(lastStatus().level()).isEqualTo(Status.Level.RECOVERABLE_ERROR);
        destination.advance(Duration.ofSeconds(12));

        assertThat(intake.statuses(LOGS)).containsExactly(status, status, 202);
        assertThat(intake.logs()).hasSize(1);
        assertThat(destination.sent()).isEqualTo(1);
        assertThat(destination.dropped()).isZero();
        assertThat(lastStatus()).isEqualTo(Status.ok());
    }

    @Test
    @DisplayName("R26: 404 is warned about: wrong site or a proxy")
    void warnsAboutTheWrongPlace() {
        intake.script(LOGS, IntakeAnswer.of(404));

        sendOne();

        assertThat(destination.test.telemetry().warnings())
                .singleElement()
                .asString()
                .endsWith("/api/v2/logs answered HTTP 404: scripted 404; is that the intake, or a proxy in between?");
    }

    @ParameterizedTest
    @DisplayName("R28: waits as long as Retry-After (seconds or date) or X-RateLimit-Reset ask")
    @CsvSource({
        "429, Retry-After, 600",
        "503, Retry-After, 600",
        "429, X-RateLimit-Reset, 600",
        "503, Retry-After, 'Thu, 1 Jan 2026 00:10:00 GMT'"
    })
    void waitsAsAsked(int status, String header, String value) {
        intake.script(LOGS, IntakeAnswer.of(status).with(header, value));

        sendOne();
        destination.advance(Duration.ofSeconds(598));
        assertThat(intake.statuses(LOGS)).hasSize(1);
        destination.advance(Duration.ofSeconds(2));

        assertThat(intake.statuses(LOGS)).containsExactly(status, 202);
        assertThat(destination.sent()).isEqualTo(1);
    }

    @Test
    @DisplayName("R28: Retry-After counts before X-RateLimit-Reset, and odd ones do not count")
    void retryAfterComesFirst() {
        intake.script(
                LOGS,
                IntakeAnswer.of(429).with("Retry-After", "30").with("X-RateLimit-Reset", "3000"),
                IntakeAnswer.of(429).with("Retry-After", "soon").with("X-RateLimit-Reset", "-1"));

        sendOne();
        destination.advance(Duration.ofSeconds(31));
        assertThat(intake.statuses(LOGS)).containsExactly(429, 429);
        destination.advance(Duration.ofSeconds(8));

        assertThat(intake.statuses(LOGS)).containsExactly(429, 429, 202);
    }

    @Test
    @DisplayName("R28: first wait 2-4 s, then 4-8 s, ... at most 64 s")
    void backsOffAsTheAgent() {
        intake.always(LOGS, IntakeAnswer.of(503));

        sendOne();
        int[] atLeast = {2, 4, 8, 16, 32, 32, 32};
        int[] atMost = {4, 8, 16, 32, 64, 64, 64};
        for (int i = 0; i < atLeast.length; i++) {
            int tries = intake.statuses(LOGS).size();
            int seconds = 0;
            while (intake.statuses(LOGS).size() == tries) {
                destination.advance(Duration.ofSeconds(1));
                seconds++;
            }
            assertThat(seconds).as("wait " + i).isBetween(atLeast[i], atMost[i] + 1);
        }
    }

    @ParameterizedTest
    @DisplayName("R31: a refused key keeps the data, tells the status and recovers without a restart")
    @ValueSource(ints = {401, 403})
    void keepsDataOfARefusedKey(int status) {
        intake.always(LOGS, IntakeAnswer.of(status));

        sendOne();
        destination.advance(Duration.ofHours(2));
        int tries = intake.statuses(LOGS).size();
        assertThat(tries).as("slowly: about once a minute").isBetween(100, 122);
        assertThat(lastStatus().level()).isEqualTo(Status.Level.RECOVERABLE_ERROR);
        assertThat(lastStatus().message())
                .contains("does not accept the API key ****cdef (HTTP " + status + ")")
                .doesNotContain(DatadogIntake.KEY);
        assertThat(destination.accountsFor(1)).isTrue();
        intake.always(LOGS, null);
        destination.advance(Duration.ofMinutes(2));

        assertThat(destination.sent()).isEqualTo(1);
        assertThat(lastStatus()).isEqualTo(Status.ok());
    }

    @Test
    @DisplayName("R31: the key is read from its file again after a refusal")
    void readsTheKeyAgain(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "00000000000000000000000000000000");
        Destination rotating = Destination.started("api: {key_file: '" + file + "'}\n" + NO_CHECK);
        rotating.send(new Records().log("a").batch());
        rotating.flush();
        assertThat(rotating.intake.statuses(LOGS)).containsExactly(403);

        Files.writeString(file, DatadogIntake.KEY);
        rotating.advance(Duration.ofSeconds(61));

        assertThat(rotating.intake.statuses(LOGS)).containsExactly(403, 202);
        assertThat(rotating.sent()).isEqualTo(1);
        assertThat(rotating.test.host().statuses()).last().isEqualTo(Status.ok());
    }

    @Test
    @DisplayName("R26: an hour's outage loses nothing of logs; after 18 hours they are dropped as too old")
    void survivesAnOutage() {
        destination.caller.away(true);
        sendOne();
        destination.advance(Duration.ofHours(1));
        assertThat(destination.accountsFor(1)).isTrue();
        assertThat(destination.exporter.queuedItems()).isEqualTo(1);
        destination.advance(Duration.ofHours(17).plusMinutes(2));

        assertThat(destination.dropped(DropReasons.TOO_OLD)).isEqualTo(1);
        assertThat(destination.exporter.queuedItems()).isZero();
        assertThat(lastStatus().level())
                .as("what became too old does not mean that the intake is back")
                .isEqualTo(Status.Level.RECOVERABLE_ERROR);

        destination.caller.away(false);
        destination.send(new Records()
                .addAt(Batches.TIME + 65_000_000_000_000L, Severity.INFO, "new", Attributes.empty(), "")
                .batch());
        destination.flush();
        assertThat(destination.sent()).isEqualTo(1);
        assertThat(lastStatus()).isEqualTo(Status.ok());
    }

    @Test
    @DisplayName("R30: 413 halves until single items remain, and no accepted half is sent twice")
    void halvesWhatIsTooLarge() {
        Records records = new Records();
        for (int i = 0; i < 8; i++) {
            records.log("m" + i);
        }
        IntakeAnswer large = IntakeAnswer.of(413);
        intake.script(LOGS, large, large, large, large); // 8, 4, 2 and the first alone

        destination.send(records.batch());
        destination.flush();

        assertThat(intake.logs())
                .extracting(AcceptedLog::message)
                .containsExactly("m1", "m2", "m3", "m4", "m5", "m6", "m7");
        assertThat(intake.statuses(LOGS)).containsExactly(413, 413, 413, 413, 202, 202, 202);
        assertThat(destination.dropped(DropReasons.TOO_LARGE)).isEqualTo(1);
        assertThat(destination.sent()).isEqualTo(7);
    }

    @Test
    @DisplayName("R27: what one route took is not sent again because another failed")
    void sendsOnlyWhatIsLeft() {
        Records mixed = new Records()
                .log("a")
                .event("torchserve.model.removed", "torchserve.model.name", "m")
                .log("b");
        intake.script(LOGS, IntakeAnswer.of(503));

        destination.send(mixed.batch());
        destination.flush();
        assertThat(intake.events()).hasSize(1);
        assertThat(destination.sent()).isEqualTo(1);
        assertThat(destination.exporter.queuedItems()).isEqualTo(2);
        assertThat(destination.accountsFor(3)).isTrue();
        destination.advance(Duration.ofSeconds(5));

        assertThat(intake.events()).extracting(AcceptedEvent::title).containsExactly("A model has been removed");
        assertThat(intake.logs()).extracting(AcceptedLog::message).containsExactly("a", "b");
        assertThat(destination.sent()).isEqualTo(3);
        assertThat(destination.accountsFor(3)).isTrue();
    }

    @Test
    @DisplayName("R27: a refused event costs itself, the rest goes on")
    void aRefusedEventCostsItself() {
        intake.script(Destination.EVENTS, IntakeAnswer.of(202).thoughTaken(), IntakeAnswer.of(400));
        intake.script(LOGS, IntakeAnswer.of(503));
        Records mixed = new Records()
                .event("torchserve.model.removed", "torchserve.model.name", "a")
                .event("torchserve.model.removed", "torchserve.model.name", "b")
                .event("torchserve.model.removed", "torchserve.model.name", "c")
                .log("l");

        destination.send(mixed.batch());
        destination.flush();
        assertThat(destination.accountsFor(4)).isTrue();
        assertThat(destination.dropped(Delivery.REFUSED)).isEqualTo(1);
        destination.advance(Duration.ofSeconds(5));

        assertThat(intake.events()).hasSize(2);
        assertThat(intake.logs()).hasSize(1);
        assertThat(destination.sent()).isEqualTo(3);
        assertThat(destination.accountsFor(4)).isTrue();
    }

    @Test
    @DisplayName("R32: what is left at the end is counted")
    void countsWhatIsLeftAtTheEnd() {
        intake.always(LOGS, IntakeAnswer.of(503));
        sendOne();
        sendOne();

        destination.shutdown();

        assertThat(destination.dropped(Delivery.STOPPED)).isEqualTo(2);
        assertThat(destination.accountsFor(2)).isTrue();
        assertThat(destination.caller.isClosed()).isTrue();
    }

    @Test
    @DisplayName("R7: one destination that is down costs the other nothing")
    void destinationsAreStrangers() {
        Destination dead = Destination.started(NO_CHECK);
        dead.caller.away(true);
        for (int i = 0; i < 20; i++) {
            destination.send(new Records().log("m" + i).batch());
            dead.send(new Records().log("m" + i).batch());
            destination.flush();
            dead.flush();
        }

        assertThat(intake.logs()).hasSize(20);
        assertThat(destination.sent()).isEqualTo(20);
        assertThat(dead.sent()).isZero();
        assertThat(dead.exporter.queuedItems()).isEqualTo(20);
        assertThat(destination.test.host().statuses()).isEmpty();
        dead.caller.away(false);
        dead.advance(Duration.ofMinutes(2));
        assertThat(dead.sent()).isEqualTo(20);
    }

    @Test
    @DisplayName("R34: requests are counted by route and status")
    void countsAnswers() {
        intake.script(LOGS, IntakeAnswer.of(503), IntakeAnswer.of(429), IntakeAnswer.none());

        sendOne();
        destination.advance(Duration.ofMinutes(1));

        assertThat(destination.test.telemetry().counts())
                .containsEntry("logs answered 503", 1L)
                .containsEntry("logs answered 429", 1L)
                .containsEntry("logs without answer", 1L)
                .containsEntry("logs answered 202", 1L);
    }

    @Test
    @DisplayName("R2: an intake that quotes the key does not make us print it")
    void masksAKeyThatIsQuoted() {
        intake.script(LOGS, IntakeAnswer.of(400).withBody("{\"errors\":[\"bad key " + DatadogIntake.KEY + "\"]}"));

        sendOne();

        List<String> said = destination.test.telemetry().warnings();
        assertThat(String.join(" ", said) + destination.test.host().statuses())
                .contains("bad key ****")
                .doesNotContain(DatadogIntake.KEY);
    }

    @Test
    void closesEveryAnswer() {
        intake.script(LOGS, IntakeAnswer.of(503), IntakeAnswer.of(403), IntakeAnswer.of(413));

        sendOne();
        destination.advance(Duration.ofMinutes(5));

        assertThat(intake.statuses(LOGS)).containsExactly(503, 403, 413);
        assertThat(destination.caller.openAnswers()).isZero();
    }

    private void sendOne() {
        destination.send(new Records().log("a").batch());
        destination.flush();
    }

    private Status lastStatus() {
        List<Status> statuses = destination.test.host().statuses();
        return statuses.get(statuses.size() - 1);
    }
}
