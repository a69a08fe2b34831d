package tscollector.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Problems.Problem;
import tscollector.connector.ConnectorFactory;
import tscollector.exporter.ExporterFactory;
import tscollector.extension.ExtensionFactory;
import tscollector.processor.ProcessorFactory;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.MetricSpec;

/**
 * What a factory promises: it describes its type completely, every setting is documented, the defaults are good, the example
 * works, a mistake is seen, and ServiceLoader finds it.
 *
 * <pre>{@code
 * class FilterContractTest implements FactoryContract<FilterConfig> {
 *     @Override
 *     public Factory<FilterConfig> factory() {
 *         return new FilterFactory();
 *     }
 * }
 * }</pre>
 *
 * @param <C> the record with the settings
 */
public interface FactoryContract<C extends Config> {
    /** The factory; a new or the same one. */
    Factory<C> factory();

    /**
     * YAML keys that the defaults may lack, beside those whose {@code @Setting} says required: for settings of which one of
     * several is required.
     */
    default Set<String> lackingKeys() {
        return Set.of();
    }

    /** The type and its words are good enough for the reference page. */
    @Test
    default void describesItsTypeCompletely() {
        Descriptor<C> descriptor = factory().descriptor();

        assertThat(descriptor.names()).as("type and aliases").allMatch(name -> name.matches("[a-z][a-z0-9_]{0,62}"));
        assertThat(descriptor.aliases())
                .as("aliases")
                .doesNotContain(descriptor.type())
                .doesNotHaveDuplicates();
        assertThat(descriptor.summary())
                .as("summary: one sentence on one line")
                .matches("[A-Z`].{10,200}\\.")
                .doesNotContain("\n");
        assertThat(descriptor.example()).as("example").isNotBlank();
        assertThat(factory().descriptor().type()).as("type of another call").isEqualTo(descriptor.type());
    }

    /** The kind is that of the factory's interface, and there are signals unless it is an extension. */
    @Test
    default void isOfTheKindItSays() {
        Factory<C> factory = factory();
        Kind kind = factory.descriptor().kind();

        Class<?> expected = switch (kind) {
            case RECEIVER -> ReceiverFactory.class;
            case PROCESSOR -> ProcessorFactory.class;
            case EXPORTER -> ExporterFactory.class;
            case CONNECTOR -> ConnectorFactory.class;
            case EXTENSION -> ExtensionFactory.class;
        };
        assertThat(factory).isInstanceOf(expected);
        assertThat(factory.signals().isEmpty()).as("has no signals").isEqualTo(kind == Kind.EXTENSION);
    }

    /** Metrics it says it emits have a name, a description and a source each, and no name twice. */
    @Test
    default void describesItsMetrics() {
        List<MetricSpec> metrics = factory().descriptor().metrics();

        assertThat(metrics.stream().map(MetricSpec::name)).doesNotHaveDuplicates();
        for (MetricSpec metric : metrics) {
            assertThat(metric.name()).isNotBlank();
            assertThat(metric.description())
                    .as("description of %s", metric.name())
                    .isNotBlank();
        }
    }

    /** Every setting at every depth has a text, a type the binder knows, and a key of its own. */
    @Test
    default void documentsEverySetting() {
        assertThat(Settings.of(factory().descriptor()).mistakes()).isEmpty();
    }

    /** With the defaults alone only required settings are missing. */
    @Test
    default void hasDefaultsThatLackOnlyWhatIsRequired() {
        Descriptor<C> descriptor = factory().descriptor();
        Set<String> lacking = new TreeSet<>(Settings.of(descriptor).required());
        lacking.addAll(lackingKeys());
        Problems problems = new Problems();

        Binder.bind("{}", descriptor, problems);

        assertThat(problems.all().stream()
                        .filter(Problem::fatal)
                        .filter(problem -> lacking.stream().noneMatch(key -> isAt(problem.path(), key))))
                .as("problems with defaults that lack only %s", lacking)
                .isEmpty();
    }

    /** The example of the reference page can be pasted. */
    @Test
    default void bindsItsExample() {
        Problems problems = new Problems();

        Binder.bind(factory().descriptor().example(), factory().descriptor(), problems);

        assertThat(problems.all()).isEmpty();
    }

    /** A key that is no setting is a mistake and not silence. */
    @Test
    default void refusesAnUnknownKey() {
        Problems problems = new Problems();

        Binder.bind("no_such_setting: 1\n", factory().descriptor(), problems);

        assertThat(problems.all())
                .filteredOn(Problem::fatal)
                .anyMatch(problem -> problem.path().contains("no_such_setting"));
    }

    /** It stands in {@code META-INF/services}, once. */
    @Test
    default void isFoundByServiceLoader() {
        Stream<Class<?>> found = ServiceLoader.load(Factory.class).stream().map(ServiceLoader.Provider::type);

        assertThat(found.filter(type -> type == factory().getClass()))
                .as(
                        "entries of %s in META-INF/services/%s",
                        factory().getClass().getName(), Factory.class.getName())
                .hasSize(1);
    }

    private static boolean isAt(String path, String key) {
        return path.equals(key) || path.startsWith(key + ".") || path.startsWith(key + "[") || path.isEmpty();
    }
}
