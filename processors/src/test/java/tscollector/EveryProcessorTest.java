package tscollector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.Consumer;
import tscollector.processor.Processor;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.signal.Batch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.contract.ProcessorContract;

/** The contract of processors for all that ship and all their signals, with the settings of their examples. */
class EveryProcessorTest {
    /** Instead of the example, where that needs something else to be there. */
    private static final Map<String, String> SETTINGS = Map.of("model_diff", "{}", "cumulativetodelta", "{}");

    @Test
    void isFound() {
        assertThat(factories().count()).isGreaterThan(4);
    }

    @TestFactory
    Stream<DynamicContainer> keepsTheContract() {
        return factories().flatMap(EveryProcessorTest::containers);
    }

    private static <C extends Config> Stream<DynamicContainer> containers(ProcessorFactory<C> factory) {
        return factory.builders().stream()
                .map(builder -> DynamicContainer.dynamicContainer(
                        factory.descriptor().type() + " of " + builder.signal(),
                        tests(new Contract<>(factory.descriptor().type(), builder, config(factory)))));
    }

    private static Stream<DynamicTest> tests(ProcessorContract<?> contract) {
        Map<String, Executable> promises = Map.of(
                "shuts down without start and twice", contract::shutsDownWithoutStartAndTwice,
                "gives everything back at shutdown", contract::givesEverythingBackAtShutdown,
                "passes a refusal up and takes the batch again", contract::passesARefusalUpAndTakesTheBatchAgain,
                "accounts for every item", contract::accountsForEveryItem,
                "keeps the identity law", contract::keepsTheIdentityLaw);
        return promises.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), entry.getValue()));
    }

    private static <C extends Config> C config(ProcessorFactory<C> factory) {
        Problems problems = new Problems();
        String example = factory.descriptor().example();
        C config = ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow()
                .bind(SETTINGS.getOrDefault(factory.descriptor().type(), example), factory.descriptor(), problems);
        assertThat(problems.all()).isEmpty();
        return config;
    }

    private static Stream<ProcessorFactory<? extends Config>> factories() {
        return StreamSupport.stream(ServiceLoader.load(Factory.class).spliterator(), false)
                .filter(ProcessorFactory.class::isInstance)
                .map(factory -> (ProcessorFactory<? extends Config>) factory);
    }

    /** The contract for one type and signal. */
    private record Contract<C extends Config, B extends Batch>(String type, ProcessorBuilder<C, B> builder, C config)
            implements ProcessorContract<B> {
        @Override
        public boolean passesCountersThatAreNoNumber() {
            return !type.equals("cumulativetodelta");
        }

        @Override
        public Processor<B> create(BuildContext context, Consumer<B> next) {
            return builder.build().create(context, config, next);
        }

        /** Something for each processor: listed and unlisted names, official ones, health. */
        @Override
        public B batch() {
            Batch batch = builder.signal() == (Signal<?>) Signal.LOGS
                    ? Batches.event("torchserve.model.added", "A model was added.", "torchserve.model.name", "a")
                    : new Batches()
                            .gauge("QueueTime", 3, "Level", "Host", "DeviceId", "0")
                            .gauge("up", 1)
                            .counter("ts_inference_requests_total", 7, "model_name", "a", "worker_name", "W-9000-a")
                            .gauge("torchserve.models", 2)
                            .gauge("nobody_knows_this", 4)
                            .batch();
            return builder.signal().batchType().cast(batch);
        }
    }
}
