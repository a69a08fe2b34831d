package tscollector.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.component.Component;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.processor.Processor;
import tscollector.signal.Batch;
import tscollector.signal.MetricBatch;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

/**
 * What a processor promises: what the next one refuses is refused to the one in front and may come again, no item is lost
 * without being counted, and metrics keep the identity law.
 *
 * <pre>{@code
 * class FilterMetricsContractTest implements FactoryContract<FilterConfig>, ProcessorContract<MetricBatch> {
 *     @Override
 *     public Factory<FilterConfig> factory() {
 *         return new FilterFactory();
 *     }
 *
 *     @Override
 *     public Processor<MetricBatch> create(BuildContext context, Consumer<MetricBatch> next) {
 *         return new FilterProcessor(context, config, next);
 *     }
 *
 *     @Override
 *     public MetricBatch batch() {
 *         return new Batches().gauge("kept", 3, "level", "Host").gauge("dropped", 4).batch();
 *     }
 * }
 * }</pre>
 *
 * @param <B> the batch class of the signal it is tested with
 */
public interface ProcessorContract<B extends Batch> extends ComponentContract {
    /** A new processor in front of {@code next}. */
    Processor<B> create(BuildContext context, Consumer<B> next) throws Exception;

    /** A new batch of which the processor passes at least one item on; several items, kinds and groups show more. */
    B batch();

    /** Whether its output is not its input less what it drops, because it makes something else of it or merges points. */
    default boolean makesOtherItems() {
        return false;
    }

    /** Whether a counter that is not a number passes as any other; what subtracts can only drop it. */
    default boolean passesCountersThatAreNoNumber() {
        return true;
    }

    @Override
    default Component create(TestContext test) throws Exception {
        return create(context(test), new CollectingConsumer<>());
    }

    /** The very refusal goes up, and the same batch is taken at the next try. */
    @Test
    default void passesARefusalUpAndTakesTheBatchAgain() throws Exception {
        DeliveryException retryable = DeliveryException.retryable("full", null, Duration.ofSeconds(7));
        DeliveryException permanent = DeliveryException.permanent("never");
        for (DeliveryException refusal : List.of(retryable, permanent)) {
            TestContext test = new TestContext("contract");
            CollectingConsumer<B> next = new CollectingConsumer<>();
            Processor<B> processor = create(context(test), next);
            processor.start(test.host());
            B batch = batch();
            next.refuseNext(refusal);

            DeliveryException seen = catchThrowableOfType(DeliveryException.class, () -> processor.consume(batch));

            assertThat(seen).as("what the one in front hears").isNotNull();
            assertThat(seen.isRetryable()).isEqualTo(refusal.isRetryable());
            assertThat(seen.retryAfter()).isEqualTo(refusal.retryAfter());
            assertThat(next.batches()).isEmpty();

            processor.consume(batch);
            assertThat(next.itemCount()).as("items at the next try").isPositive();
            processor.shutdown(ComponentContract.soon(context(test).clock()));
        }
    }

    /** What came in went out or was counted as dropped with a reason. */
    @Test
    default void accountsForEveryItem() throws Exception {
        TestContext test = new TestContext("contract");
        CollectingConsumer<B> next = new CollectingConsumer<>();
        Processor<B> processor = create(context(test), next);
        processor.start(test.host());
        B batch = batch();

        processor.consume(batch);
        processor.shutdown(ComponentContract.soon(context(test).clock()));

        assertThat(next.itemCount()).as("items passed on").isPositive();
        if (!makesOtherItems()) {
            long dropped = test.telemetry().dropped().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(next.itemCount() + dropped)
                    .as("passed on and dropped %s", test.telemetry().dropped())
                    .isEqualTo(batch.itemCount());
        }
    }

    /** Other values of the same series give the same shapes; the first batch of a shape may have one of its own. */
    @Test
    default void keepsTheIdentityLaw() throws Exception {
        if (!(batch() instanceof MetricBatch)) {
            return; // a law about metrics
        }
        TestContext test = new TestContext("contract");
        CollectingConsumer<B> next = new CollectingConsumer<>();
        Processor<B> processor = create(context(test), next);
        processor.start(test.host());
        B first = batch();
        processor.consume(first);

        List<MetricBatch> before = outputOf(withOtherValues(first, 1, 1), processor, next);
        List<MetricBatch> after = outputOf(withOtherValues(first, 2, 1_000_000), processor, next);
        List<MetricBatch> notANumber = outputOf(withOtherValues(first, 3, Double.NaN), processor, next);

        IdentityLaw.check(before, after);
        if (passesCountersThatAreNoNumber()) {
            IdentityLaw.check(before, notANumber);
        }
        processor.shutdown(ComponentContract.soon(context(test).clock()));
    }

    @SuppressWarnings("unchecked") // B is MetricBatch where this is called
    private B withOtherValues(B batch, int later, double addend) {
        return (B) OtherValues.of((MetricBatch) batch, later, addend);
    }

    private List<MetricBatch> outputOf(B batch, Processor<B> processor, CollectingConsumer<B> next)
            throws DeliveryException {
        next.clear();
        processor.consume(batch);
        return next.batches().stream().map(MetricBatch.class::cast).toList();
    }
}
