package tscollector.app.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.connector.ConnectorFactory;
import tscollector.kit.config.Mistakes;
import tscollector.kit.config.Place;
import tscollector.kit.config.YamlNode;
import tscollector.kit.config.YamlPath;

/** What can only be seen with all pipelines together: connectors, cycles, components that nobody uses. */
final class PipelineChecks {
    private final Sections sections;
    private final Mistakes mistakes;
    private final YamlNode.Mapping root;

    PipelineChecks(Sections sections, Mistakes mistakes, YamlNode.Mapping root) {
        this.sections = sections;
        this.mistakes = mistakes;
        this.root = root;
    }

    void check(List<ConfiguredPipeline> pipelines, List<ComponentId> extensions) {
        ComponentSection connectors = sections.of(Kind.CONNECTOR);
        connectors.entries().forEach((id, entry) -> connector(id, entry, connectors, pipelines));
        cycles(pipelines);
        unused(pipelines, extensions);
    }

    private void connector(
            ComponentId id, YamlNode.Entry entry, ComponentSection section, List<ConfiguredPipeline> pipelines) {
        String path = Kind.CONNECTOR.section() + "." + entry.key();
        for (Kind kind : List.of(Kind.RECEIVER, Kind.EXPORTER)) {
            if (sections.of(kind).has(id)) {
                mistakes.add(
                        entry.place(),
                        path,
                        "has the id of " + ComponentSection.article(kind) + " too; give it a name, such as " + id.type()
                                + "/connector");
            }
        }
        List<ConfiguredPipeline> into =
                pipelines.stream().filter(p -> p.exporters().contains(id)).toList();
        List<ConfiguredPipeline> outOf =
                pipelines.stream().filter(p -> p.receivers().contains(id)).toList();
        if (into.isEmpty() != outOf.isEmpty()) {
            mistakes.add(
                    entry.place(),
                    path,
                    into.isEmpty()
                            ? "is a receiver of " + names(outOf)
                                    + " and an exporter of no pipeline; a connector is both"
                            : "is an exporter of " + names(into)
                                    + " and a receiver of no pipeline; a connector is both");
        }
        Configured<?> configured = section.components().get(id);
        if (configured != null && configured.factory() instanceof ConnectorFactory<?> factory && !outOf.isEmpty()) {
            for (ConfiguredPipeline from : into) {
                if (outOf.stream().noneMatch(to -> connects(factory, from, to))) {
                    mistakes.add(entry.place(), path, "cannot lead from " + from.id() + " to " + names(outOf));
                }
            }
        }
    }

    private static boolean connects(ConnectorFactory<?> factory, ConfiguredPipeline from, ConfiguredPipeline to) {
        return factory.builders().stream()
                .anyMatch(builder -> builder.from().id().equals(from.signal().id())
                        && builder.to().id().equals(to.signal().id()));
    }

    private static String names(List<ConfiguredPipeline> pipelines) {
        return String.join(", ", pipelines.stream().map(ConfiguredPipeline::id).toList());
    }

    /** Follows the connectors from each pipeline; the first cycle through a pipeline is told where it closes. */
    private void cycles(List<ConfiguredPipeline> pipelines) {
        Set<ConfiguredPipeline> done = new LinkedHashSet<>();
        for (ConfiguredPipeline pipeline : pipelines) {
            follow(pipeline, pipelines, new LinkedHashMap<>(), done);
        }
    }

    private void follow(
            ConfiguredPipeline pipeline,
            List<ConfiguredPipeline> all,
            Map<ConfiguredPipeline, ComponentId> way,
            Set<ConfiguredPipeline> done) {
        if (done.contains(pipeline)) {
            return;
        }
        for (ComponentId exporter : pipeline.exporters()) {
            if (!isConnector(exporter)) {
                continue;
            }
            way.put(pipeline, exporter);
            for (ConfiguredPipeline next : all) {
                if (!next.receivers().contains(exporter)) {
                    continue;
                }
                if (way.containsKey(next)) {
                    reportCycle(pipeline, exporter, next, way);
                } else {
                    follow(next, all, way, done);
                }
            }
            way.remove(pipeline);
        }
        done.add(pipeline);
    }

    private void reportCycle(
            ConfiguredPipeline last,
            ComponentId exporter,
            ConfiguredPipeline first,
            Map<ConfiguredPipeline, ComponentId> way) {
        List<String> steps = new ArrayList<>();
        way.forEach((pipeline, connector) -> {
            if (pipeline.equals(first) || !steps.isEmpty()) {
                steps.add(pipeline.id());
                steps.add(connector.toString());
            }
        });
        steps.add(first.id());
        String path = "service.pipelines." + last.id() + ".exporters";
        path = YamlPath.child(path, last.exporters().indexOf(exporter));
        Place place = YamlPath.find(root, null, path).blamed();
        mistakes.add(place, path, "closes a cycle: " + String.join(" -> ", steps));
    }

    private boolean isConnector(ComponentId id) {
        return sections.of(Kind.CONNECTOR).has(id);
    }

    private void unused(List<ConfiguredPipeline> pipelines, List<ComponentId> extensions) {
        for (Kind kind : Kind.values()) {
            Set<ComponentId> used = new LinkedHashSet<>(kind == Kind.EXTENSION ? extensions : List.of());
            pipelines.forEach(pipeline -> used.addAll(usedBy(pipeline, kind)));
            sections.of(kind).entries().forEach((id, entry) -> {
                if (!used.contains(id)) {
                    String why = kind == Kind.EXTENSION ? "is not listed in service.extensions" : "is in no pipeline";
                    mistakes.warn(entry.place(), kind.section() + "." + entry.key(), why + ", so it does nothing");
                }
            });
        }
    }

    private static List<ComponentId> usedBy(ConfiguredPipeline pipeline, Kind kind) {
        return switch (kind) {
            case RECEIVER -> pipeline.receivers();
            case PROCESSOR -> pipeline.processors();
            case EXPORTER -> pipeline.exporters();
            case CONNECTOR ->
                Stream.concat(pipeline.receivers().stream(), pipeline.exporters().stream())
                        .toList();
            case EXTENSION -> List.of();
        };
    }
}
