package tscollector.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.config.Problems;
import tscollector.config.Problems.Problem;

class DatadogSiteTest {
    @ParameterizedTest
    @ValueSource(strings = {"", ".", "https://datadoghq.eu", "datadoghq.eu/", "a..b", "-a", "a-", "a b", "a:1", "é.eu"})
    void whatCannotStandInTheNameOfAHostIsRefused(String domain) {
        Problems problems = problems(domain);

        assertThat(problems.all()).singleElement().matches(Problem::fatal);
    }

    @Test
    void aNameThatWouldMakeTheLongestHostTooLongIsRefused() {
        String host = new DatadogSite("a".repeat(236)).logsAddress().substring("https://".length());
        assertThat(host).hasSize(253);

        assertThat(problems("a".repeat(236)).all()).singleElement().matches(problem -> !problem.fatal());
        assertThat(problems("a".repeat(237)).all()).singleElement().matches(Problem::fatal);
    }

    @Test
    void blanksAndCapitalsDoNotMatter() {
        assertThat(new DatadogSite(" DatadogHQ.eu ").otlpAddress()).isEqualTo("https://otlp.datadoghq.eu");
        assertThat(problems(" DatadogHQ.eu ").all()).isEmpty();
    }

    private static Problems problems(String domain) {
        Problems problems = new Problems();
        new DatadogSite(domain).check(problems, "site");
        return problems;
    }
}
