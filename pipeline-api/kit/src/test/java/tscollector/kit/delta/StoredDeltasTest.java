package tscollector.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.kit.delta.Scrapes.A;
import static tscollector.kit.delta.Scrapes.B;
import static tscollector.kit.delta.Scrapes.number;
import static tscollector.kit.delta.Scrapes.values;

import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tscollector.component.Deadline;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.extension.Store;
import tscollector.kit.delta.DeltaRules.InitialValue;
import tscollector.testkit.MemoryStorage;
import tscollector.testkit.TestContext;

/** What is remembered outlives the process. */
class StoredDeltasTest {
    private final TestContext test = new TestContext("cumulativetodelta");
    private final MemoryStorage storage = new MemoryStorage();

    private Store store() {
        return storage.open(Kind.PROCESSOR, test.build().id(), "");
    }

    private CounterDeltas life(DeltaRules rules) throws Exception {
        CounterDeltas deltas = new CounterDeltas(test.build(), rules);
        deltas.start(store());
        return deltas;
    }

    private void end(CounterDeltas deltas) {
        deltas.shutdown(Deadline.in(Duration.ofSeconds(2), test.build().clock()));
    }

    private static CounterDeltas fed(CounterDeltas deltas) {
        deltas.convert(new Scrapes()
                .counter("c", number(1, 1, A, 5), number(1, 1, B, 50))
                .histogram("h", Scrapes.histogram(1, 1, 5, List.of(1.0), 5, 5))
                .exponential("e", Scrapes.exponential(1, 1, 2, 5, 1, 3, 4))
                .batch());
        return deltas;
    }

    @ParameterizedTest
    @EnumSource(InitialValue.class)
    void theGapOverARestartIsFilledWhateverTheRule(InitialValue rule) throws Exception {
        end(fed(life(DeltaRules.of(rule))));
        test.scheduler().advance(Duration.ofSeconds(60));

        CounterDeltas second = life(DeltaRules.of(rule));

        assertThat(second.size()).isEqualTo(4);
        assertThat(values(second.convert(new Scrapes()
                        .counter("c", number(70, 70, A, 9), number(70, 70, B, 50))
                        .batch())))
                .containsExactly(4.0, 0.0);
        assertThat(values(second.convert(new Scrapes()
                        .counter("c", number(70, 85, A, 10), number(70, 85, B, 51))
                        .batch())))
                .containsExactly(1.0, 1.0);
    }

    @Test
    void histogramsGoOnToo() throws Exception {
        end(fed(life(DeltaRules.of(InitialValue.AGENT))));

        CounterDeltas second = life(DeltaRules.of(InitialValue.AGENT));

        HistogramPointData delta = (HistogramPointData) Scrapes.points(second.convert(new Scrapes()
                        .histogram("h", Scrapes.histogram(70, 70, 7, List.of(1.0), 6, 7))
                        .batch()))
                .get(0);
        assertThat(delta.getCounts()).containsExactly(1L, 2L);
        assertThat(delta.getSum()).isEqualTo(2);
        assertThat(Scrapes.points(second.convert(new Scrapes()
                        .exponential("e", Scrapes.exponential(70, 70, 2, 7, 1, 3, 5))
                        .batch())))
                .hasSize(1);
    }

    @Test
    void aServerThatBeganAgainMeanwhileIsWhole() throws Exception {
        end(fed(life(DeltaRules.of(InitialValue.AUTO))));
        test.scheduler().advance(Duration.ofSeconds(60));

        CounterDeltas second = life(DeltaRules.of(InitialValue.AUTO));

        assertThat(values(second.convert(
                        new Scrapes().counter("c", number(30, 70, A, 900)).batch())))
                .as("it began after what was sent last, though before this process")
                .containsExactly(900.0);
    }

    @Test
    void aKillLosesAtMostTenSeconds() throws Exception {
        CounterDeltas first = fed(life(DeltaRules.of(InitialValue.AGENT)));
        test.scheduler().advance(Duration.ofSeconds(10));
        first.convert(new Scrapes().counter("c", number(1, 11, A, 6)).batch());

        CounterDeltas second = life(DeltaRules.of(InitialValue.AGENT));

        assertThat(values(second.convert(
                        new Scrapes().counter("c", number(70, 70, A, 9)).batch())))
                .containsExactly(4.0);
    }

    @Test
    void nothingIsWrittenWhileNothingChanges() throws Exception {
        CounterDeltas deltas = fed(life(DeltaRules.of(InitialValue.AGENT)));
        test.scheduler().advance(Duration.ofSeconds(10));
        byte[] written = store().get("series");

        test.scheduler().advance(Duration.ofMinutes(5));

        assertThat(store().get("series")).isEqualTo(written);
        end(deltas);
    }

