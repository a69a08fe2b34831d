package tscollector.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.component.Component;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.Exporter;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

/**
 * What an exporter of metrics promises about what it took over: once it is shut down, every accepted item was sent or counted as
 * dropped, and nothing is accepted any more. The backend's answers have suites of their own.
 *
 * <p>Exporters send on threads of the scheduler while the caller waits in {@code shutdown}: override {@link #context} with a
 * scheduler that has real threads.
 *
 * <pre>{@code
 * class OtlpHttpContractTest implements FactoryContract<OtlpHttpConfig>, ExporterContract {
 *     @Override
 *     public Exporter create(BuildContext context) throws Exception {
 *         return new OtlpHttpFactory().create(context, configFor(addressWithoutListener), Set.of(Signal.METRICS));
 *     }
 *
 *     @Override
 *     public BuildContext context(TestContext test) {
 *         return test.build(scheduler, scheduler.clock());
 *     }
 * }
 * }</pre>
 */
public interface ExporterContract extends ComponentContract {
    /** Enough to fill a small queue. */
    int BATCHES = 50;

    /** A new exporter whose backend does not answer, or, where there is no such thing, any exporter. */
    Exporter create(BuildContext context) throws Exception;

    @Override
    default Component create(TestContext test) throws Exception {
        return create(context(test));
    }

    /** Inputs are made once. */
    @Test
    default void offersTheSameInputAtEachCall() throws Exception {
        TestContext test = new TestContext("contract");
        Exporter exporter = create(context(test));

        assertThat(exporter.inputs().get(Signal.METRICS))
                .isNotNull()
                .isSameAs(exporter.inputs().get(Signal.METRICS));
        exporter.shutdown(ComponentContract.soon(context(test).clock()));
    }

    /** With a backend that is away: accepted = sent + dropped. */
    @Test
    default void accountsForWhatItAcceptedWhenTheBackendIsAway() throws Exception {
        TestContext test = new TestContext("contract");
        BuildContext context = context(test);
        Exporter exporter = create(context);
        exporter.start(test.host());
        Consumer<MetricBatch> input = input(exporter);

        long accepted = 0;
        for (int i = 0; i < BATCHES; i++) {
            MetricBatch batch =
                    new Batches().gauge("a", i, "k", "v").counter("b", i).batch();
            try {
                input.consume(batch);
                accepted += batch.itemCount();
            } catch (DeliveryException refused) {
                assertThat(refused.isRetryable())
                        .as("a full queue is retryable")
                        .isTrue();
            }
        }
        exporter.shutdown(ComponentContract.soon(context.clock()));

        long dropped = test.telemetry().dropped().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(accepted).as("accepted items").isPositive();
        assertThat(test.telemetry().sent() + dropped)
                .as(
                        "sent %d and dropped %s",
                        test.telemetry().sent(), test.telemetry().dropped())
                .isEqualTo(accepted);
    }

    /** Nobody would send it. */
    @Test
    default void acceptsNothingAfterShutdown() throws Exception {
        TestContext test = new TestContext("contract");
        Exporter exporter = create(context(test));
        exporter.start(test.host());
        Consumer<MetricBatch> input = input(exporter);
        exporter.shutdown(ComponentContract.soon(context(test).clock()));

        assertThatThrownBy(() -> input.consume(new Batches().gauge("a", 1).batch()))
                .isInstanceOf(DeliveryException.class);
    }

    private static Consumer<MetricBatch> input(Exporter exporter) {
        Consumer<MetricBatch> input = exporter.inputs().get(Signal.METRICS);
        if (input == null) {
            throw new AssertionError("the exporter takes no metrics; it was not asked to?");
        }
        return input;
    }
}
