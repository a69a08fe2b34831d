package tscollector.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;

class ConsumersTest {
    private final Consumer<MetricBatch> metrics = batch -> {};
    private final Consumer<LogBatch> logs = batch -> {};

    @Test
    void givesEachSignalItsOwnConsumer() {
        Consumers both = Consumers.of(Signal.METRICS, metrics).and(Signal.LOGS, logs);

        assertThat(both.get(Signal.METRICS)).isSameAs(metrics);
        assertThat(both.get(Signal.LOGS)).isSameAs(logs);
        assertThat(both.signals()).containsExactlyInAnyOrder(Signal.METRICS, Signal.LOGS);
    }

    @Test
    void hasNobodyForASignalThatNobodyWants() {
        assertThat(Consumers.none().signals()).isEmpty();
        assertThat(Consumers.none().get(Signal.LOGS)).isNull();
        assertThat(Consumers.of(Signal.METRICS, metrics).get(Signal.LOGS)).isNull();
    }

    @Test
    void doesNotChangeWhenOneIsAdded() {
        Consumers one = Consumers.of(Signal.METRICS, metrics);
        Consumers unused = one.and(Signal.LOGS, logs);

        assertThat(unused.signals()).hasSize(2);
        assertThat(one.signals()).containsExactly(Signal.METRICS);
        assertThat(Consumers.none().signals()).isEmpty();
        assertThatThrownBy(() -> one.signals().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void replacesTheConsumerOfASignal() {
        Consumer<MetricBatch> other = batch -> {};
        Consumers replaced = Consumers.of(Signal.METRICS, metrics).and(Signal.METRICS, other);

        assertThat(replaced.get(Signal.METRICS)).isSameAs(other);
        assertThat(replaced.signals()).hasSize(1);
    }

    @Test
    void knowsASignalByItselfAndNotByItsWord() {
        Signal<MetricBatch> namesake = new Signal<>("metrics", MetricBatch.class);

        assertThat(Consumers.of(Signal.METRICS, metrics).get(namesake)).isNull();
        assertThat(namesake).hasToString("metrics").isNotEqualTo(Signal.METRICS);
        assertThat(Signal.METRICS.batchType()).isEqualTo(MetricBatch.class);
        assertThat(Signal.LOGS.id()).isEqualTo("logs");
        assertThatNullPointerException()
                .isThrownBy(() -> new Signal<>(null, LogBatch.class))
                .withMessage("id");
        assertThatNullPointerException()
                .isThrownBy(() -> new Signal<LogBatch>("x", null))
                .withMessage("batchType");
    }

    @Test
    void saysWhetherAnotherTryMayHelp() {
        IOException cause = new IOException("refused");

        assertThat(DeliveryException.retryable("a").isRetryable()).isTrue();
        assertThat(DeliveryException.retryable("a", cause).isRetryable()).isTrue();
        assertThat(DeliveryException.permanent("a").isRetryable()).isFalse();
        assertThat(DeliveryException.permanent("a", cause).isRetryable()).isFalse();
        assertThat(DeliveryException.retryable("a", cause)).hasMessage("a").hasCause(cause);
        assertThat(DeliveryException.permanent("a", cause)).hasMessage("a").hasCause(cause);
    }

    @Test
    void passesOnHowLongTheBackendAskedToWait() {
        Duration wait = Duration.ofSeconds(7);

        assertThat(DeliveryException.retryable("a", null, wait).retryAfter()).isEqualTo(wait);
        assertThat(DeliveryException.retryable("a", null, wait).isRetryable()).isTrue();
        assertThat(DeliveryException.retryable("a").retryAfter()).isNull();
        assertThat(DeliveryException.retryable("a", new IOException()).retryAfter())
                .isNull();
        assertThat(DeliveryException.permanent("a").retryAfter()).isNull();
    }
}
