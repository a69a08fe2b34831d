package tscollector.processor.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.config.ConfigValue;
import tscollector.config.Hint;
import tscollector.processor.Built;
import tscollector.processor.filter.FilterConfig.LogRule;
import tscollector.processor.filter.FilterConfig.MetricRule;
import tscollector.processor.filter.FilterConfig.Metrics;
import tscollector.reshape.AttributeMatch;
import tscollector.reshape.MatchType;

class FilterConfigTest {
    @Test
    void rulesWithoutEntriesAreRefused() {
        assertThat(Built.problems(MetricRule.defaults()))
                .containsExactly("needs an entry in metric_names, attributes or resource_attributes");
        assertThat(Built.problems(LogRule.defaults()))
                .containsExactly("needs an entry in event_names, record_attributes or resource_attributes");
        assertThat(Built.problems(Metrics.defaults())).containsExactly("needs include or exclude");
        assertThat(Built.problems(FilterConfig.Logs.defaults())).containsExactly("needs include or exclude");
    }

    @Test
    void anEmptyFilterIsWarnedAbout() {
        assertThat(Built.problems(FilterConfig.defaults()))
                .containsExactly("has neither metrics nor logs, so that it lets everything through");
    }

    @Test
    void expressionsAreCheckedInNamesAndValues() {
        MetricRule rule = new MetricRule(
                MatchType.REGEXP,
                List.of("fine", "(", ""),
                List.of(new AttributeMatch("a", new ConfigValue.Scalar("[", true))),
                List.of(new AttributeMatch("b", new ConfigValue.Sequence(List.of()))));

        assertThat(Built.problems(rule))
                .containsExactly(
                        "metric_names[1] is not a regular expression: Unclosed group",
                        "metric_names[2] must not be empty",
                        "attributes[0].value is not a regular expression: Unclosed character class",
                        "resource_attributes[0].value must be a single value; the entries of a list are entries of their own here");
    }

    @Test
    void strictTextsNeedNotBeExpressions() {
        MetricRule rule = new MetricRule(
                MatchType.STRICT,
                List.of("("),
                List.of(new AttributeMatch("a", new ConfigValue.Scalar("[", true))),
                List.of());

        assertThat(Built.problems(rule)).isEmpty();
    }

    @Test
    void keysOfTheCollectorsConditionsGetAnAnswer() {
        assertThat(hints(FilterConfig.class)).contains("metric_conditions", "log_conditions", "error_mode", "traces");
        assertThat(hints(Metrics.class)).contains("metric", "datapoint");
        assertThat(hints(FilterConfig.Logs.class)).contains("log_record");
    }

    private static List<String> hints(Class<?> config) {
        return Arrays.stream(config.getAnnotationsByType(Hint.class))
                .map(Hint::key)
                .toList();
    }
}
