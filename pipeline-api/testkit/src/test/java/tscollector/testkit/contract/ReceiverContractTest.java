package tscollector.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.consumer.Consumers;
import tscollector.consumer.DeliveryException;
import tscollector.receiver.Receiver;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;
import tscollector.time.Scheduler.Cancellable;

/** Holds for a receiver that ticks, and fails for each that breaks a promise. */
class ReceiverContractTest implements ReceiverContract {
    /** Hands the same series over each minute. */
    private static class Ticking implements Receiver {
        final BuildContext context;
        private final Consumers next;
        private final MetricBatch batch = new Batches().gauge("a", 1).batch();
        private Cancellable timer = () -> {};

        Ticking(BuildContext context, Consumers next) {
            this.context = context;
            this.next = next;
        }

        @Override
        public void start(Host host) {
            timer = context.scheduler().schedule(Duration.ofMinutes(1), this::tick);
        }

        private void tick() {
            try {
                next.get(Signal.METRICS).consume(batch());
            } catch (DeliveryException e) {
                refused(batch.itemCount());
            }
            timer = context.scheduler().schedule(Duration.ofMinutes(1), this::tick);
        }

        MetricBatch batch() {
            return batch;
        }

        void refused(int items) {
            context.telemetry().dropped("refused", items);
        }

        @Override
        public void shutdown(Deadline deadline) {
            timer.cancel();
        }
    }

    @Override
    public Receiver create(BuildContext context, Consumers next) {
        return new Ticking(context, next);
    }

    @Override
    public void run(TestContext test) {
        test.scheduler().advance(Duration.ofMinutes(1));
    }

    @Test
    void failsWhenARefusedBatchIsNotCounted() {
        assertThatThrownBy(contract((context, next) -> new Ticking(context, next) {
                    @Override
                    void refused(int items) {}
                })::losesNothingInSilence)
                .hasMessageContaining("dropped of 1 points");
    }

    @Test
    void failsWhenEachRunHasAShapeOfItsOwn() {
        assertThatThrownBy(contract((context, next) -> new Ticking(context, next) {
                    @Override
                    MetricBatch batch() {
                        return new Batches().gauge("a", 1).batch();
                    }
                })::keepsTheIdentityLawFromRunToRun)
                .hasMessageContaining("shape of");
    }

    @Test
    void failsWhenItGoesOnAfterShutdown() {
        ReceiverContract endless = contract((context, next) -> new Ticking(context, next) {
            @Override
            public void shutdown(Deadline deadline) {}
        });
        assertThatThrownBy(endless::handsNothingOverAfterShutdown).isInstanceOf(AssertionError.class);
        assertThatThrownBy(endless::givesEverythingBackAtShutdown).hasMessageContaining("timers that wait");
    }

    private interface Maker {
        Receiver make(BuildContext context, Consumers next);
    }

    private static ReceiverContract contract(Maker maker) {
        return new ReceiverContract() {
            @Override
            public Receiver create(BuildContext context, Consumers next) {
                return maker.make(context, next);
            }

            @Override
            public void run(TestContext test) {
                test.scheduler().advance(Duration.ofMinutes(1));
            }
        };
    }
}
