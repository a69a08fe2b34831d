package tscollector.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.kit.delta.Scrapes.A;
import static tscollector.kit.delta.Scrapes.B;
import static tscollector.kit.delta.Scrapes.number;
import static tscollector.kit.delta.Scrapes.values;

import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.component.Kind;
import tscollector.kit.delta.DeltaRules.InitialValue;
import tscollector.signal.MetricBatch;
import tscollector.testkit.MemoryStorage;
import tscollector.testkit.TestContext;

/** Deltas that were taken, waited, and were not delivered when the process stopped: its next life sends them. */
class TakenBackDeltasTest {
    private final TestContext test = new TestContext("datadog");
    private final MemoryStorage storage = new MemoryStorage();

    @Test
    void theNextLifeSendsWhatWasTakenBackAndNothingTwice() throws Exception {
        CounterDeltas first = life();
        first.convert(counters(1, 100, 10));
        MetricBatch delivered = first.convert(counters(15, 130, 15));
        MetricBatch lostA = first.convert(counters(30, 150, 16));
        MetricBatch lostB = first.convert(counters(45, 157, 16));
        assertThat(values(delivered)).containsExactly(30.0, 5.0);

        assertThat(first.takeBack(lostA, 0)).isEqualTo(2);
        assertThat(first.takeBack(lostB, 0)).isEqualTo(2);
        end(first);

        assertThat(values(life().convert(counters(90, 160, 20))))
                .as("150 - 130, 157 - 150 and 160 - 157; 16 - 15 and 20 - 16")
                .containsExactly(30.0, 5.0);
        assertThat(test.telemetry().count("deltas kept for the next batch")).isEqualTo(4);
    }

    @Test
    void aSeriesThatWasNewWithAllItsValueIsNewAgain() throws Exception {
        CounterDeltas first = life();
        MetricBatch whole =
                first.convert(new Scrapes().counter("c", number(1, 15, A, 40)).batch());
        assertThat(values(whole)).containsExactly(40.0);

        first.takeBack(whole, 0);
        end(first);

        assertThat(values(life().convert(
                                new Scrapes().counter("c", number(1, 90, A, 55)).batch())))
                .containsExactly(55.0);
    }

    @Test
    void aFallBetweenIsAddedUp() throws Exception {
        CounterDeltas first = life();
        first.convert(new Scrapes().counter("c", number(1, 1, A, 100)).batch());
        MetricBatch before =
                first.convert(new Scrapes().counter("c", number(1, 15, A, 130)).batch());
        MetricBatch after =
                first.convert(new Scrapes().counter("c", number(16, 30, A, 4)).batch());

        first.takeBack(before, 0);
        first.takeBack(after, 0);
        end(first);

        assertThat(values(life().convert(
                                new Scrapes().counter("c", number(16, 90, A, 6)).batch())))
                .as("30, 4 and 2")
                .containsExactly(36.0);
    }

    @Test
    void whatIsOwedComesAlsoWhenTheServerBeganAgainBetweenTheLives() throws Exception {
        CounterDeltas first = life();
        first.convert(counters(1, 100, 10));
        MetricBatch lost = first.convert(counters(15, 130, 15));
        first.takeBack(lost, 0);
        end(first);

        MetricBatch next = life().convert(new Scrapes()
                .counter("c", number(90, 90, A, 3), number(80, 90, B, 2))
                .batch());

        assertThat(values(next))
                .as("30 and nothing of a series that does not say when it began; 5 and 2")
                .containsExactly(30.0, 7.0);
    }

    @Test
    void anExponentialHistogramIsNotTakenBackSinceWhatItIsOwedIsNotStored() throws Exception {
        CounterDeltas first = life();
        first.convert(new Scrapes()
                .exponential("h", Scrapes.exponential(1, 1, 0, 5, 0, 0, 5))
                .batch());
        MetricBatch lost = first.convert(new Scrapes()
                .exponential("h", Scrapes.exponential(1, 15, 0, 8, 0, 0, 8))
                .batch());

        assertThat(lost).isNotNull();
        assertThat(first.takeBack(lost, 0)).isZero();
    }

