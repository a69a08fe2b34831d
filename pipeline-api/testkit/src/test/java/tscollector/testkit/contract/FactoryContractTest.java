package tscollector.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.processor.tidy.TidyConfig;
import tscollector.processor.tidy.TidyFactory;
import tscollector.signal.MetricSpec;
import tscollector.signal.Signal;

/** Holds for a tidy factory, and fails for each promise that is broken. */
class FactoryContractTest implements FactoryContract<TidyConfig> {
    /** Breaks what its settings can break; the comments name what is expected to be said. */
    record Untidy(
            @Setting(doc = "First of two.") String endpoint, // twice
            @Setting(inline = true) Section section, // and no defaults() needed: it is present
            @Setting(doc = "") int undocumented,
            @Setting(doc = "It opens the door.") String password,
            @Setting(doc = "Nobody can bind this.") Thread thread,
            @Setting(doc = "Keys are numbers here.") Map<Integer, String> numbers,
            @Setting(doc = "Each has no defaults.") List<Part> parts)
            implements Config {
        @Override
        public void validate(Problems problems) {
            problems.add("endpoint", "must be something else");
        }
    }

    record Section(@Setting(doc = "Second of two.") String endpoint) implements Config {}

    record Part(@Setting(doc = "A number of parts.") int count) implements Config {}

    private static final Untidy DEFAULTS =
            new Untidy("", new Section(""), 0, "", Thread.currentThread(), Map.of(), List.of());

    @Override
    public Factory<TidyConfig> factory() {
        return new TidyFactory();
    }

    @Test
    void namesEveryMistakeInSettings() {
        FactoryContract<Untidy> contract = contract(descriptor());

        assertThatThrownBy(contract::documentsEverySetting)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("endpoint stands twice in its section")
                .hasMessageContaining("undocumented needs a doc that is a sentence")
                .hasMessageContaining("password sounds secret")
                .hasMessageContaining("thread is of java.lang.Thread, which the binder does not know")
                .hasMessageContaining("numbers is a map whose keys are no text")
                .hasMessageContaining(
                        "parts[] is absent by default or an element: Part needs a static method defaults()");
    }

    @Test
    void failsForDefaultsThatAreWrongUnlessTheyMayLackThem() {
        FactoryContract<Untidy> strict = contract(descriptor());
        FactoryContract<Untidy> lenient = new FactoryContract<>() {
            @Override
            public Factory<Untidy> factory() {
                return strict.factory();
            }

            @Override
            public Set<String> lackingKeys() {
                return Set.of("endpoint");
            }
        };

        assertThatThrownBy(strict::hasDefaultsThatLackOnlyWhatIsRequired)
                .hasMessageContaining("must be something else");
        assertThatCode(lenient::hasDefaultsThatLackOnlyWhatIsRequired).doesNotThrowAnyException();
    }

    @Test
    void failsForEachOtherPromise() {
        MetricSpec spec = new MetricSpec("m", "1", MetricSpec.Kind.GAUGE, "", List.of(), "");

        assertThatThrownBy(contract(descriptor("Untidy", "no sentence"))::describesItsTypeCompletely)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(contract(descriptor("untidy", "no sentence"))::describesItsTypeCompletely)
                .hasMessageContaining("summary");
        assertThatThrownBy(contract(descriptor().withAliases("untidy"))::describesItsTypeCompletely)
                .hasMessageContaining("aliases");
        assertThatThrownBy(contract(descriptor().withMetrics(List.of(spec)))::describesItsMetrics)
                .hasMessageContaining("description of m");
        assertThatThrownBy(contract(descriptor().withExample("endpont: a"))::bindsItsExample)
                .hasMessageContaining("endpont");
        assertThatThrownBy(contract(descriptor())::isOfTheKindItSays).isInstanceOf(AssertionError.class);
        assertThatThrownBy(contract(descriptor())::isFoundByServiceLoader).hasMessageContaining("META-INF/services");
    }

    private static Descriptor<Untidy> descriptor() {
        return descriptor("untidy", "Breaks promises and is untidy.");
    }

    private static Descriptor<Untidy> descriptor(String type, String summary) {
        return Descriptor.of(Kind.EXPORTER, type, summary, Untidy.class, DEFAULTS);
    }

    /** The contract for a factory of processors with this description. */
    private static FactoryContract<Untidy> contract(Descriptor<Untidy> descriptor) {
        ProcessorFactory<Untidy> factory = new ProcessorFactory<>() {
            @Override
            public Descriptor<Untidy> descriptor() {
                return descriptor;
            }

            @Override
            public List<ProcessorBuilder<Untidy, ?>> builders() {
                return List.of(new ProcessorBuilder<>(Signal.METRICS, (context, config, next) -> next::consume));
            }
        };
        return () -> factory;
    }
}
