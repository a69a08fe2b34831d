package tscollector.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.processor.Processor;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;

/** Holds for a processor that passes all on, and fails for each that breaks a promise. */
class ProcessorContractTest implements ProcessorContract<MetricBatch> {
    @Override
    public Processor<MetricBatch> create(BuildContext context, Consumer<MetricBatch> next) {
        return next::consume;
    }

    @Override
    public MetricBatch batch() {
        return new Batches().gauge("a", 1, "k", "v").counter("b", 2).batch();
    }

    @Test
    void failsWhenARefusalIsSwallowed() {
        assertThatThrownBy(contract((context, next) -> batch -> {
                    try {
                        next.consume(batch);
                    } catch (DeliveryException swallowed) {
                        context.logger().debug("Refused.");
                    }
                })::passesARefusalUpAndTakesTheBatchAgain)
                .hasMessageContaining("what the one in front hears");
    }

    @Test
    void failsWhenItemsAreLostUncounted() {
        assertThatThrownBy(
                        contract((context, next) -> batch -> next.consume(firstMetricOf(batch, shapeOf(batch))))
                                ::accountsForEveryItem)
                .hasMessageContaining("passed on and dropped {}");
    }

    @Test
    void failsWhenShapesAreMadeAnew() {
        assertThatThrownBy(
                        contract((context, next) -> batch -> next.consume(firstMetricOf(batch, new Shape())))
                                ::keepsTheIdentityLaw)
                .hasMessageContaining("shape of");
    }

    @Test
    void failsWhenAttributesAreMadeAnewOrValuesDecide() {
        assertThatThrownBy(() -> IdentityLaw.check(List.of(batch()), List.of(batch())))
                .isInstanceOf(AssertionError.class);
        MetricGroup group = batch().groups().get(0);
        List<Metric> copied = new Batches(group.resource(), group.scope())
                .gauge("a", 1, "k", "v")
                .counter("b", 2)
                .group()
                .metrics();
        MetricGroup copy = MetricGroup.of(group.resource(), group.scope(), copied, group.shape());

        assertThatThrownBy(() -> IdentityLaw.check(
                        List.of(new MetricBatch(List.of(group))), List.of(new MetricBatch(List.of(copy)))))
                .hasMessageContaining("Attributes instance of a point of a");
        assertThatThrownBy(contract((context, next) -> batch -> {
                    Metric first = batch.groups().get(0).metrics().get(0);
                    boolean large = first.data().getPoints().toString().contains("value=1000001");
                    next.consume(large ? firstMetricOf(batch, shapeOf(batch)) : batch);
                })::keepsTheIdentityLaw)
                .hasMessageContaining("metrics of");
    }

    @Test
    void failsWhenTimersAreLeft() {
        ProcessorContract<MetricBatch> leaky = contract((context, next) -> new Processor<>() {
            @Override
            public void start(Host host) {
                context.scheduler().schedule(Duration.ofHours(1), () -> {});
            }

            @Override
            public void consume(MetricBatch batch) throws DeliveryException {
                next.consume(batch);
            }
        });
        assertThatThrownBy(leaky::givesEverythingBackAtShutdown).hasMessageContaining("timers that wait");
    }

    @Test
    void failsWhenShutdownWantsAStart() {
        ProcessorContract<MetricBatch> unsafe = contract((context, next) -> new Processor<>() {
            @Override
            public void consume(MetricBatch batch) {}

            @Override
            public void shutdown(Deadline deadline) {
                throw new IllegalStateException("not started");
            }
        });
        assertThatThrownBy(unsafe::shutsDownWithoutStartAndTwice).hasMessageContaining("not started");
    }

    private static Shape shapeOf(MetricBatch batch) {
        return batch.groups().get(0).shape();
    }

    private static MetricBatch firstMetricOf(MetricBatch batch, Shape shape) {
        MetricGroup group = batch.groups().get(0);
        return new MetricBatch(List.of(MetricGroup.of(
                group.resource(), group.scope(), List.of(group.metrics().get(0)), shape)));
    }

    private ProcessorContract<MetricBatch> contract(
            BiFunction<BuildContext, Consumer<MetricBatch>, Processor<MetricBatch>> maker) {
        return new ProcessorContract<>() {
            @Override
            public Processor<MetricBatch> create(BuildContext context, Consumer<MetricBatch> next) {
                return maker.apply(context, next);
            }

            @Override
            public MetricBatch batch() {
                return ProcessorContractTest.this.batch();
            }
        };
    }
}
