package tscollector.app.load;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.component.Factory;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.kit.config.Mistakes;
import tscollector.kit.config.Nearest;
import tscollector.kit.config.RecordBinder;
import tscollector.kit.config.Variables;
import tscollector.kit.config.YamlNode;

/** One of the five sections with components: finds the factory of each and binds its settings. */
final class ComponentSection {
    private final Kind kind;
    private final ComponentCatalog catalog;
    private final Mistakes mistakes;
    private final Variables variables;
    private final RecordBinder binder;
    private final Map<ComponentId, Configured<?>> components = new LinkedHashMap<>();
    private final Map<ComponentId, YamlNode.Entry> entries = new LinkedHashMap<>();
    private final Set<ComponentId> unusable = new LinkedHashSet<>();

    ComponentSection(Kind kind, ComponentCatalog catalog, Mistakes mistakes, Variables variables, RecordBinder binder) {
        this.kind = kind;
        this.catalog = catalog;
        this.mistakes = mistakes;
        this.variables = variables;
        this.binder = binder;
    }

    ComponentSection read(YamlNode.Mapping root) {
        YamlNode written = root.get(kind.section());
        if (written == null) {
            return this;
        }
        YamlNode node = variables.structure(written, kind.section());
        if (node instanceof YamlNode.Mapping map) {
            map.entries().values().forEach(this::add);
        } else if (!Entries.isNothing(node)) {
            node.hide();
            mistakes.add(node.place(), kind.section(), "must be a map of ids and settings, not " + YamlNode.word(node));
        }
        return this;
    }

    /** By canonical id, in the order they were written. */
    Map<ComponentId, Configured<?>> components() {
        return components;
    }

    /** Where a component's id stands. */
    Map<ComponentId, YamlNode.Entry> entries() {
        return entries;
    }

    /** Whether a component is written here, even if it cannot be used. */
    boolean has(ComponentId id) {
        return components.containsKey(id) || unusable.contains(id);
    }

    private void add(YamlNode.Entry entry) {
        String path = kind.section() + "." + entry.key();
        ComponentId id = id(entry, path);
        if (id == null) {
            entry.value().hide();
            return;
        }
        Optional<Factory<?>> factory = catalog.find(kind, id.type());
        if (factory.isEmpty()) {
            entry.value().hide();
            unusable.add(id);
            mistakes.add(entry.place(), path, unknown(id.type()));
            return;
        }
        ComponentId canonical = catalog.canonical(kind, id);
        YamlNode.Entry first = entries.putIfAbsent(canonical, entry);
        if (first != null) {
            entry.value().hide();
            mistakes.add(
                    entry.place(),
                    path,
                    "is there twice: " + first.key() + " in line "
                            + first.place().line() + " is the same " + kind.word() + " in another spelling");
            return;
        }
        components.put(canonical, bind(canonical, factory.get(), entry, path));
    }

    private <C extends Config> Configured<C> bind(
            ComponentId id, Factory<C> factory, YamlNode.Entry entry, String path) {
        C config = binder.bind(
                factory.descriptor().configType(), factory.descriptor().defaults(), entry.value(), entry.place(), path);
        return new Configured<>(id, factory, config);
    }

    private @Nullable ComponentId id(YamlNode.Entry entry, String path) {
        try {
            return ComponentId.parse(entry.key());
        } catch (IllegalArgumentException e) {
            mistakes.add(entry.place(), path, "is no component's id: " + e.getMessage());
            return null;
        }
    }

    private String unknown(String type) {
        String elsewhere = CollectorTypes.advice(kind, type);
        if (elsewhere != null) {
            return "has the type \"" + type + "\" of the OpenTelemetry Collector, which is not here; " + elsewhere;
        }
        for (Kind other : Kind.values()) {
            if (catalog.find(other, type).isPresent()) {
                return "has the type \"" + type + "\", which is " + article(other) + ", not " + article(kind);
            }
        }
        Set<String> types = catalog.types(kind);
        return "has the unknown type \"" + type + "\""
                + Nearest.suggestionAnd(
                        type,
                        new TreeSet<>(catalog.spellings(kind)),
                        types.isEmpty() ? "there are no " + kind.section() : "known are " + String.join(", ", types));
    }

    static String article(Kind kind) {
        return (kind == Kind.EXPORTER || kind == Kind.EXTENSION ? "an " : "a ") + kind.word();
    }
}
