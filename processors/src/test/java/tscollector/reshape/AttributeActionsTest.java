package tscollector.reshape;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tscollector.config.ConfigValue;
import tscollector.config.ConfigValue.Scalar;
import tscollector.reshape.ActionConfig.ConvertedType;
import tscollector.reshape.ActionConfig.Operation;

class AttributeActionsTest {
    private static final Attributes BEFORE = attributes("a", "1", "b", "2");

    @Test
    void insertsOnlyWhatIsAbsent() {
        assertThat(apply(BEFORE, set(Operation.INSERT, "a", text("x")))).isSameAs(BEFORE);
        assertThat(apply(BEFORE, set(Operation.INSERT, "c", text("x"))))
                .isEqualTo(attributes("a", "1", "b", "2", "c", "x"));
    }

    @Test
    void updatesOnlyWhatIsThere() {
        assertThat(apply(BEFORE, set(Operation.UPDATE, "c", text("x")))).isSameAs(BEFORE);
        assertThat(apply(BEFORE, set(Operation.UPDATE, "a", text("x")))).isEqualTo(attributes("a", "x", "b", "2"));
    }

    @Test
    void upsertsBoth() {
        assertThat(apply(BEFORE, set(Operation.UPSERT, "a", text("x")), set(Operation.UPSERT, "c", text("y"))))
                .isEqualTo(attributes("a", "x", "b", "2", "c", "y"));
    }

    @Test
    void setsTheTypeThatWasWritten() {
        Attributes after = apply(
                Attributes.empty(),
                set(Operation.UPSERT, "whole", plain("7")),
                set(Operation.UPSERT, "number", plain("0.5")),
                set(Operation.UPSERT, "truth", plain("true")),
                set(Operation.UPSERT, "text", text("7")),
                set(Operation.UPSERT, "list", new ConfigValue.Sequence(List.of(text("x"), plain("1")))));

        assertThat(after)
                .isEqualTo(Attributes.builder()
                        .put("whole", 7)
                        .put("number", 0.5)
                        .put("truth", true)
                        .put("text", "7")
                        .put(AttributeKey.stringArrayKey("list"), "x", "1")
                        .build());
    }

    @Test
    void anotherTypeReplacesTheValueAndDoesNotStandBesideIt() {
        assertThat(apply(BEFORE, set(Operation.UPSERT, "a", plain("7"))))
                .isEqualTo(Attributes.builder().put("a", 7).put("b", "2").build());
    }

    @Test
    void copiesFromAnotherAttributeIfThereIsOne() {
        Attributes typed = Attributes.builder().put("n", 7).build();

        assertThat(apply(typed, from(Operation.INSERT, "m", "n")))
                .isEqualTo(Attributes.builder().put("n", 7).put("m", 7).build());
        assertThat(apply(typed, from(Operation.UPSERT, "m", "none"))).isSameAs(typed);
    }

    @Test
    void deletesByKeyAndByPattern() {
        assertThat(apply(BEFORE, action("a", Operation.DELETE, null, null, null, null)))
                .isEqualTo(attributes("b", "2"));
        assertThat(apply(attributes("http.a", "1", "http.b", "2", "c", "3"), byPattern(Operation.DELETE, "^http\\.")))
                .isEqualTo(attributes("c", "3"));
    }

    @Test
    void hashesAsTheCollectorDoes() {
        Attributes after = apply(
                Attributes.builder()
                        .put("text", "user")
                        .put("one", 1)
                        .put("yes", true)
                        .build(),
                byPattern(Operation.HASH, ".*"));

        // sha256sum of "user", of 0100000000000000 and of 01
        assertThat(after)
                .isEqualTo(attributes(
                        "text", "04f8996da763b7a969b1028ee3007569eaf3a635486ddab211d512c85b9df8fb",
                        "one", "7c9fa136d4413fa6173637e883b6998d32e1d675f88cddff9dcbcf331820f4b8",
                        "yes", "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"));
    }

    @Test
    void extractsNamedGroups() {
        ActionConfig extract = action(
                "worker_name",
                Operation.EXTRACT,
                null,
                null,
                "^W-(?P<worker_port>\\d+)-(?<model>.+)_(?P<v>\\d+)$",
                null);

        assertThat(apply(attributes("worker_name", "W-9000-my_model_1", "model", "old"), extract))
                .isEqualTo(attributes(
                        "worker_name", "W-9000-my_model_1", "worker_port", "9000", "model", "my_model", "v", "1"));
        Attributes other = attributes("worker_name", "x");
        assertThat(apply(other, extract)).isSameAs(other);
    }

    @Test
    void convertsWhatItCanAndLeavesTheRest() {
        Attributes before = Attributes.builder()
                .put("i", "42")
                .put("d", "0.5")
                .put("b", "true")
                .put("n", 7)
                .put("f", 2.9)
                .put("bad", "4x")
                .build();

        Attributes after = apply(
                before,
                convert("i", ConvertedType.INT),
                convert("d", ConvertedType.DOUBLE),
                convert("b", ConvertedType.BOOL),
                convert("n", ConvertedType.STRING),
                convert("f", ConvertedType.INT),
                convert("bad", ConvertedType.INT),
                convert("none", ConvertedType.INT));

        assertThat(after)
                .isEqualTo(Attributes.builder()
                        .put("i", 42)
                        .put("d", 0.5)
                        .put("b", true)
                        .put("n", "7")
                        .put("f", 2)
                        .put("bad", "4x")
                        .build());
    }

    @Test
    void runsInTheOrderOfTheList() {
        assertThat(apply(
                        BEFORE,
                        from(Operation.UPSERT, "c", "a"),
                        action("a", Operation.DELETE, null, null, null, null),
                        from(Operation.UPSERT, "d", "a")))
                .isEqualTo(attributes("b", "2", "c", "1"));
    }

    @Test
    void givesTheSameInstanceWhenTheEndIsAsTheBeginning() {
        assertThat(apply(
                        BEFORE,
                        set(Operation.INSERT, "c", text("x")),
                        action("c", Operation.DELETE, null, null, null, null)))
                .isSameAs(BEFORE);
    }

    static ActionConfig action(
            @Nullable String key,
            Operation operation,
            @Nullable ConfigValue value,
            @Nullable String from,
            @Nullable String pattern,
            @Nullable ConvertedType type) {
        return new ActionConfig(key, operation, value, from, pattern, type);
    }

    private static ActionConfig set(Operation operation, String key, ConfigValue value) {
        return action(key, operation, value, null, null, null);
    }

    private static ActionConfig from(Operation operation, String key, String from) {
        return action(key, operation, null, from, null, null);
    }

    private static ActionConfig byPattern(Operation operation, String pattern) {
        return action(null, operation, null, null, pattern, null);
    }

    private static ActionConfig convert(String key, ConvertedType type) {
        return action(key, Operation.CONVERT, null, null, null, type);
    }

    private static Attributes apply(Attributes attributes, ActionConfig... actions) {
        return new AttributeActions(List.of(actions)).apply(attributes);
    }

    private static Scalar text(String text) {
        return new Scalar(text, true);
    }

    private static Scalar plain(String text) {
        return new Scalar(text, false);
    }
}
