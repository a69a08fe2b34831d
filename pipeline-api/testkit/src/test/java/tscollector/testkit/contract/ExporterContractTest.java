package tscollector.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.consumer.Consumers;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.Exporter;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;

/** Holds for an exporter that queues and drops at its end, and fails for each that breaks a promise. */
class ExporterContractTest implements ExporterContract {
    /** Keeps ten items and has no backend. */
    private static class Hoarding implements Exporter {
        private final BuildContext context;
        private final Consumers inputs;
        private long held;
        boolean closed;

        Hoarding(BuildContext context) {
            this.context = context;
            this.inputs = Consumers.of(Signal.METRICS, this::take);
        }

        @Override
        public Consumers inputs() {
            return inputs;
        }

        void take(MetricBatch batch) throws DeliveryException {
            if (closed || held + batch.itemCount() > 10) {
                throw DeliveryException.retryable(closed ? "closed" : "full");
            }
            held += batch.itemCount();
        }

        @Override
        public void shutdown(Deadline deadline) {
            closed = true;
            context.telemetry().dropped("shutdown", held);
            held = 0;
        }
    }

    @Override
    public Exporter create(BuildContext context) {
        return new Hoarding(context);
    }

    @Test
    void failsWhenItemsVanishAtTheEnd() {
        ExporterContract silent = context -> new Hoarding(context) {
            @Override
            public void shutdown(Deadline deadline) {
                closed = true;
            }
        };
        assertThatThrownBy(silent::accountsForWhatItAcceptedWhenTheBackendIsAway)
                .hasMessageContaining("sent 0 and dropped {}");
    }

    @Test
    void failsWhenItGoesOnAccepting() {
        ExporterContract loose = context -> new Exporter() {
            @Override
            public Consumers inputs() {
                return Consumers.of(Signal.METRICS, new CollectingConsumer<>());
            }
        };
        assertThatThrownBy(loose::offersTheSameInputAtEachCall).isInstanceOf(AssertionError.class);
        assertThatThrownBy(loose::acceptsNothingAfterShutdown).isInstanceOf(AssertionError.class);
        assertThatThrownBy(loose::accountsForWhatItAcceptedWhenTheBackendIsAway).isInstanceOf(AssertionError.class);
    }
}
