package tscollector.component;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tscollector.config.Config;
import tscollector.signal.MetricSpec;

/**
 * What a component type says about itself, once: validation, the JSON schema, the reference pages, {@code tscollector
 * components} and the contract tests all come from it.
 *
 * @param type the name in configurations, for instance {@code otlp_http}
 * @param aliases other spellings that are accepted for good, for instance {@code otlphttp}
 * @param summary one sentence: what it does
 * @param description Markdown paragraphs for the reference page; may be empty
 * @param configType the record with its settings
 * @param defaults all default values in one instance
 * @param metrics what it emits; empty for components that only pass data on
 * @param example YAML of its settings, without the id line, indented by nothing; must bind without a problem
 */
public record Descriptor<C extends Config>(
        Kind kind,
        String type,
        List<String> aliases,
        String summary,
        String description,
        Stability stability,
        Class<C> configType,
        C defaults,
        List<MetricSpec> metrics,
        String example) {

    public Descriptor {
        aliases = List.copyOf(aliases);
        metrics = List.copyOf(metrics);
    }

    /** Begins a description; what is not said later is empty, and the stability is beta. */
    public static <C extends Config> Descriptor<C> of(
            Kind kind, String type, String summary, Class<C> configType, C defaults) {
        return new Descriptor<>(
                kind, type, List.of(), summary, "", Stability.BETA, configType, defaults, List.of(), "{}");
    }

    public Descriptor<C> withAliases(String... names) {
        return new Descriptor<>(
                kind, type, List.of(names), summary, description, stability, configType, defaults, metrics, example);
    }

    public Descriptor<C> withDescription(String markdown) {
        return new Descriptor<>(
                kind, type, aliases, summary, markdown, stability, configType, defaults, metrics, example);
    }

    public Descriptor<C> withStability(Stability level) {
        return new Descriptor<>(
                kind, type, aliases, summary, description, level, configType, defaults, metrics, example);
    }

    public Descriptor<C> withMetrics(List<MetricSpec> specs) {
        return new Descriptor<>(
                kind, type, aliases, summary, description, stability, configType, defaults, specs, example);
    }

    public Descriptor<C> withExample(String yaml) {
        return new Descriptor<>(
                kind, type, aliases, summary, description, stability, configType, defaults, metrics, yaml);
    }

    /** The type and its aliases, sorted. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(aliases);
        names.add(type);
        return names;
    }
}