    @Test
    void histogramsAreTakenBackToo() throws Exception {
        CounterDeltas first = life();
        first.convert(new Scrapes()
                .histogram("h", Scrapes.histogram(1, 1, 5, List.of(1.0), 5, 5))
                .batch());
        MetricBatch lost = first.convert(new Scrapes()
                .histogram("h", Scrapes.histogram(1, 15, 9, List.of(1.0), 7, 6))
                .batch());

        assertThat(first.takeBack(lost, 0)).isEqualTo(1);
        end(first);

        MetricBatch next = life().convert(new Scrapes()
                .histogram("h", Scrapes.histogram(1, 90, 10, List.of(1.0), 7, 7))
                .batch());
        HistogramPointData point = next.groups()
                                .get(0)
                                .metrics()
                                .get(0)
                                .data()
                                .getPoints()
                                .iterator()
                                .next()
                        instanceof HistogramPointData histogram
                ? histogram
                : null;
        assertThat(point).isNotNull();
        assertThat(point.getCounts()).containsExactly(2L, 2L);
        assertThat(point.getSum()).isEqualTo(5.0);
    }

    @Test
    void afterTheEndNothingIsTakenBackSinceNobodyWouldStoreIt() throws Exception {
        CounterDeltas first = life();
        first.convert(counters(1, 100, 10));
        MetricBatch late = first.convert(counters(15, 130, 15));
        end(first);

        assertThat(first.takeBack(late, 0)).isZero();
        assertThat(test.telemetry().counts()).doesNotContainKey("deltas kept for the next batch");
    }

    @Test
    void whatDidNotComeFromHereIsPassedOver() throws Exception {
        CounterDeltas first = life();
        first.convert(counters(1, 100, 10));
        MetricBatch strange = new CounterDeltas(test.build(), DeltaRules.of(InitialValue.KEEP))
                .convert(new Scrapes().counter("other", number(1, 15, A, 40)).batch());

        assertThat(first.takeBack(strange, 0)).isZero();
        assertThat(first.takeBack(counters(15, 130, 15), 0)).as("no deltas").isZero();
    }

    @Test
    void whatSomebodyElseCountsAsTooOldIsPassedOver() throws Exception {
        CounterDeltas first = life();
        first.convert(counters(1, 100, 10));
        MetricBatch old = first.convert(counters(15, 130, 15));
        MetricBatch young = first.convert(counters(30, 150, 16));

        assertThat(first.takeBack(old, Scrapes.at(30))).isZero();
        assertThat(first.takeBack(young, Scrapes.at(30))).isEqualTo(2);
        end(first);

        assertThat(values(life().convert(counters(90, 150, 16)))).containsExactly(20.0, 1.0);
    }

    @Test
    void aSeriesThatWasForgottenMeanwhileIsOwedNothing() throws Exception {
        CounterDeltas first = new CounterDeltas(
                test.build(), DeltaRules.of(InitialValue.AGENT).withTtl(Duration.ofMinutes(10)));
        first.start(storage.open(Kind.EXPORTER, test.build().id(), "counters"));
        first.convert(counters(1, 100, 10));
        MetricBatch waiting = first.convert(counters(15, 130, 15));
        MetricBatch alike = first.convert(counters(30, 150, 16));
        assertThat(first.takeBack(waiting, 0)).isEqualTo(2);

        test.scheduler().advance(Duration.ofMinutes(11));

        assertThat(first.size()).isZero();
        assertThat(first.takeBack(alike, 0))
                .as("found before, by the same shape")
                .isZero();
    }

    private static MetricBatch counters(double time, double a, double b) {
        return new Scrapes()
                .counter("c", number(1, time, A, a), number(1, time, B, b))
                .batch();
    }

    private CounterDeltas life() throws Exception {
        CounterDeltas deltas = new CounterDeltas(test.build(), DeltaRules.of(InitialValue.AGENT));
        deltas.start(storage.open(Kind.EXPORTER, test.build().id(), "counters"));
        return deltas;
    }

    private void end(CounterDeltas deltas) {
        deltas.shutdown(Deadline.in(Duration.ofSeconds(2), test.build().clock()));
    }
}
