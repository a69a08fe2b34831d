package tscollector.processor.resource;

import java.util.List;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.reshape.ActionConfig;

/** Settings of {@code resource}. */
@Hint(key = "actions", text = "the resource processor calls them attributes")
public record ResourceConfig(
        @Setting(
                doc = "What is done to the attributes of each Resource, in this order.",
                example = "[{key: deployment.environment.name, value: production, action: upsert}]")
        List<ActionConfig> attributes)
        implements Config {

    public ResourceConfig {
        attributes = List.copyOf(attributes);
    }

    public static ResourceConfig defaults() {
        return new ResourceConfig(List.of());
    }

    @Override
    public void validate(Problems problems) {
        problems.check("attributes", !attributes.isEmpty(), "needs at least one action");
    }
}
