package tscollector.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.config.Config;
import tscollector.signal.MetricSpec;

class DescriptorTest {
    record Nothing() implements Config {}

    private static final MetricSpec SPEC =
            new MetricSpec("up", "1", MetricSpec.Kind.GAUGE, "Whether it answers.", List.of(), "GET /ping");

    private final Descriptor<Nothing> plain =
            Descriptor.of(Kind.EXPORTER, "otlp_http", "Sends OTLP.", Nothing.class, new Nothing());

    @Test
    void beginsEmptyAndBeta() {
        assertThat(plain.stability()).isEqualTo(Stability.BETA);
        assertThat(plain.aliases()).isEmpty();
        assertThat(plain.metrics()).isEmpty();
        assertThat(plain.description()).isEmpty();
        assertThat(plain.example()).isEqualTo("{}");
        assertThat(plain.names()).containsExactly("otlp_http");
    }

    @Test
    void keepsAllElseWhenOneThingIsSaid() {
        Descriptor<Nothing> full = plain.withAliases("otlphttp", "http_otlp")
                .withDescription("More.")
                .withStability(Stability.ALPHA)
                .withMetrics(List.of(SPEC))
                .withExample("endpoint: x");

        assertThat(full)
                .isEqualTo(new Descriptor<>(
                        Kind.EXPORTER,
                        "otlp_http",
                        List.of("otlphttp", "http_otlp"),
                        "Sends OTLP.",
                        "More.",
                        Stability.ALPHA,
                        Nothing.class,
                        new Nothing(),
                        List.of(SPEC),
                        "endpoint: x"));
        assertThat(full.withAliases("a").withDescription("b").withMetrics(List.of()))
                .isEqualTo(full.withMetrics(List.of()).withDescription("b").withAliases("a"));
        assertThat(plain.aliases()).isEmpty();
    }

    @Test
    void sortsItsNamesSoThatOutputsAreTheSameEachTime() {
        assertThat(plain.withAliases("z", "a").names()).containsExactly("a", "otlp_http", "z");
    }

    @Test
    void doesNotChangeWithTheListsItWasGiven() {
        List<MetricSpec> specs = new ArrayList<>(List.of(SPEC));
        Descriptor<Nothing> described = plain.withMetrics(specs);
        specs.clear();

        assertThat(described.metrics()).containsExactly(SPEC);
        assertThatThrownBy(() -> described.metrics().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> described.aliases().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVER, receivers, receiver",
        "PROCESSOR, processors, processor",
        "EXPORTER, exporters, exporter",
        "CONNECTOR, connectors, connector",
        "EXTENSION, extensions, extension"
    })
    void namesTheSectionAndTheWordOfAKind(Kind kind, String section, String word) {
        assertThat(kind.section()).isEqualTo(section);
        assertThat(kind.word()).isEqualTo(word);
    }

    @Test
    void ranksStatusesFromGoodToBad() {
        assertThat(Status.ok()).isEqualTo(new Status(Status.Level.OK, ""));
        assertThat(Status.recoverable("r").level())
                .isGreaterThan(Status.ok().level())
                .isLessThan(Status.permanent("p").level());
        assertThat(Status.recoverable("r").message()).isEqualTo("r");
        assertThat(Status.permanent("p").message()).isEqualTo("p");
    }

    @Test
    void keepsTheCauseOfAFailedStartAsItsCause() {
        IllegalStateException cause = new IllegalStateException("port taken");

        assertThat(new StartException("cannot listen", cause))
                .hasMessage("cannot listen")
                .hasCause(cause);
    }
}
