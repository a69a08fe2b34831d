package tscollector.app.graph;

import java.util.List;
import java.util.Map;
import tscollector.app.load.Configured;
import tscollector.app.load.ConfiguredPipeline;
import tscollector.app.load.LoadedConfiguration;
import tscollector.component.ComponentId;
import tscollector.component.Kind;

/**
 * What is to run: checked already, so that everything named is there and of the right kind.
 *
 * @param components every configured component by kind and id
 * @param extensions ids of the extensions that run, in start order
 * @param pipelines in the order of the configuration
 */
public record GraphPlan(
        Map<Kind, Map<ComponentId, Configured<?>>> components,
        List<ComponentId> extensions,
        List<ConfiguredPipeline> pipelines) {

    public GraphPlan {
        components = Map.copyOf(components);
        extensions = List.copyOf(extensions);
        pipelines = List.copyOf(pipelines);
    }

    /** The plan of a configuration. */
    public static GraphPlan of(LoadedConfiguration config) {
        return new GraphPlan(config.components(), config.extensions(), config.pipelines());
    }

    boolean isConnector(ComponentId id) {
        return components.getOrDefault(Kind.CONNECTOR, Map.of()).containsKey(id);
    }

    Configured<?> component(Kind kind, ComponentId id) {
        Configured<?> component = components.getOrDefault(kind, Map.of()).get(id);
        if (component == null) {
            throw new IllegalStateException("no " + kind.word() + " " + id + " in a plan that was checked");
        }
        return component;
    }
}
