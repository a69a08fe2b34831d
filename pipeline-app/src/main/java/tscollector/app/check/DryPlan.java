package tscollector.app.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tscollector.app.graph.GraphPlan;
import tscollector.app.load.Configured;
import tscollector.app.load.ConfiguredPipeline;
import tscollector.app.load.LoadedConfiguration;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.extension.storage.FileStorageConfig;
import tscollector.extension.storage.FileStorageFactory;
import tscollector.receiver.ReceiverFactory;

/** The plan of a configuration with one collector instead of all exporters, and with a copy of the stored state. */
final class DryPlan {
    private static final ComponentId COLLECTOR = ComponentId.parse("check");

    private final Targets targets;
    private final Collected collected;
    private final Path state;

    DryPlan(Targets targets, Collected collected, Path state) {
        this.targets = targets;
        this.collected = collected;
        this.state = state;
    }

    GraphPlan of(LoadedConfiguration config) throws IOException {
        Map<Kind, Map<ComponentId, Configured<?>>> components = new LinkedHashMap<>(config.components());
        Map<ComponentId, Configured<?>> receivers = new LinkedHashMap<>();
        config.components(Kind.RECEIVER).forEach((id, configured) -> receivers.put(id, tapped(configured)));
        components.put(Kind.RECEIVER, receivers);
        components.put(
                Kind.EXPORTER,
                Map.of(
                        COLLECTOR,
                        new Configured<>(COLLECTOR, new CollectorFactory(collected), new CollectorFactory.None())));
        Map<ComponentId, Configured<?>> storages = storages(config);
        components.put(Kind.EXTENSION, storages);
        List<ComponentId> extensions =
                config.extensions().stream().filter(storages::containsKey).toList();
        return new GraphPlan(components, extensions, pipelines(config));
    }

    private Map<ComponentId, Configured<?>> storages(LoadedConfiguration config) throws IOException {
        Map<ComponentId, Configured<?>> storages = new LinkedHashMap<>();
        for (Map.Entry<ComponentId, Configured<?>> extension :
                config.components(Kind.EXTENSION).entrySet()) {
            if (extension.getValue().config() instanceof FileStorageConfig storage) {
                Path copy = StateCopy.of(storage.directory(), state.resolve("state" + storages.size()));
                storages.put(
                        extension.getKey(),
                        new Configured<>(
                                extension.getKey(),
                                new FileStorageFactory(),
                                new FileStorageConfig(copy.toString(), true, storage.timeout())));
            }
        }
        return storages;
    }

    private <C extends Config> Configured<C> tapped(Configured<C> configured) {
        return new Configured<>(
                configured.id(),
                new TappedReceiver<>((ReceiverFactory<C>) configured.factory(), targets),
                configured.config());
    }

    private static List<ConfiguredPipeline> pipelines(LoadedConfiguration config) {
        List<ConfiguredPipeline> pipelines = new ArrayList<>();
        for (ConfiguredPipeline pipeline : config.pipelines()) {
            List<ComponentId> ends = new ArrayList<>(pipeline.exporters());
            boolean exports =
                    ends.removeIf(id -> config.components(Kind.EXPORTER).containsKey(id));
            if (exports) {
                ends.add(COLLECTOR);
            }
            pipelines.add(new ConfiguredPipeline(
                    pipeline.signal(), pipeline.name(), pipeline.receivers(), pipeline.processors(), ends));
        }
        return pipelines;
    }
}
