package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Date;
import org.junit.jupiter.api.Test;
import tscollector.config.Config;
import tscollector.config.Setting;

class RecordSchemaTest {
    record WithoutSetting(String text) implements Config {}

    record WithOtherType(@Setting(doc = "A date.") Date date) implements Config {}

    record Inner(@Setting(doc = "A name.") String name) implements Config {}

    record WithKeyTwice(
            @Setting(doc = "A name.") String name,
            @Setting(inline = true) Inner inner) implements Config {}

    @Test
    void listsTheKeysOfInlineSectionsAmongTheOthers() {
        assertThat(RecordSchema.of(SampleConfig.class).keys())
                .contains("endpoint", "headers", "key_file", "tls", "batch")
                .doesNotContain("http");
    }

    @Test
    void writesNamesInSnakeCase() {
        assertThat(RecordSchema.snakeCase("collectionInterval")).isEqualTo("collection_interval");
        assertThat(RecordSchema.snakeCase("http2Enabled")).isEqualTo("http2_enabled");
    }

    @Test
    void refusesRecordsThatBreakTheRules() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RecordSchema.of(WithoutSetting.class))
                .withMessageEndingWith("WithoutSetting.text has no @Setting");
        assertThatIllegalStateException()
                .isThrownBy(() -> RecordSchema.of(WithOtherType.class))
                .withMessageContaining("has a type that no setting can have: java.util.Date");
        assertThatIllegalStateException()
                .isThrownBy(() -> RecordSchema.of(WithKeyTwice.class))
                .withMessageContaining("has a key twice");
        assertThatIllegalStateException()
                .isThrownBy(() -> RecordSchema.of(Inner.class).defaults())
                .withMessageContaining("needs a static method defaults()");
    }
}
