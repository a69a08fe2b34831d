package tscollector.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.config.Problems;
import tscollector.config.Secret;

class DatadogKeyTest {
    @ParameterizedTest
    @CsvSource({
        "0123456789abcdefABCDEF, ''",
        "'  abc ', ''",
        "'', key is empty; set it to the API key of your organisation",
        "' ', key is empty; set it to the API key of your organisation",
        "'a b', key has characters that no header can have",
        "a\u007fb, key has characters that no header can have",
        "aéb, key has characters that no header can have",
        "abcg, 'warning: key has characters other than 0-9 and a-f, so it can hardly be an API key'",
    })
    void judgesAKey(String key, String expected) {
        assertThat(problems(key, false)).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void aKeyThatCanHardlyBeOneIsAMistakeWhereARealOneIsWanted() {
        assertThat(problems("abcg", true))
                .containsExactly("key has characters other than 0-9 and a-f, so it can hardly be an API key");
        assertThat(problems("abc", true)).isEmpty();
    }

    @Test
    void noKeyIsSentAsAnEmptyOne() {
        assertThat(DatadogKey.trimmed(null).reveal()).isEmpty();
        assertThat(DatadogKey.trimmed(new Secret("\tabc\n")).reveal()).isEqualTo("abc");
    }

    private static List<String> problems(String key, boolean wantsRealKey) {
        Problems problems = new Problems();
        DatadogKey.check(problems, "key", new Secret(key), wantsRealKey);
        return problems.all().stream()
                .map(problem -> (problem.fatal() ? "" : "warning: ") + problem.path() + " " + problem.text())
                .toList();
    }
}
