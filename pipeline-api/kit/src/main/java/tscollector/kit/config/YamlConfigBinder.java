package tscollector.kit.config;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tscollector.component.Descriptor;
import tscollector.config.Config;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;

/** Binds the settings of one component, for tests and for whoever has them as text. */
public final class YamlConfigBinder implements ConfigBinder {
    private final Surroundings surroundings;

    /** For {@link java.util.ServiceLoader}: with the process's environment and files. */
    public YamlConfigBinder() {
        this(Surroundings.ofProcess());
    }

    public YamlConfigBinder(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public <C extends Config> C bind(String yaml, Descriptor<C> descriptor, Problems problems) {
        Mistakes mistakes = new Mistakes();
        YamlSource source = mistakes.source("settings", yaml);
        Variables variables = new Variables(surroundings, mistakes);
        C bound = descriptor.defaults();
        YamlNode read = yaml.isBlank() ? null : new YamlReader(mistakes).read(source);
        if (read != null || !mistakes.any()) {
            bound = bind(descriptor, variables, mistakes, source, read);
        }
        mistakes.fatal().forEach(mistake -> problems.add(mistake.path(), mistake.text()));
        mistakes.warnings().forEach(mistake -> problems.warn(mistake.path(), mistake.text()));
        return bound;
    }

    private <C extends Config> C bind(
            Descriptor<C> descriptor,
            Variables variables,
            Mistakes mistakes,
            YamlSource source,
            @Nullable YamlNode read) {
        YamlNode tree = read == null ? null : variables.expand(read, "");
        return new RecordBinder(variables, surroundings, mistakes, UnaryOperator.identity())
                .bind(descriptor.configType(), descriptor.defaults(), tree, source.at(1, 1), "");
    }
}
