package tscollector.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.kit.delta.Scrapes.A;
import static tscollector.kit.delta.Scrapes.B;
import static tscollector.kit.delta.Scrapes.number;
import static tscollector.kit.delta.Scrapes.startless;
import static tscollector.kit.delta.Scrapes.values;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tscollector.kit.delta.DeltaRules.InitialValue;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

/** What a first point becomes, by each rule. Start times are as our receivers write them, unless a test says otherwise. */
class FirstValuesTest {
    private static final String FIRST = Turn.Drop.FIRST_VALUE.reason();

    private final TestContext test = new TestContext("cumulativetodelta");

    private CounterDeltas deltas(InitialValue rule) throws Exception {
        CounterDeltas deltas = new CounterDeltas(test.build(), DeltaRules.of(rule));
        deltas.start(null);
        test.scheduler().advance(Duration.ofMillis(1)); // no scrape is as old as the process
        return deltas;
    }

    private static List<Double> next(CounterDeltas deltas, DoublePointData... points) {
        return values(deltas.convert(new Scrapes().counter("c", points).batch()));
    }

    @Test
    @DisplayName("R11 the Agent's column of datadog-intake.md 7.3: 5 9 2 4, then a label set that appears with 7")
    void agentColumnOf73() throws Exception {
        CounterDeltas deltas = deltas(InitialValue.AGENT);

        assertThat(next(deltas, number(1, 1, A, 5))).isEmpty();
        assertThat(next(deltas, number(1, 2, A, 9))).containsExactly(4.0);
        assertThat(next(deltas, number(2, 3, A, 2))).containsExactly(2.0);
        assertThat(next(deltas, number(2, 4, A, 4))).containsExactly(2.0);
        assertThat(next(deltas, number(2, 5, A, 4), number(4, 5, B, 7))).containsExactly(0.0, 7.0);
        assertThat(test.telemetry().dropped()).containsOnly(Map.entry(FIRST, 1L));
    }

    @Test
    @DisplayName(
            "R11 the auto column of datadog-intake.md 7.3, where start times are not known: both first values are lost")
    void autoColumnOf73() throws Exception {
        CounterDeltas deltas = deltas(InitialValue.AUTO);

        assertThat(next(deltas, startless(1, A, 5))).isEmpty();
        assertThat(next(deltas, startless(2, A, 9))).containsExactly(4.0);
        assertThat(next(deltas, startless(3, A, 2))).isEmpty();
        assertThat(next(deltas, startless(4, A, 4))).containsExactly(2.0);
        assertThat(next(deltas, startless(5, A, 4), startless(5, B, 7))).containsExactly(0.0);
        assertThat(test.telemetry().dropped()).containsEntry(FIRST, 3L);
    }

    @Test
    @DisplayName("R11 auto with the start times of our receivers loses neither the restart nor the new label set")
    void autoWithStartTimes() throws Exception {
        CounterDeltas deltas = deltas(InitialValue.AUTO);

        assertThat(next(deltas, number(1, 1, A, 5))).isEmpty();
        assertThat(next(deltas, number(1, 2, A, 9))).containsExactly(4.0);
        assertThat(next(deltas, number(2, 3, A, 2))).containsExactly(2.0);
        assertThat(next(deltas, number(2, 4, A, 4), number(3, 4, B, 7))).containsExactly(2.0, 7.0);
    }

    @Test
    @DisplayName("R11 O8 the table of official-check.md 3.4, the failed scrape as compat: strict tells it")
    void tableOf34() throws Exception {
        CounterDeltas deltas = deltas(InitialValue.AGENT);

        assertThat(next(deltas, number(1, 1, A, 58))).as("scrape 1").isEmpty();
        assertThat(next(deltas, number(1, 2, A, 60))).as("scrape 2").containsExactly(2.0);
        assertThat(next(deltas, number(1, 3, A, 60))).as("scrape 3").containsExactly(0.0);
        assertThat(next(deltas, number(3, 4, A, 3), number(3, 4, B, 5)))
                .as("scrape 4, restarted, and a new model")
                .containsExactly(3.0, 5.0);
        // 5 fails
        assertThat(next(deltas, number(3, 6, A, 10), number(6, 6, B, 9)))
                .as("scrape 6: existing series")
                .containsExactly(7.0, 4.0);
        assertThat(next(deltas, number(6, 6, Attributes.empty(), 4)))
                .as("scrape 6: first seen")
                .isEmpty();
        assertThat(next(deltas, number(3, 7, A, 11), number(6, 7, Attributes.empty(), 6)))
                .as("scrape 7")
                .containsExactly(1.0, 2.0);
    }

