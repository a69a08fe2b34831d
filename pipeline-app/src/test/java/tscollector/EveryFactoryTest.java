package tscollector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.testkit.contract.FactoryContract;

/** The contract of factories for all that ship, so that none can be forgotten. */
class EveryFactoryTest {
    /** What has no default that could be right, and is not required either, as another setting may stand for it. */
    private static final Map<String, Set<String>> LACKING = Map.of(
            "torchserve_openmetrics", Set.of("endpoint"),
            "torchserve_inference", Set.of("endpoint"),
            "torchserve_management", Set.of("endpoint"),
            "torchserve", Set.of("host"),
            "attributes", Set.of("actions"),
            "resource", Set.of("attributes"),
            "otlp_http", Set.of("endpoint"),
            "datadog", Set.of("api.key"));

    @Test
    void isFound() {
        assertThat(factories().count()).isGreaterThan(10);
    }

    @TestFactory
    Stream<DynamicContainer> keepsTheContract() {
        return factories()
                .map(factory ->
                        DynamicContainer.dynamicContainer(factory.descriptor().type(), tests(factory)));
    }

    private static <C extends Config> Stream<DynamicTest> tests(Factory<C> factory) {
        FactoryContract<C> contract = new FactoryContract<>() {
            @Override
            public Factory<C> factory() {
                return factory;
            }

            @Override
            public Set<String> lackingKeys() {
                return LACKING.getOrDefault(factory.descriptor().type(), Set.of());
            }
        };
        Map<String, Executable> promises = Map.of(
                "describes its type completely", contract::describesItsTypeCompletely,
                "is of the kind it says", contract::isOfTheKindItSays,
                "describes its metrics", contract::describesItsMetrics,
                "documents every setting", contract::documentsEverySetting,
                "binds its example", contract::bindsItsExample,
                "refuses an unknown key", contract::refusesAnUnknownKey,
                "is found by ServiceLoader", contract::isFoundByServiceLoader,
                "has defaults", contract::hasDefaultsThatLackOnlyWhatIsRequired);
        return promises.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), entry.getValue()));
    }

    private static Stream<Factory<? extends Config>> factories() {
        return StreamSupport.stream(ServiceLoader.load(Factory.class).spliterator(), false)
                .map(factory -> (Factory<? extends Config>) factory);
    }
}
