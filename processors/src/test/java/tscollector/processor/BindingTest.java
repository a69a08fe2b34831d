package tscollector.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import tscollector.component.ComponentId;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.processor.attributes.AttributesFactory;
import tscollector.processor.batch.BatchConfig;
import tscollector.processor.batch.BatchFactory;
import tscollector.processor.filter.FilterFactory;
import tscollector.processor.modeldiff.ModelDiffConfig;
import tscollector.processor.modeldiff.ModelDiffFactory;
import tscollector.processor.naming.NamingFactory;
import tscollector.processor.resource.ResourceFactory;
import tscollector.reshape.AttributeMatch;
import tscollector.reshape.MatchType;

/** What users write, as the kit binds it. */
class BindingTest {
    private final ConfigBinder binder =
            ServiceLoader.load(ConfigBinder.class).findFirst().orElseThrow();
    private final Problems problems = new Problems();

    @Test
    void everyExampleBindsWithoutAProblem() {
        for (Factory<?> factory : ServiceLoader.load(Factory.class)) {
            Problems found = new Problems();
            bind(factory.descriptor(), factory.descriptor().example(), found);

            assertThat(found.all()).as(factory.descriptor().type()).isEmpty();
        }
    }

    @Test
    void bindsTheWholeLineOfTheContract() {
        var naming = bind(new NamingFactory().descriptor(), """
                extra_metrics:
                  - my_custom_metric                      # name: sent with the prefix
                  - handler_queue: handler.queue          # exposed name: sent name
                  - ^handler_.+_ms$                       # regular expression
                  - batch_fill: {name: batch.fill, type: gauge}
                """);
        var filter = bind(new FilterFactory().descriptor(), """
                metrics:
                  exclude:
                    match_type: regexp
                    metric_names: ['\\.disk\\.']
                    attributes: [{key: n, value: 7}, {key: any}]
                """);
        var diff = bind(new ModelDiffFactory().descriptor(), "storage: file_storage\ncompat: strict\nevents: official");

        assertThat(messages()).isEmpty();
        assertThat(naming.extraMetrics()).hasSize(4);
        assertThat(filter.metrics().exclude().matchType()).isEqualTo(MatchType.REGEXP);
        assertThat(filter.metrics().exclude().attributes())
                .extracting(AttributeMatch::key)
                .containsExactly("n", "any");
        assertThat(diff)
                .isEqualTo(new ModelDiffConfig(
                        ComponentId.parse("file_storage"),
                        true,
                        ModelDiffConfig.Compat.STRICT,
                        ModelDiffConfig.Events.OFFICIAL));
    }

    @Test
    void emptySettingsAreTheDefaults() {
        assertThat(bind(new NamingFactory().descriptor(), "{}").extraMetrics()).isEmpty();
        assertThat(bind(new ModelDiffFactory().descriptor(), "{}")).isEqualTo(ModelDiffConfig.defaults());
        assertThat(bind(new BatchFactory().descriptor(), "{}")).isEqualTo(BatchConfig.defaults());
        assertThat(messages()).isEmpty();
    }

    @Test
    void bindsWhatTheCollectorsBatchTakes() {
        var batch = bind(new BatchFactory().descriptor(), """
                timeout: 5s
                send_batch_size: 1000
                send_batch_max_size: 2000
                metadata_keys: [tenant]
                metadata_cardinality_limit: 10
                """);

        assertThat(messages()).isEmpty();
        assertThat(batch).isEqualTo(new BatchConfig(Duration.ofSeconds(5), 1000, 2000, List.of("tenant"), 10));
    }

    @Test
    void answersWhoWritesTheCollectorsConditions() {
        bind(new FilterFactory().descriptor(), """
                error_mode: ignore
                metric_conditions: ['name == "x"']
                metrics:
                  metric: ['name == "x"']
                """);

        assertThat(messages())
                .anyMatch(message -> message.startsWith("error_mode ") && message.contains("leave it out"))
                .anyMatch(message -> message.startsWith("metric_conditions ") && message.contains("metrics.exclude"))
                .anyMatch(message -> message.startsWith("metrics.metric ") && message.contains("metrics.exclude"));
    }

    @Test
    void pointsAtTheEntryThatIsWrong() {
        bind(new NamingFactory().descriptor(), "extra_metrics: [fine, {a: {type: count}}]");
        bind(new FilterFactory().descriptor(), "metrics: {exclude: {match_type: regexp, metric_names: [a, '(']}}");
        bind(new AttributesFactory().descriptor(), "actions: [{key: a, action: insert}]");
        bind(new ResourceFactory().descriptor(), "attributes: [{key: a}]");
        bind(new ResourceFactory().descriptor(), "actions: [{key: a}]");

        assertThat(messages())
                .anyMatch(message -> message.startsWith("extra_metrics[1] gives \"a\" the type \"count\""))
                .anyMatch(message -> message.startsWith("metrics.exclude.metric_names[1] is not a regular expression"))
                .contains("actions[0] needs exactly one of value and from_attribute")
                .anyMatch(
                        message -> message.startsWith("attributes[0].action ") || message.startsWith("attributes[0] "))
                .anyMatch(message -> message.startsWith("actions ") && message.contains("calls them attributes"));
    }

    private <C extends Config> C bind(Descriptor<C> descriptor, String yaml) {
        return bind(descriptor, yaml, problems);
    }

    private <C extends Config> C bind(Descriptor<C> descriptor, String yaml, Problems into) {
        return binder.bind(yaml, descriptor, into);
    }

    private List<String> messages() {
        return problems.all().stream()
                .map(problem -> problem.path() + " " + problem.text())
                .toList();
    }
}
