package tscollector.processor.attributes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.reshape.ActionConfig;
import tscollector.reshape.MatchConfig;

/** Settings of {@code attributes}. */
public record AttributesConfig(
        @Setting(
                doc = "What is done to the attributes of each point and record, in this order.",
                example = "[{key: environment, value: production, action: upsert}]")
        List<ActionConfig> actions,

        @Setting(doc = "Only points and records that match all of this are changed. Absent: all.") @Nullable
        MatchConfig include,

        @Setting(doc = "Points and records that match all of this stay as they are, included or not.") @Nullable
        MatchConfig exclude)
        implements Config {

    public AttributesConfig {
        actions = List.copyOf(actions);
    }

    public static AttributesConfig defaults() {
        return new AttributesConfig(List.of(), null, null);
    }

    @Override
    public void validate(Problems problems) {
        problems.check("actions", !actions.isEmpty(), "needs at least one action");
    }
}
