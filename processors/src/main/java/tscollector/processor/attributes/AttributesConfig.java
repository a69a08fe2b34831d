package tscollector.processor.attributes;

import java.util.List;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.reshape.ActionConfig;

/** Settings of {@code attributes}. */
@Hint(key = "include", text = "the actions apply to all that passes; give what they are for a pipeline of its own")
@Hint(key = "exclude", text = "the actions apply to all that passes; give what they are for a pipeline of its own")
public record AttributesConfig(
        @Setting(
                doc = "What is done to the attributes of each point and record, in this order.",
                example = "[{key: environment, value: production, action: upsert}]")
        List<ActionConfig> actions)
        implements Config {

    public AttributesConfig {
        actions = List.copyOf(actions);
    }

    public static AttributesConfig defaults() {
        return new AttributesConfig(List.of());
    }

    @Override
    public void validate(Problems problems) {
        problems.check("actions", !actions.isEmpty(), "needs at least one action");
    }
}
