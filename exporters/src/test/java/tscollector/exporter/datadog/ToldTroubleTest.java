package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.IntakeAnswer;

/** What somebody reads who asks why nothing is to be seen in Datadog. */
class ToldTroubleTest {
    private static final String LOGS = Destination.LOGS;

    private final Destination destination = Destination.started("api_key_check: off\n");
    private final DatadogIntake intake = destination.intake;

    @Test
    @DisplayName("R30: what is too large alone is told, not only counted")
    void tellsWhatIsTooLarge() {
        intake.always(LOGS, IntakeAnswer.of(413));
        intake.always(Destination.EVENTS, IntakeAnswer.of(413));

        destination.send(new Records()
                .log("a")
                .log("b")
                .event("torchserve.model.removed", "torchserve.model.name", "m")
                .batch());
        destination.flush();

        assertThat(destination.dropped(DropReasons.TOO_LARGE)).isEqualTo(3);
        assertThat(told())
                .containsExactly(
                        "1 items of events are too large for the intake, each by itself, and lost."
                                + " error=\"https://api.datadoghq.com/api/v1/events answered HTTP 413: scripted 413\"",
                        "2 items of logs are too large for the intake, each by itself, and lost."
                                + " error=\"https://http-intake.logs.datadoghq.com/api/v2/logs answered HTTP 413: scripted 413\"");
    }

    @ParameterizedTest
    @DisplayName("R28: no answer silences the exporter for longer than half the age that points may have")
    @CsvSource({"Retry-After, 86400", "X-RateLimit-Reset, 1795426000", "Retry-After, 'Fri, 1 Jan 2027 00:00:00 GMT'"})
    void waitsHalfAnHourAtMost(String header, String value) {
        intake.script(LOGS, IntakeAnswer.of(429).with(header, value));

        sendOne();
        destination.advance(Duration.ofMinutes(29));
        assertThat(intake.statuses(LOGS)).containsExactly(429);
        assertThat(told())
                .containsExactly("https://http-intake.logs.datadoghq.com/api/v2/logs asks to be left alone;"
                        + " the next try is in 30 min, and what is to be sent waits");
        destination.advance(Duration.ofMinutes(2));

        assertThat(intake.statuses(LOGS)).containsExactly(429, 202);
    }

    @Test
    @DisplayName("R27: a page with a good status is a gateway's, and nothing counts as sent by it")
    void aPageIsNoAnswerOfTheIntake() {
        intake.script(
                LOGS,
                IntakeAnswer.of(200)
                        .with("Content-Type", "text/html; charset=utf-8")
                        .withBody("<h1>Log in</h1>"));

        sendOne();
        assertThat(destination.sent()).isZero();
        assertThat(destination.exporter.queuedItems()).isEqualTo(1);
        assertThat(told()).singleElement().asString().endsWith("is that the intake, or a proxy in between?");
        destination.advance(Duration.ofSeconds(5));

        assertThat(intake.statuses(LOGS)).containsExactly(200, 202);
        assertThat(destination.sent()).isEqualTo(1);
    }

    @Test
    void aShortWaitIsNotTold() {
        intake.script(LOGS, IntakeAnswer.of(429).with("Retry-After", "30"));

        sendOne();

        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("R15: a clock that is wrong is told, since the intake takes wrong times and throws them away")
    @CsvSource({
        "'Thu, 1 Jan 2026 02:05:00 GMT', '2 h 5 min behind'",
        "'Wed, 31 Dec 2025 23:15:00 GMT', '45 min ahead of'"
    })
    void tellsAWrongClock(String date, String expected) {
        intake.always(LOGS, IntakeAnswer.of(202).with("Date", date).thoughTaken());

        sendOne();
        sendOne();

        assertThat(told())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("This machine's clock is " + expected + " the intake's: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thu, 1 Jan 2026 00:09:00 GMT", "Wed, 31 Dec 2025 23:51:00 GMT", "yesterday", ""})
    void aClockThatIsNearlyRightIsNotTold(String date) {
        intake.always(LOGS, IntakeAnswer.of(202).with("Date", date).thoughTaken());

        sendOne();

        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("R2: no part of a quoted key is left where an answer is cut, whatever its case")
    @ValueSource(ints = {0, 200, 270, 280, 290, 299, 985})
    void masksAKeyWhereTheAnswerIsCut(int before) {
        String key = DatadogIntake.KEY;
        String answer = "x".repeat(before) + " " + key + " " + key.toUpperCase(java.util.Locale.ROOT);
        intake.script(
                LOGS,
                IntakeAnswer.of(400).withBody(answer),
                IntakeAnswer.of(400).withBody("{\"errors\":[\"" + answer + "\"]}"));

        sendOne();
        destination.advance(Duration.ofMinutes(2));
        sendOne();

        assertThat(intake.statuses(LOGS)).containsExactly(400, 400);
        assertThat(told()).hasSize(2);
        assertThat(String.join(" ", told()) + destination.test.host().statuses())
                .doesNotContainIgnoringCase(key.substring(0, 8));
    }

    private void sendOne() {
        destination.send(new Records().log("a").batch());
        destination.flush();
    }

    private List<String> told() {
        return destination.test.telemetry().warnings();
    }
}
