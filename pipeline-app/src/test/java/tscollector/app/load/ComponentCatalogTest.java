package tscollector.app.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tscollector.component.ComponentId;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.component.Kind;
import tscollector.signal.Signal;

class ComponentCatalogTest {
    private static final Descriptor<SampleComponents.Nothing> EXPORTER =
            Descriptor.of(Kind.EXPORTER, "x", "X.", SampleComponents.Nothing.class, new SampleComponents.Nothing());

    @Test
    void findsATypeByEachOfItsNames() {
        ComponentCatalog catalog = SampleComponents.catalog();

        assertThat(catalog.find(Kind.EXPORTER, "otlphttp")).isEqualTo(catalog.find(Kind.EXPORTER, "otlp_http"));
        assertThat(catalog.find(Kind.RECEIVER, "otlp_http")).isEmpty();
        assertThat(catalog.types(Kind.EXPORTER)).containsExactly("debug", "otlp_grpc", "otlp_http");
        assertThat(catalog.canonical(Kind.EXPORTER, ComponentId.parse("otlp/a")))
                .hasToString("otlp_grpc/a");
        assertThat(catalog.canonical(Kind.EXPORTER, ComponentId.parse("unknown/a")))
                .hasToString("unknown/a");
        assertThat(catalog.signals().keySet()).containsExactly("logs", "metrics");
    }

    @Test
    void refusesTwoFactoriesOfOneKindAndName() {
        Factory<?> one = new SampleComponents.ExporterType<>(EXPORTER.withAliases("y"), Set.of(Signal.METRICS));
        Descriptor<SampleComponents.Nothing> y =
                Descriptor.of(Kind.EXPORTER, "y", "Y.", SampleComponents.Nothing.class, new SampleComponents.Nothing());
        Factory<?> other = new SampleComponents.ExporterType<>(y, Set.of(Signal.METRICS));

        assertThatIllegalStateException()
                .isThrownBy(() -> ComponentCatalog.of(List.of(one, other)))
                .withMessageContaining("two factories make the exporter y");
    }

    @Test
    void refusesAFactoryOfNoKindOrOfAnother() {
        Factory<SampleComponents.Nothing> none = new Factory<>() {
            @Override
            public Descriptor<SampleComponents.Nothing> descriptor() {
                return EXPORTER;
            }

            @Override
            public Set<Signal<?>> signals() {
                return Set.of();
            }
        };
        Factory<?> other = new SampleComponents.ReceiverType<>(EXPORTER, Set.of(Signal.METRICS));

        assertThatIllegalStateException()
                .isThrownBy(() -> ComponentCatalog.of(List.of(none, other)))
                .withMessageContaining("says it makes the exporter x and is of no kind")
                .withMessageContaining("says it makes the exporter x and is a factory of receivers");
    }
}
