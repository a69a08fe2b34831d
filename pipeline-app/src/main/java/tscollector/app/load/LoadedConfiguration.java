package tscollector.app.load;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.config.Problems;
import tscollector.kit.config.Mistake;

/**
 * Everything that is configured, bound and checked. Immutable.
 *
 * @param components by kind and canonical id, in the order they were written; each kind is there, maybe empty
 * @param pipelines in the order they were written; every id in them is in {@code components}
 * @param extensions to start, in this order
 * @param service log and shutdown settings
 * @param warnings what the user should know, by place
 * @param places answers where a setting stands
 */
public record LoadedConfiguration(
        Map<Kind, Map<ComponentId, Configured<?>>> components,
        List<ConfiguredPipeline> pipelines,
        List<ComponentId> extensions,
        ServiceConfig service,
        List<Mistake> warnings,
        ConfigPlaces places) {
    public LoadedConfiguration {
        Map<Kind, Map<ComponentId, Configured<?>>> copy = new LinkedHashMap<>();
        components.forEach((kind, byId) -> copy.put(kind, Collections.unmodifiableMap(new LinkedHashMap<>(byId))));
        components = Collections.unmodifiableMap(copy);
        pipelines = List.copyOf(pipelines);
        extensions = List.copyOf(extensions);
        warnings = List.copyOf(warnings);
    }

    /** The components of one kind. */
    public Map<ComponentId, Configured<?>> components(Kind kind) {
        return components.getOrDefault(kind, Map.of());
    }

    /**
     * For mistakes that show later, for instance when the graph is built: the same report as for those found here.
     *
     * @param problems with absolute paths, for instance {@code service.pipelines.metrics.exporters[1]}
     */
    public ConfigException refusal(Problems problems) {
        return places.refusal(problems);
    }

    /** All of it as YAML, defaults included, secrets as four stars: what {@code print-config} shows. */
    public String toYaml() {
        return EffectiveYaml.of(this);
    }
}
