package tscollector.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentIdTest {
    private static final String NO_TYPE = "a type begins with a letter and has letters, digits and underscores";
    private static final String NO_NAME = "a name has no spaces, control characters or symbols";

    @ParameterizedTest
    @CsvSource({
        "otlp, otlp, ''",
        "OTLP_http2, OTLP_http2, ''",
        "torchserve/gpu-a, torchserve, gpu-a",
        "t/a/b, t, a/b",
        "t//, t, /",
        "t/host:8080, t, host:8080",
        "t/Ärger, t, Ärger",
        "t/模型, t, 模型",
        "t/7, t, 7"
    })
    void readsTypeAndNameAndPrintsThemAsWritten(String text, String type, String name) {
        ComponentId id = ComponentId.parse(text);

        assertThat(id).isEqualTo(new ComponentId(type, name));
        assertThat(id).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "1otlp", "_otlp", "otlp-http", "otlp http", " otlp", "otlp\n", "ötlp", "a.b/c"})
    void refusesTypesThatAreNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ComponentId.parse(text))
                .withMessage(NO_TYPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t/a b",
                "t/ ",
                "t/a\u00A0b",
                "t/a\tb",
                "t/a\u0000",
                "t/a\u202Eb",
                "t/a\n",
                "t/a+b",
                "t/$x",
                "t/a=b",
                "t/\uD83D\uDE00",
                "t/\uD800"
            })
    void refusesNamesThatWouldConfuse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ComponentId.parse(text))
                .withMessage(NO_NAME);
    }

    @Test
    void wantsANameAfterTheSlash() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ComponentId.parse("otlp/"))
                .withMessage("a name must follow the slash");
    }

    @Test
    void boundsTypesAndNamesAsTheCollectorDoes() {
        assertThat(new ComponentId("t".repeat(63), "n".repeat(1024)).name()).hasSize(1024);
        assertThatIllegalArgumentException().isThrownBy(() -> new ComponentId("t".repeat(64), ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new ComponentId("t", "n".repeat(1025)));
    }

    @Test
    void tellsIdsOfTheSameTypeApart() {
        assertThat(ComponentId.parse("otlp/a"))
                .isNotEqualTo(ComponentId.parse("otlp/b"))
                .isNotEqualTo(ComponentId.parse("otlp"))
                .isNotEqualTo(ComponentId.parse("Otlp/a"))
                .hasSameHashCodeAs(ComponentId.parse("otlp/a"));
    }
}
