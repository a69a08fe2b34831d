package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.component.StartException;
import tscollector.component.Status;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.IntakeAnswer;

class KeyCheckTest {
    private static final String VALIDATE = Destination.VALIDATE;

    @Test
    @DisplayName("R6: asks at the start and every hour")
    void asksEveryHour() {
        Destination destination = Destination.started("");
        assertThat(destination.intake.statuses(VALIDATE)).containsExactly(200);

        destination.advance(Duration.ofMinutes(59));
        assertThat(destination.intake.statuses(VALIDATE)).hasSize(1);
        destination.advance(Duration.ofHours(3));

        assertThat(destination.intake.statuses(VALIDATE)).containsExactly(200, 200, 200, 200);
        assertThat(destination.test.host().statuses()).isEmpty();
        assertThat(destination.caller.openAnswers()).isZero();
    }

    @Test
    @DisplayName("R6: warn: a refused key shows in the status until it is accepted")
    void aRefusedKeyShows() {
        Destination destination = new Destination("");
        destination.intake.setKeys("other");
        destination.start();

        assertThat(destination.test.host().statuses()).singleElement().satisfies(status -> {
            assertThat(status.level()).isEqualTo(Status.Level.RECOVERABLE_ERROR);
            assertThat(status.message())
                    .isEqualTo("https://api.datadoghq.com/api/v1/validate does not accept the API key ****cdef"
                            + " (HTTP 403); is it a key of this site, and still valid?");
        });
        destination.intake.setKeys(DatadogIntake.KEY);
        destination.advance(Duration.ofHours(1));

        assertThat(destination.test.host().statuses()).last().isEqualTo(Status.ok());
    }

    @ParameterizedTest
    @DisplayName("R6: anything but 403 is no verdict, and a key without verdict is good")
    @ValueSource(ints = {0, 400, 401, 404, 429, 500, 503})
    void noVerdictIsGood(int status) {
        for (String mode : new String[] {"warn", "fail"}) {
            Destination destination = new Destination("api_key_check: " + mode);
            destination.intake.always(VALIDATE, status == 0 ? IntakeAnswer.none() : IntakeAnswer.of(status));

            assertThatCode(() -> destination.exporter.start(destination.test.host()))
                    .doesNotThrowAnyException();
            assertThat(destination.intake.statuses(VALIDATE)).containsExactly(status);
            assertThat(destination.test.host().statuses()).isEmpty();
            destination.shutdown();
        }
    }

    @ParameterizedTest
    @DisplayName("R6: fail: a refused key keeps the process from starting")
    @ValueSource(strings = {"api_key_check: fail", "api: {key: " + DatadogIntake.KEY + ", fail_on_invalid_key: true}"})
    void failsAtTheStart(String yaml) {
        Destination destination = new Destination(yaml);
        destination.intake.setKeys("other");

        assertThatThrownBy(() -> destination.exporter.start(destination.test.host()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("Datadog does not accept the API key in api.key (HTTP 403)");
    }

    @Test
    @DisplayName("R6: fail: a key that is refused later ends nothing")
    void failsOnlyAtTheStart() {
        Destination destination = Destination.started("api_key_check: fail");
        destination.intake.setKeys("other");

        destination.advance(Duration.ofHours(1));

        assertThat(destination.intake.statuses(VALIDATE)).containsExactly(200, 403);
        assertThat(destination.test.host().statuses())
                .last()
                .extracting(Status::level)
                .isEqualTo(Status.Level.RECOVERABLE_ERROR);
    }

    @Test
    @DisplayName("R6: off: nothing is asked")
    void offAsksNothing() {
        Destination destination = Destination.started("api_key_check: off");

        destination.advance(Duration.ofHours(3));

        assertThat(destination.intake.exchanges()).isEmpty();
    }

    @Test
    void asksNothingAfterShutdown() {
        Destination destination = Destination.started("");

        destination.shutdown();
        destination.advance(Duration.ofHours(3));

        assertThat(destination.intake.statuses(VALIDATE)).hasSize(1);
        assertThat(destination.test.scheduler().timerCount()).isZero();
    }

    @Test
    @DisplayName("R6: the check is off the hot path: data flows while it hangs")
    void dataFlowsWhileItHangs() {
        Destination destination = new Destination("");
        destination.intake.always(VALIDATE, IntakeAnswer.of(200).after(Duration.ofHours(1)));
        destination.start();

        destination.send(new Records().log("a").batch());
        destination.flush();

        assertThat(destination.sent()).isEqualTo(1);
    }
}
