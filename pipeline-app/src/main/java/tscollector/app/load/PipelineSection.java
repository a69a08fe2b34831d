package tscollector.app.load;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.component.Factory;
import tscollector.component.Kind;
import tscollector.connector.ConnectorFactory;
import tscollector.kit.config.Mistakes;
import tscollector.kit.config.Nearest;
import tscollector.kit.config.YamlNode;
import tscollector.signal.Signal;

/** The map {@code service.pipelines}: signals, and references to components that can take part. */
final class PipelineSection {
    private static final String PATH = "service.pipelines";
    private static final List<String> KEYS = List.of("exporters", "processors", "receivers");

    private final Sections sections;
    private final ComponentCatalog catalog;
    private final Mistakes mistakes;
    private final Entries entries;

    PipelineSection(Sections sections, ComponentCatalog catalog, Mistakes mistakes, Entries entries) {
        this.sections = sections;
        this.catalog = catalog;
        this.mistakes = mistakes;
        this.entries = entries;
    }

    List<ConfiguredPipeline> read(YamlNode.@Nullable Mapping service, YamlNode.@Nullable Entry serviceEntry) {
        List<ConfiguredPipeline> pipelines = new ArrayList<>();
        if (serviceEntry == null) {
            return pipelines;
        }
        YamlNode.Entry entry = service == null ? null : service.entries().get("pipelines");
        if (entry == null) {
            boolean empty = service != null || Entries.isNothing(serviceEntry.value());
            if (empty) {
                mistakes.add(
                        serviceEntry.place(), PATH, "is missing; there must be at least one, such as metrics or logs");
            }
            return pipelines;
        }
        YamlNode.Mapping map = entries.map(entry.value(), PATH, "pipelines");
        if (map == null ? Entries.isNothing(entry.value()) : map.entries().isEmpty()) {
            mistakes.add(entry.place(), PATH, "must have at least one pipeline, such as metrics or logs");
        }
        if (map != null) {
            map.entries().values().forEach(pipeline -> add(pipeline, pipelines));
        }
        return pipelines;
    }

    private void add(YamlNode.Entry entry, List<ConfiguredPipeline> pipelines) {
        String path = PATH + "." + entry.key();
        int slash = entry.key().indexOf('/');
        String signalId = slash < 0 ? entry.key() : entry.key().substring(0, slash);
        String name = slash < 0 ? "" : entry.key().substring(slash + 1);
        Signal<?> signal = catalog.signals().get(signalId);
        if (signal == null) {
            mistakes.add(entry.place(), path, unknownSignal(signalId));
        } else if (slash >= 0 && !isName(name)) {
            mistakes.add(entry.place(), path, "must have a name without spaces and symbols after the slash");
        }
        YamlNode.Mapping map = entries.map(entry.value(), path, "receivers, processors and exporters");
        if (map == null) {
            if (Entries.isNothing(entry.value())) {
                mistakes.add(entry.place(), path, "is empty; it needs receivers and exporters");
            }
            return;
        }
        reportUnknownKeys(map, path);
        List<ComponentId> receivers = list(signal, map, entry, path, Kind.RECEIVER);
        List<ComponentId> processors = list(signal, map, entry, path, Kind.PROCESSOR);
        List<ComponentId> exporters = list(signal, map, entry, path, Kind.EXPORTER);
        if (signal != null) {
            pipelines.add(new ConfiguredPipeline(signal, name, receivers, processors, exporters));
        }
    }

    private void reportUnknownKeys(YamlNode.Mapping map, String path) {
        for (YamlNode.Entry entry : map.entries().values()) {
            if (!KEYS.contains(entry.key())) {
                entry.value().hide();
                mistakes.add(
                        entry.place(),
                        path + "." + entry.key(),
                        "is not a known setting"
                                + Nearest.to(entry.key(), KEYS)
                                        .map(near -> "; did you mean \"" + near + "\"?")
                                        .orElse("; known are " + String.join(", ", KEYS)));
            }
        }
    }

