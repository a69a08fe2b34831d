package tscollector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.config.Problems.Problem;

class ProblemsTest {
    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "'', a, a",
        "a, '', a",
        "a, b.c, a.b.c",
        "a, [1], a[1]",
        "a[0], b, a[0].b",
        "a[0], [2].b, a[0][2].b",
        "'', [3], [3]"
    })
    void joinsPathsAsAUserWouldWriteThem(String section, String path, String whole) {
        problems.at(section).add(path, "is odd");

        assertThat(problems.all()).containsExactly(new Problem(whole, "is odd", true));
    }

    @Test
    void tellsAWrongKeyFromAWrongValue() {
        problems.at("headers").checkKey("two words", false, "is no name");
        problems.at("headers").checkKey("fine", true, "never said");
        problems.at("headers").check("fine", false, "is no value");

        assertThat(problems.all())
                .containsExactly(
                        new Problem("headers.two words", "is no name", true, true),
                        new Problem("headers.fine", "is no value", true, false));
    }

    @Test
    void goesDownStepByStep() {
        problems.at("metrics").at("include").at("[1]").warn("name", "is old");

        assertThat(problems.all()).containsExactly(new Problem("metrics.include[1].name", "is old", false));
    }

    @Test
    void collectsEverythingInOneListInOrder() {
        Problems tls = problems.at("tls");
        problems.add("b", "first");
        tls.warn("a", "second");
        problems.check("c", false, "third");
        tls.check("d", true, "never said");

        assertThat(problems.all()).extracting(Problem::text).containsExactly("first", "second", "third");
        assertThat(tls.all()).isEqualTo(problems.all());
    }

    @Test
    void saysTheSameThingTwiceIfItIsFoundTwice() {
        problems.add("a", "is odd");
        problems.add("a", "is odd");

        assertThat(problems.all()).hasSize(2);
    }

    @Test
    void canOnlyBeAddedTo() {
        problems.add("a", "is odd");
        List<Problem> all = problems.all();

        assertThatThrownBy(all::clear).isInstanceOf(UnsupportedOperationException.class);
        problems.add("b", "too");
        assertThat(all).hasSize(2);
    }
}