    @Test
    @DisplayName("R11 a fall in the scrape after a failed one, as compat: strict tells it, sends 0")
    void aFallThatStartsWithItsPointSendsZero() throws Exception {
        CounterDeltas deltas = deltas(InitialValue.AGENT);
        next(deltas, number(1, 1, A, 5));

        assertThat(next(deltas, number(3, 3, A, 2))).containsExactly(0.0);
        assertThat(next(deltas, number(3, 4, A, 6))).containsExactly(4.0);
    }

    @ParameterizedTest
    @DisplayName("R11 each rule by each first point")
    @CsvSource({
        // rule, start, time, what is sent of 7; the process began at 0
        "AGENT, 1, 2, 7", "AGENT, -5, 2, 7", "AGENT, 2, 2, -", "AGENT, 3, 2, -",
        "AUTO, 1, 2, 7", "AUTO, -5, 2, -", "AUTO, 2, 2, -", "AUTO, 3, 2, -",
        "KEEP, 1, 2, 7", "KEEP, -5, 2, 7", "KEEP, 2, 2, 7", "KEEP, 3, 2, 7",
        "DROP, 1, 2, -", "DROP, -5, 2, -", "DROP, 2, 2, -", "DROP, 3, 2, -",
    })
    void firstPoints(InitialValue rule, double start, double time, String sent) throws Exception {
        List<Double> values = next(deltas(rule), number(start, time, A, 7));

        assertThat(values.isEmpty() ? "-" : String.valueOf(values.get(0).intValue()))
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @DisplayName("R11 each rule when the value falls from 9 to 7")
    @CsvSource({
        "AGENT, 1, 7",
        "AGENT, 2, 7",
        "AGENT, 3, 0",
        "AUTO, 1, 7",
        "AUTO, -5, -",
        "AUTO, 3, -",
        "KEEP, 1, 7",
        "KEEP, 3, 7",
        "DROP, 1, -",
        "DROP, 3, -",
    })
    void falls(InitialValue rule, double start, String sent) throws Exception {
        CounterDeltas deltas = deltas(rule);
        next(deltas, number(1, 2, A, 9));

        List<Double> values = next(deltas, number(start, 3, A, 7));

        assertThat(values.isEmpty() ? "-" : String.valueOf(values.get(0).intValue()))
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @DisplayName("R11 each rule when the start time changes and the value rises from 9 to 12")
    @CsvSource({"AGENT, 3", "AUTO, 12", "KEEP, 12", "DROP, -"})
    void changedStartTimes(InitialValue rule, String sent) throws Exception {
        CounterDeltas deltas = deltas(rule);
        next(deltas, number(1, 2, A, 9));

        List<Double> values = next(deltas, number(2.5, 3, A, 12));

        assertThat(values.isEmpty() ? "-" : String.valueOf(values.get(0).intValue()))
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @EnumSource(InitialValue.class)
    @DisplayName("R11 every new label set of a batch is treated alike, not just the first (mapping-go #277)")
    void everyPointIsTreatedAlike(InitialValue rule) throws Exception {
        CounterDeltas deltas = deltas(rule);
        DoublePointData[] points = new DoublePointData[20];
        for (int i = 0; i < points.length; i++) {
            points[i] = number(1, 2, Batches.attributes("n", "" + i), 100 + i);
        }

        List<Double> values = next(deltas, points);

        if (rule == InitialValue.DROP) {
            assertThat(values).isEmpty();
        } else {
            assertThat(values).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void aStartThatIsNotKnownIsNoReasonToSendALifetimesTotal() throws Exception {
        assertThat(next(deltas(InitialValue.AGENT), startless(2, A, 1e9))).isEmpty();
    }

    @Test
    void aFallWithoutAStartSendsTheValueByTheAgentsRule() throws Exception {
        CounterDeltas deltas = deltas(InitialValue.AGENT);
        next(deltas, startless(1, A, 5));

        assertThat(next(deltas, startless(2, A, 2))).containsExactly(2.0);
    }
}