    @Test
    void whatIsTooOldIsNotTakenBack() throws Exception {
        end(fed(life(DeltaRules.of(InitialValue.AGENT))));
        test.scheduler().advance(Duration.ofHours(26));

        assertThat(life(DeltaRules.of(InitialValue.AGENT)).size()).isZero();
    }

    @Test
    void aStoreThatFailsIsTriedAgain() throws Exception {
        CounterDeltas deltas = fed(life(DeltaRules.of(InitialValue.AGENT)));
        storage.failWith(new IOException("no space left"));
        test.scheduler().advance(Duration.ofSeconds(10));
        assertThat(test.telemetry().count("state not stored")).isEqualTo(1);
        assertThat(test.telemetry().warnings()).hasSize(1).first().asString().contains("no space left");

        storage.failWith(null);
        test.scheduler().advance(Duration.ofSeconds(10));

        assertThat(store().get("series")).isNotNull();
        assertThat(test.telemetry().count("state not stored")).isEqualTo(1);
        end(deltas);
    }

    @Test
    void aDamagedStateIsWarnedAboutAndEverythingIsNew() throws Exception {
        end(fed(life(DeltaRules.of(InitialValue.AGENT))));
        byte[] whole = store().get("series");
        assertThat(whole).isNotNull();
        store().update(Map.of("series", Arrays.copyOf(whole, whole.length - 1)));

        CounterDeltas second = life(DeltaRules.of(InitialValue.AGENT));

        assertThat(second.size()).isZero();
        assertThat(test.telemetry().count("state not readable")).isEqualTo(1);
        assertThat(test.telemetry().warnings()).hasSize(1);
        assertThat(second.convert(
                        new Scrapes().counter("c", number(70, 70, A, 9)).batch()))
                .isNull();
    }

    @Test
    void countersBelowZeroAreStoredAsTheyAre() throws Exception {
        CounterDeltas first = life(DeltaRules.of(InitialValue.AGENT));
        first.convert(new Scrapes()
                .counter("c", number(1, 1, A, -5))
                .counter("n", LongPointData.create(Scrapes.at(1), Scrapes.at(1), A, -7))
                .batch());
        end(first);

        CounterDeltas second = life(DeltaRules.of(InitialValue.AGENT));

        assertThat(test.telemetry().count("state not readable")).isZero();
        assertThat(values(second.convert(new Scrapes()
                        .counter("c", number(70, 70, A, -2))
                        .counter("n", LongPointData.create(Scrapes.at(70), Scrapes.at(70), A, -6))
                        .batch())))
                .containsExactly(3.0, 1.0);
    }

    @Test
    void aProcessorOfTwoPipelinesKeepsTheSeriesOfBoth() throws Exception {
        DeltaRules rules = DeltaRules.of(InitialValue.AGENT);
        CounterDeltas one = life(rules);
        CounterDeltas other = life(rules);
        one.convert(new Scrapes().counter("c", number(1, 1, A, 5)).batch());
        other.convert(new Scrapes().counter("c", number(1, 1, B, 5)).batch());
        end(one);
        end(other);

        one = life(rules);
        other = life(rules);
        one.convert(new Scrapes().counter("c", number(70, 70, A, 6)).batch());
        other.convert(new Scrapes().counter("c", number(70, 70, B, 7)).batch());
        end(other);
        end(one);

        assertThat(values(life(rules)
                        .convert(new Scrapes()
                                .counter("c", number(90, 90, A, 6), number(90, 90, B, 7))
                                .batch())))
                .as("neither life wrote back what it had only read")
                .containsExactly(0.0, 0.0);
    }

    @Test
    void aStoreThatCannotBeReadKeepsTheProcessFromStarting() {
        CounterDeltas deltas = new CounterDeltas(test.build(), DeltaRules.of(InitialValue.AGENT));

        assertThatThrownBy(() -> deltas.start(new Unreadable()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("gone");
        end(deltas);
    }

    @Test
    void afterTheEndNoTimerIsLeftAndNothingIsWritten() throws Exception {
        CounterDeltas deltas = fed(life(DeltaRules.of(InitialValue.AGENT)));
        end(deltas);
        end(deltas);
        byte[] written = store().get("series");

        deltas.convert(new Scrapes().counter("c", number(1, 11, A, 6)).batch());
        test.scheduler().advance(Duration.ofMinutes(1));

        assertThat(test.scheduler().timerCount()).isZero();
        assertThat(store().get("series")).isEqualTo(written);
    }

    private static final class Unreadable implements Store {
        @Override
        public byte @Nullable [] get(String key) throws IOException {
            throw new IOException("the disk is gone");
        }

        @Override
        public SortedSet<String> keys() throws IOException {
            throw new IOException("the disk is gone");
        }

        @Override
        public void update(Map<String, byte @Nullable []> changes) {}
    }
}
