package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentPathTest {
    private static AssignmentPath read(String assignment) {
        return Objects.requireNonNull(AssignmentPath.read(assignment));
    }

    @Test
    void keysAreSeparatedByDots() {
        AssignmentPath path = read("service.pipelines.metrics=x=y.z");

        assertThat(path.keys()).containsExactly("service", "pipelines", "metrics");
        assertThat(path.length()).as("to the first equals sign").isEqualTo("service.pipelines.metrics".length());
    }

    @Test
    void whatIsInQuotesBelongsToTheKey() {
        assertThat(read("a.\"b.c=d\".e=1").keys()).containsExactly("a", "b.c=d", "e");
        assertThat(read("attributes.service\\.name=1").keys()).containsExactly("attributes", "service.name");
        assertThat(read("a\\=b=1")).isEqualTo(new AssignmentPath(List.of("a=b"), 4));
        assertThat(read("\"a\\\"b\"=1").keys()).as("a quote in quotes").containsExactly("a\"b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "a", "a.b", ".a=1", "a.=1", "a..b=1", "\"a=1", "a\\=1", "\"\"=1", "a\\"})
    void withoutKeyOrEqualsSignThereIsNone(String assignment) {
        assertThat(AssignmentPath.read(assignment)).isNull();
    }
}
