package tscollector.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import tscollector.component.Descriptor;
import tscollector.component.Factory;

class FactoriesTest {
    @Test
    void allAreFoundByTheServiceLoader() {
        assertThat(descriptors())
                .extracting(descriptor -> descriptor.kind().word() + " " + descriptor.type())
                .containsExactlyInAnyOrder(
                        "connector forward",
                        "processor attributes",
                        "processor batch",
                        "processor cumulativetodelta",
                        "processor filter",
                        "processor model_diff",
                        "processor resource",
                        "processor torchserve_naming");
    }

    @Test
    void allSayWhatTheyDo() {
        assertThat(descriptors())
                .allSatisfy(descriptor -> assertThat(descriptor.description())
                        .as(descriptor.type())
                        .isNotBlank());
    }

    private static List<Descriptor<?>> descriptors() {
        List<Descriptor<?>> descriptors = new ArrayList<>();
        for (Factory<?> factory : ServiceLoader.load(Factory.class)) {
            assertThat(factory.signals()).isNotEmpty();
            descriptors.add(factory.descriptor());
        }
        return descriptors;
    }
}
