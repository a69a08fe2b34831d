package tscollector.app.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.kit.config.PlainValues;
import tscollector.kit.config.YamlWriter;

/** Writes a loaded configuration as one file that loads to the same, but for secrets. */
final class EffectiveYaml {
    private EffectiveYaml() {}

    static String of(LoadedConfiguration loaded) {
        Map<String, @Nullable Object> file = new LinkedHashMap<>();
        for (Kind kind : List.of(Kind.EXTENSION, Kind.RECEIVER, Kind.PROCESSOR, Kind.CONNECTOR, Kind.EXPORTER)) {
            Map<String, Object> section = new LinkedHashMap<>();
            loaded.components(kind).forEach((id, configured) -> section.put(id.toString(), settings(configured)));
            if (!section.isEmpty()) {
                file.put(kind.section(), section);
            }
        }
        Map<String, @Nullable Object> service = new LinkedHashMap<>();
        service.put("extensions", ids(loaded.extensions()));
        service.putAll(PlainValues.of(withoutLists(loaded.service()), ServiceConfig.defaults()));
        Map<String, Object> pipelines = new LinkedHashMap<>();
        for (ConfiguredPipeline pipeline : loaded.pipelines()) {
            Map<String, Object> lists = new LinkedHashMap<>();
            lists.put("receivers", ids(pipeline.receivers()));
            lists.put("processors", ids(pipeline.processors()));
            lists.put("exporters", ids(pipeline.exporters()));
            pipelines.put(pipeline.id(), lists);
        }
        service.put("pipelines", pipelines);
        file.put("service", service);
        return YamlWriter.block(file);
    }

    private static <C extends Config> Map<String, @Nullable Object> settings(Configured<C> configured) {
        return PlainValues.of(
                configured.config(), configured.factory().descriptor().defaults());
    }

    /**
     * The lists are written from the model, with canonical ids. What is accepted without effect is not in force, and nobody can tell
     * what in it is secret.
     */
    private static ServiceConfig withoutLists(ServiceConfig service) {
        ServiceConfig.Telemetry telemetry =
                new ServiceConfig.Telemetry(service.telemetry().logs(), null);
        return new ServiceConfig(null, null, telemetry, service.shutdownTimeout());
    }

    private static List<String> ids(List<ComponentId> ids) {
        return ids.stream().map(ComponentId::toString).toList();
    }
}
