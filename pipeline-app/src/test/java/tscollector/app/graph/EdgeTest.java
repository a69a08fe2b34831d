package tscollector.app.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tscollector.app.observe.ComponentStats;
import tscollector.app.observe.Stats;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.ManualScheduler;

class EdgeTest {
    private final ManualScheduler time = new ManualScheduler();
    private final Logger logger = (Logger) LoggerFactory.getLogger("edge-test");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ComponentStats stats =
            new Stats(time.clock()).of(Kind.PROCESSOR, ComponentId.parse("filter/a"), logger);
    private final MetricBatch batch =
            new Batches().gauge("g", 1).gauge("h", 2).gauge("i", 3).batch();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private Consumer<MetricBatch> edgeTo(Consumer<MetricBatch> next) {
        return new Edge<>(next, stats);
    }

    @Test
    void handsOnTheVeryBatchAndCountsItsItems() throws Exception {
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        edgeTo(next).consume(batch);

        assertThat(next.batches()).singleElement().isSameAs(batch);
        assertThat(stats.snapshot().accepted()).isEqualTo(3);
        assertThat(stats.snapshot().refused() + stats.snapshot().failed()).isZero();
    }

    @Test
    void countsWhatMayComeAgainApartFromWhatMayNot() {
        DeliveryException later = DeliveryException.retryable("full", null, Duration.ofSeconds(3));
        DeliveryException never = DeliveryException.permanent("too large");

        assertThatThrownBy(() -> edgeTo(refusing(later)).consume(batch)).isSameAs(later);
        assertThat(stats.snapshot().refused()).isEqualTo(3);
        assertThatThrownBy(() -> edgeTo(refusing(never)).consume(batch)).isSameAs(never);
        assertThat(stats.snapshot().failed()).isEqualTo(3);
        assertThat(stats.snapshot().accepted()).isZero();
        assertThat(log.list).isEmpty();
    }

    @Test
    void turnsADefectIntoARefusalThatNamesTheComponent() {
        IllegalStateException defect = new IllegalStateException("broken");
        DeliveryException refusal = catchThrowableOfType(
                DeliveryException.class,
                () -> edgeTo(any -> {
                            throw defect;
                        })
                        .consume(batch));

        assertThat(refusal)
                .hasMessage("processor filter/a met a defect: broken")
                .hasCause(defect);
        assertThat(refusal.isRetryable()).isFalse();
        assertThat(stats.snapshot().failed()).isEqualTo(3);
    }

    @Test
    void logsADefectOnceAMinuteWithThePlaceInTheCode() {
        Consumer<MetricBatch> edge = edgeTo(any -> {
            throw new IllegalStateException("broken");
        });
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> edge.consume(batch)).isInstanceOf(DeliveryException.class);
        }
        assertThat(log.list).hasSize(1);
        assertThat(log.list.get(0).getFormattedMessage())
                .contains("A batch was lost to a defect", "IllegalStateException: broken", "EdgeTest");

        time.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> edge.consume(batch)).isInstanceOf(DeliveryException.class);
        assertThat(log.list).hasSize(2);
        assertThat(log.list.get(1).getFormattedMessage()).endsWith("(4 more like this were left out)");
        assertThat(stats.snapshot().failed()).isEqualTo(18);
    }

    @Test
    void survivesADefectWithoutMessageAndWithoutStackTrace() {
        RuntimeException bare = new RuntimeException(null, null, false, false) {
            private static final long serialVersionUID = 1L;
        };

        assertThatThrownBy(() -> edgeTo(any -> {
                            throw bare;
                        })
                        .consume(batch))
                .isInstanceOf(DeliveryException.class);
        assertThat(log.list.get(0).getFormattedMessage()).endsWith("at=unknown");
    }

    @Test
    void letsAnErrorOfTheMachinePass() {
        Error error = new StackOverflowError();

        assertThatThrownBy(() -> edgeTo(any -> {
                            throw error;
                        })
                        .consume(batch))
                .isSameAs(error);
    }

    @Test
    void countsAsTakenWhatOneOfSeveralBranchesTook() {
        CollectingConsumer<MetricBatch> taking = CollectingConsumer.metrics();
        Consumer<MetricBatch> some = FanOut.to(List.of(refusing(DeliveryException.permanent("full for good")), taking));
        Consumer<MetricBatch> nested = FanOut.to(List.of(some, refusing(DeliveryException.retryable("full"))));

        assertThatThrownBy(() -> edgeTo(some).consume(batch)).hasMessage("full for good");
        assertThatThrownBy(() -> edgeTo(nested).consume(batch)).hasMessage("full for good");
        assertThat(stats.snapshot().accepted()).isEqualTo(6);
        assertThat(stats.snapshot().refused() + stats.snapshot().failed()).isZero();
    }

    @Test
    void countsAsRefusedWhatNoBranchTook() {
        DeliveryException first = DeliveryException.retryable("full");
        Consumer<MetricBatch> none = FanOut.to(List.of(refusing(first), refusing(DeliveryException.retryable("also"))));

        assertThatThrownBy(() -> edgeTo(none).consume(batch)).isSameAs(first);
        assertThat(first.isPartly()).isFalse();
        assertThat(stats.snapshot().refused()).isEqualTo(3);
    }

    @Test
    void triesEveryBranchAndThrowsTheFirstRefusalWithTheOthers() {
        DeliveryException first = DeliveryException.retryable("first");
        DeliveryException second = DeliveryException.permanent("second");
        CollectingConsumer<MetricBatch> between = CollectingConsumer.metrics();
        CollectingConsumer<MetricBatch> last = CollectingConsumer.metrics();
        Consumer<MetricBatch> all = FanOut.to(List.of(refusing(first), between, refusing(second), last));

        DeliveryException refusal = catchThrowableOfType(DeliveryException.class, () -> all.consume(batch));
        assertThat(refusal).hasMessage("first").hasCause(first);
        assertThat(refusal.isPartly() && refusal.isRetryable()).isTrue();
        assertThat(first.getSuppressed()).containsExactly(second);
        assertThat(between.batches()).containsExactly(batch);
        assertThat(last.batches()).containsExactly(batch);
    }

    @Test
    void takesTheSameRefusalFromTwoBranches() {
        DeliveryException same = DeliveryException.retryable("closed");
        Consumer<MetricBatch> all = FanOut.to(List.of(refusing(same), refusing(same)));

        assertThatThrownBy(() -> all.consume(batch))
                .isSameAs(same)
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
    }

    @Test
    void isTheBranchItselfWhereThereIsOne() {
        Consumer<MetricBatch> only = any -> {};

        assertThat(FanOut.to(List.of(only))).isSameAs(only);
    }

    private static Consumer<MetricBatch> refusing(DeliveryException refusal) {
        return any -> {
            throw refusal;
        };
    }
}
