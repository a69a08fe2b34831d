package tscollector.app.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.kit.config.Mistakes;
import tscollector.kit.config.Nearest;
import tscollector.kit.config.Place;
import tscollector.kit.config.RecordBinder;
import tscollector.kit.config.Surroundings;
import tscollector.kit.config.Variables;
import tscollector.kit.config.YamlNode;

/** Makes the model out of the merged tree: the sections, what they name, and whether it fits together. */
final class Wiring {
    private final ComponentCatalog catalog;
    private final Mistakes mistakes;
    private final Variables variables;
    private final YamlNode.Mapping root;
    private final RecordBinder binder;
    private final Place start;

    Wiring(
            ComponentCatalog catalog,
            Surroundings surroundings,
            Mistakes mistakes,
            Variables variables,
            YamlNode.Mapping root) {
        this.catalog = catalog;
        this.mistakes = mistakes;
        this.variables = variables;
        this.root = root;
        this.binder = new RecordBinder(variables, surroundings, mistakes, id -> catalog.canonical(Kind.EXTENSION, id));
        this.start = root.place().source().at(1, 1);
    }

    /** The model; whole only if no mistake was found. */
    LoadedConfiguration load() {
        reportUnknownSections();
        Sections sections =
                new Sections(kind -> new ComponentSection(kind, catalog, mistakes, variables, binder).read(root));
        YamlNode.Entry entry = root.entries().get("service");
        if (entry == null) {
            mistakes.add(start, "service", "is missing; it says which components make pipelines");
        }
        ServiceConfig service = binder.bind(
                ServiceConfig.class,
                ServiceConfig.defaults(),
                entry == null ? null : entry.value(),
                entry == null ? start : entry.place(),
                "service");
        Entries entries = new Entries(mistakes, variables);
        YamlNode.Mapping serviceMap = entry == null ? null : serviceMap(entry);
        List<ComponentId> extensions =
                new ServiceExtensions(sections, catalog, mistakes, entries).read(serviceMap, binder.references());
        List<ConfiguredPipeline> pipelines =
                new PipelineSection(sections, catalog, mistakes, entries).read(serviceMap, entry);
        new PipelineChecks(sections, mistakes, root).check(pipelines, extensions);
        Map<Kind, Map<ComponentId, Configured<?>>> components = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            components.put(kind, sections.of(kind).components());
        }
        return new LoadedConfiguration(
                components, pipelines, extensions, service, mistakes.warnings(), new ConfigPlaces(root));
    }

    private YamlNode.@Nullable Mapping serviceMap(YamlNode.Entry entry) {
        return variables.structure(entry.value(), "service") instanceof YamlNode.Mapping map ? map : null;
    }

    private void reportUnknownSections() {
        TreeSet<String> known = new TreeSet<>(List.of("service"));
        for (Kind kind : Kind.values()) {
            known.add(kind.section());
        }
        for (YamlNode.Entry entry : root.entries().values()) {
            if (!known.contains(entry.key())) {
                entry.value().hide();
                mistakes.add(
                        entry.place(),
                        entry.key(),
                        "is not a known section" + Nearest.suggestionOr(entry.key(), known));
            }
        }
    }
}
