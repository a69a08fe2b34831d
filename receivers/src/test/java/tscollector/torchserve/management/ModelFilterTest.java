package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tscollector.config.Problems;

/** The matrix of the official check's tests, with its five models. */
class ModelFilterTest {
    private static final List<ListedModel> MODELS = List.of("1_1", "1_2", "2_2", "2_3", "3_2").stream()
            .map(name -> new ListedModel("linear_regression_" + name, null))
            .toList();

    @Test
    void choosesAsTheOfficialCheckDoes() {
        assertThat(chosen(null, List.of(), null)).containsExactly("1_1", "1_2", "2_2", "2_3", "3_2");
        assertThat(chosen(List.of(".*"), List.of(), null)).hasSize(5);
        assertThat(chosen(List.of("linear_regression_1.*"), List.of(), null)).containsExactly("1_1", "1_2");
        assertThat(chosen(List.of("_1.*", "_2_"), List.of(), null)).containsExactly("1_1", "1_2", "2_2", "2_3");
        assertThat(chosen(List.of("n_1", "n_2"), List.of(), null)).containsExactly("1_1", "1_2", "2_2", "2_3");
        assertThat(chosen(null, List.of("n_1"), null)).containsExactly("2_2", "2_3", "3_2");
        assertThat(chosen(null, List.of("n_1", "n_2"), null)).containsExactly("3_2");
        assertThat(chosen(null, List.of(), 2)).containsExactly("1_1", "1_2");
        assertThat(chosen(null, List.of("1_1"), 2)).containsExactly("1_2", "2_2");
        // Patterns take turns, each in the order of the list, so the first ones win where there is a limit.
        assertThat(chosen(List.of("_2_", "_1_"), List.of("1_1"), null)).containsExactly("2_2", "2_3", "1_2");
        assertThat(chosen(List.of("_2_", "_1_"), List.of("1_1"), 3)).containsExactly("2_2", "2_3", "1_2");
        assertThat(chosen(null, List.of(".*"), null)).isEmpty();
    }

    @Test
    void refusesAnEmptyInclude() {
        Problems problems = new Problems();
        config(List.of(), List.of(), null).validate(problems);

        assertThat(problems.all())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.path() + " " + problem.text())
                                .isEqualTo(
                                        "include is empty, so that no model would ever be described; leave it out to describe all models"));
    }

    private static List<String> chosen(@Nullable List<String> include, List<String> exclude, @Nullable Integer limit) {
        return new ModelFilter(config(include, exclude, limit))
                .choose(MODELS).stream()
                        .map(model -> model.name().substring("linear_regression_".length()))
                        .toList();
    }

    private static ModelsConfig config(@Nullable List<String> include, List<String> exclude, @Nullable Integer limit) {
        return new ModelsConfig(include, exclude, limit, Duration.ZERO, Duration.ofSeconds(60));
    }
}