    private List<ComponentId> list(
            @Nullable Signal<?> signal, YamlNode.Mapping map, YamlNode.Entry pipeline, String path, Kind kind) {
        String listPath = path + "." + kind.section();
        YamlNode.Entry entry = map.entries().get(kind.section());
        List<Entries.Named> named = entries.ids(entry == null ? null : entry.value(), listPath);
        if (named.isEmpty() && kind != Kind.PROCESSOR) {
            boolean written = entry != null
                    && entry.value() instanceof YamlNode.Sequence list
                    && list.items().isEmpty();
            if (entry == null || Entries.isNothing(entry.value())) {
                mistakes.add(
                        (entry == null ? pipeline : entry).place(),
                        listPath,
                        "is missing; name at least one " + kind.word());
            } else if (written) {
                mistakes.add(entry.value().place(), listPath, "must name at least one " + kind.word());
            }
        }
        Set<ComponentId> ids = new LinkedHashSet<>();
        for (Entries.Named one : named) {
            ComponentId id = resolve(signal, one, kind);
            if (id != null && !ids.add(id)) {
                mistakes.add(
                        one.node().place(), one.path(), "names \"" + one.id() + "\" a second time in this pipeline");
            }
        }
        return List.copyOf(ids);
    }

    private @Nullable ComponentId resolve(@Nullable Signal<?> signal, Entries.Named named, Kind kind) {
        for (Kind candidate : kind == Kind.PROCESSOR ? List.of(kind) : List.of(kind, Kind.CONNECTOR)) {
            ComponentId id = catalog.canonical(candidate, named.id());
            ComponentSection section = sections.of(candidate);
            if (section.has(id)) {
                Configured<?> configured = section.components().get(id);
                if (signal != null && configured != null) {
                    checkSignal(signal, configured.factory(), named, kind);
                }
                return id;
            }
        }
        mistakes.add(named.node().place(), named.path(), notConfigured(named.id(), kind));
        return null;
    }

    private void checkSignal(Signal<?> signal, Factory<?> factory, Entries.Named named, Kind role) {
        Set<String> signals = new TreeSet<>();
        if (factory instanceof ConnectorFactory<?> connector) {
            connector
                    .builders()
                    .forEach(builder -> signals.add(
                            role == Kind.EXPORTER
                                    ? builder.from().id()
                                    : builder.to().id()));
        } else {
            factory.signals().forEach(known -> signals.add(known.id()));
        }
        if (!signals.contains(signal.id())) {
            mistakes.add(
                    named.node().place(),
                    named.path(),
                    "names \"" + named.id() + "\", which has no " + signal.id() + ", only "
                            + String.join(" and ", signals));
        }
    }

    private String notConfigured(ComponentId id, Kind kind) {
        Set<String> configured = new TreeSet<>();
        sections.of(kind).components().keySet().forEach(known -> configured.add(known.toString()));
        if (kind != Kind.PROCESSOR) {
            sections.of(Kind.CONNECTOR).components().keySet().forEach(known -> configured.add(known.toString()));
        }
        for (Kind other : Kind.values()) {
            if (sections.of(other).has(catalog.canonical(other, id))) {
                return "names \"" + id + "\", which is " + ComponentSection.article(other) + ", not "
                        + ComponentSection.article(kind);
            }
        }
        return "names \"" + id + "\", which is not configured under " + kind.section()
                + Nearest.suggestionAnd(
                        id.toString(),
                        configured,
                        configured.isEmpty() ? "" : "configured are " + String.join(", ", configured));
    }

    private String unknownSignal(String id) {
        Set<String> known = catalog.signals().keySet();
        if (id.equals("traces") || id.equals("profiles")) {
            return "has the signal \"" + id
                    + "\", which this collector does not carry; TorchServe gives none: pipelines are for "
                    + String.join(" and ", known);
        }
        return "has the unknown signal \"" + id + "\""
                + Nearest.suggestionAnd(id, known, "known are " + String.join(", ", known));
    }

    private static boolean isName(String name) {
        try {
            return !new ComponentId("x", name).name().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
