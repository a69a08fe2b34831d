package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.at;
import static tscollector.exporter.datadog.SeriesFixture.batch;

import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tscollector.component.Status;
import tscollector.kit.delivery.Delivery;
import tscollector.testkit.datadog.IntakeAnswer;

/** Each answer at each route, once: how often it is tried, what becomes of the item, and what is counted. */
class OutcomeByCodeTest {
    private enum End {
        TAKEN,
        DROPPED,
        /** Taken in the end. */
        TRIED_AGAIN
    }

    private final Destination destination = Destination.started("api_key_check: off");

    static Stream<Arguments> answers() {
        return Stream.of(Route.SERIES, Route.SKETCHES, Route.CHECK_RUN, Route.EVENTS, Route.LOGS)
                .flatMap(route -> Stream.of(
                                Arguments.of(200, End.TAKEN, ""),
                                Arguments.of(202, End.TAKEN, ""),
                                Arguments.of(400, End.DROPPED, Delivery.REFUSED),
                                Arguments.of(401, End.TRIED_AGAIN, "does not accept the API key"),
                                Arguments.of(403, End.TRIED_AGAIN, "does not accept the API key"),
                                Arguments.of(404, End.TRIED_AGAIN, "is that the intake"),
                                Arguments.of(408, End.TRIED_AGAIN, ""),
                                Arguments.of(413, End.DROPPED, DropReasons.TOO_LARGE),
                                Arguments.of(429, End.TRIED_AGAIN, ""),
                                Arguments.of(500, End.TRIED_AGAIN, ""),
                                Arguments.of(502, End.TRIED_AGAIN, ""),
                                Arguments.of(503, End.TRIED_AGAIN, ""),
                                Arguments.of(504, End.TRIED_AGAIN, ""),
                                Arguments.of(0, End.TRIED_AGAIN, ""))
                        .map(answer -> Arguments.of(route, answer.get()[0], answer.get()[1], answer.get()[2])));
    }

    @ParameterizedTest(name = "{0} answered {1}: {2}")
    @MethodSource("answers")
    @DisplayName("R26: one run for each code and route: attempts, final state and counters")
    void r26_oneRunPerCode(Route route, int status, End end, String said) {
        IntakeAnswer answer = status == 0 ? IntakeAnswer.none() : IntakeAnswer.of(status);
        destination.intake.script(route.path(), end == End.TAKEN ? answer.thoughTaken() : answer);

        sendTo(route);
        destination.flush();
        assertThat(destination.intake.statuses(route.path())).containsExactly(status);
        assertThat(destination.exporter.queuedItems()).isEqualTo(end == End.TRIED_AGAIN ? 1 : 0);
        assertThat(destination.accountsFor(1)).isTrue();
        assertThat(destination.test.telemetry().counts())
                .containsEntry(
                        status == 0 ? route.word() + " without answer" : route.word() + " answered " + status, 1L);
        List<Status> statuses = destination.test.host().statuses();
        destination.advance(Duration.ofSeconds(61));

        switch (end) {
            case TAKEN -> {
                assertThat(destination.intake.statuses(route.path())).containsExactly(status);
                assertThat(destination.sent()).isEqualTo(1);
                assertThat(statuses).isEmpty();
            }
            case DROPPED -> {
                assertThat(destination.intake.statuses(route.path())).containsExactly(status);
                assertThat(destination.dropped(said)).isEqualTo(1);
                assertThat(destination.test.telemetry().warnings())
                        .anyMatch(line -> line.contains("answered HTTP " + status + ": scripted " + status));
            }
            case TRIED_AGAIN -> {
                assertThat(destination.intake.statuses(route.path())).containsExactly(status, 202);
                assertThat(destination.sent()).isEqualTo(1);
                assertThat(statuses)
                        .last()
                        .satisfies(last -> assertThat(last.level()).isEqualTo(Status.Level.RECOVERABLE_ERROR));
                assertThat(destination.test.host().statuses()).last().isEqualTo(Status.ok());
                if (!said.isEmpty()) {
                    assertThat(destination.test.telemetry().warnings()).anyMatch(line -> line.contains(said));
                }
            }
        }
        assertThat(destination.dropped()).isEqualTo(end == End.DROPPED ? 1 : 0);
        assertThat(destination.accountsFor(1)).isTrue();
        assertThat(destination.caller.openAnswers()).isZero();
    }

    private void sendTo(Route route) {
        switch (route) {
            case SERIES -> destination.send(batch(SeriesFixture.gauges("g", at(SECOND, 1))));
            case SKETCHES ->
                destination.send(batch(SeriesFixture.histograms(
                        "h", SeriesFixture.histogram(SECOND, 3, List.of(1.0), List.of(1L, 1L)))));
            case CHECK_RUN ->
                destination.send(batch(SeriesFixture.metric(
                        SeriesFixture.SERVER,
                        SeriesFixture.HEALTH,
                        "torchserve.openmetrics.health",
                        MetricDataType.DOUBLE_GAUGE,
                        GaugeData.createDoubleGaugeData(List.of(at(SECOND, 0))))));
            case EVENTS ->
                destination.send(new Records().event("torchserve.model.removed").batch());
            case LOGS -> destination.send(new Records().log("a").batch());
            case VALIDATE -> throw new IllegalArgumentException("nothing is sent there");
        }
    }
}
