package tscollector.reshape;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.reshape.AttributeActionsTest.action;

import org.junit.jupiter.api.Test;
import tscollector.config.ConfigValue.Scalar;
import tscollector.processor.Built;
import tscollector.reshape.ActionConfig.ConvertedType;
import tscollector.reshape.ActionConfig.Operation;

class ActionConfigTest {
    private static final Scalar VALUE = new Scalar("x", true);

    @Test
    void takesWhatEachActionNeeds() {
        assertThat(Built.problems(action("k", Operation.INSERT, VALUE, null, null, null)))
                .isEmpty();
        assertThat(Built.problems(action("k", Operation.UPSERT, null, "other", null, null)))
                .isEmpty();
        assertThat(Built.problems(action(null, Operation.DELETE, null, null, "^x", null)))
                .isEmpty();
        assertThat(Built.problems(action("k", Operation.HASH, null, null, null, null)))
                .isEmpty();
        assertThat(Built.problems(action("k", Operation.EXTRACT, null, null, "(?P<a_b>.)", null)))
                .isEmpty();
        assertThat(Built.problems(action("k", Operation.CONVERT, null, null, null, ConvertedType.INT)))
                .isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(Built.problems(action(null, Operation.INSERT, VALUE, null, null, null)))
                .containsExactly("needs key");
        assertThat(Built.problems(action("k", Operation.UPDATE, null, null, null, null)))
                .containsExactly("needs exactly one of value and from_attribute");
        assertThat(Built.problems(action("k", Operation.UPDATE, VALUE, "other", null, null)))
                .containsExactly("needs exactly one of value and from_attribute");
        assertThat(Built.problems(action("", Operation.DELETE, null, null, null, null)))
                .containsExactly("needs key or pattern");
        assertThat(Built.problems(action("k", Operation.EXTRACT, null, null, null, null)))
                .containsExactly("needs pattern");
        assertThat(Built.problems(action("k", Operation.CONVERT, null, null, null, null)))
                .containsExactly("needs converted_type");
    }

    @Test
    void saysWhatIsTooMuch() {
        assertThat(Built.problems(action("k", Operation.DELETE, VALUE, "f", null, ConvertedType.INT)))
                .containsExactly(
                        "value is not used by delete; leave it out",
                        "from_attribute is not used by delete; leave it out",
                        "converted_type is not used by delete; leave it out");
    }

    @Test
    void saysWhatIsWrongWithAPattern() {
        assertThat(Built.problems(action("k", Operation.EXTRACT, null, null, "(", null)))
                .containsExactly("pattern is not a regular expression: Unclosed group");
        assertThat(Built.problems(action("k", Operation.EXTRACT, null, null, "abc", null)))
                .containsExactly("pattern needs a named group, for instance (?P<name>...)");
        assertThat(Built.problems(action("k", Operation.EXTRACT, null, null, "(?P<a>.)(.)", null)))
                .containsExactly(
                        "pattern has a group without a name; write (?P<name>...), or (?:...) for one that is not wanted");
    }

    @Test
    void aValueMustBeOne() {
        assertThat(Built.problems(action("k", Operation.UPSERT, new Scalar("null", false), null, null, null)))
                .containsExactly("value must be text, a number, a truth value or a list of texts");
    }

    @Test
    void aMissingActionIsSaidByTheBinder() {
        assertThat(Built.problems(ActionConfig.defaults())).isEmpty();
    }
}
